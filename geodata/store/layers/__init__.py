"""The reader's own layers, from their files: ``files.read`` is all that others need. A kind of file is a module."""
