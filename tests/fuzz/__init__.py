"""Mutated tables of every kind, opened and carried further: whatever a file holds, no traceback and no row lost.

A case is made of a seed and a number alone, so it can be made again: ``python -m tests.fuzz --seed 1 --only 42``.
"""
