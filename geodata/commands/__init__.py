"""The verbs of the command line, a file each: ``add`` names its arguments, ``run`` does it.

A verb imports what it needs when it runs, so that ``--help`` answers at once.
"""
