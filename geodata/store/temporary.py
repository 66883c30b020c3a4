"""Temporary folders that do not outlive the program: each goes with what uses it, and after a kill at the next start.

A folder is ``attest-…`` in the system's folder for such, and holds the file ``lock`` and the folder ``files``. The
process that made it keeps ``lock`` locked, and the system lets go of that lock with the process.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from geodata.store import locks

PREFIX = "attest-"
LOCK, FILES = "lock", "files"


class Folder:
    """A temporary folder. It goes with this object, or when the program ends. Raises ``OSError`` where none can be."""

    def __init__(self) -> None:
        _sweep_once(tempfile.gettempdir())
        root = Path(tempfile.mkdtemp(prefix=PREFIX))
        try:
            lock = _locked(root)
        except OSError:
            shutil.rmtree(root, ignore_errors=True)
            raise
        self.path = root / FILES
        self._removing = weakref.finalize(self, _remove, root, lock)

    def remove(self) -> None:
        """Removes the folder now."""
        self._removing()


@contextmanager
def folder() -> Iterator[Path]:
    """The path of a temporary folder that goes with the block."""
    made = Folder()
    try:
        yield made.path
    finally:
        made.remove()


def sweep() -> None:
    """Removes the temporary folders of killed runs of this user, and none of a live process or of anybody else.

    A folder without a lock is left alone: it may be in the making.
    """
    for root in sorted(Path(tempfile.gettempdir()).glob(f"{PREFIX}*")):
        with suppress(OSError):  # of another program, or gone meanwhile
            _remove_dead(root)


def _locked(root: Path) -> int:
    """Makes what a folder of ours holds, and returns its open lock. Raises ``OSError``."""
    (root / FILES).mkdir()
    making = root / "making"
    lock = os.open(making, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    locks.is_locked_here(lock)
    making.rename(root / LOCK)  # so that a sweep finds no lock that nobody holds yet
    return lock


@cache
def _sweep_once(_: str) -> None:
    """As `sweep`, for the first folder that the process makes there."""
    sweep()


def _remove_dead(root: Path) -> None:
    """Removes a folder of this user whose lock nobody holds. Raises ``OSError`` where it has no lock."""
    told = root.lstat()
    if not stat.S_ISDIR(told.st_mode) or told.st_uid != os.geteuid():
        return
    lock = os.open(root / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    if locks.is_locked_here(lock):
        _remove(root, lock)
    else:
        os.close(lock)


def _remove(root: Path, lock: int) -> None:
    shutil.rmtree(root, ignore_errors=True)
    os.close(lock)
