"""The lock of a file, which the system lets go of with the process that has it, however that ends."""

from __future__ import annotations

import fcntl


def is_locked_here(file: int) -> bool:
    """Locks an open file, until it is closed, and tells whether that was possible: another may have locked it.

    Another is a process, or this one where it has opened the file once more.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
