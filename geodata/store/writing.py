"""Files written so that nothing is lost: whole or not at all, by one process at a time, whatever ends the program.

The new content is written beside the file, into ``.NAME.attest-new``, brought to the disk and renamed. That file is
the lock too: who writes NAME holds it locked, and the system lets go of the lock with the process. So a killed run
leaves no lock behind, and what it leaves of a file goes when a file is written into that folder again.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from geodata.model.faults import reason
from geodata.store import locks

ENDING = ".attest-new"
"""The end of the name of what is not a file yet."""

PATIENCE = 10.0
"""Seconds that a process waits for another that writes the same file."""

PAUSE = 0.05
"""Seconds between two looks at a file that another process writes."""

Mark = tuple[int, ...]
"""What changes with the content of a file, see `mark`."""


class Unwritten(OSError):
    """A file that could not be written, and stays as it was. The message names it and says why."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be written: {why}")
        self.on_screen = f"{path.name} cannot be written: {why}"
        """The message without the folders of this machine."""


def write(path: Path, content: bytes) -> None:
    """Writes a file, in place of what stands there. Raises `Unwritten`; the file is then as it was."""
    with held(path) as file:
        file.put(content)


@dataclass
class Held:
    """A file that no other process writes meanwhile; made by `held`."""

    given: Path
    """The path as it was given."""
    path: Path
    """The file itself, where a link led to it."""
    _beside: Path
    _new: int
    """The open file ``_beside``."""
    _before: Mark
    is_done: bool = False

    def put(self, content: bytes) -> None:
        """Writes the file, once. Raises `Unwritten`, also where the file has changed since it is held."""
        assert not self.is_done, "a file is written once while it is held"
        self._refuse_changed()
        try:
            os.ftruncate(self._new, 0)
            self._take_after()  # first: what is in a file of one person alone is for no other to read meanwhile
            left = memoryview(content)
            while left:
                left = left[os.write(self._new, left) :]
            os.fsync(self._new)
            self._beside.replace(self.path)
            self.is_done = True
            _to_disk(self.path.parent)
        except OSError as error:
            raise Unwritten(self.given, reason(error)) from error

    def remove(self) -> None:
        """Removes the file, if it is there. Raises `Unwritten`, as `put`."""
        self._refuse_changed()
        try:
            self.path.unlink(missing_ok=True)
            _to_disk(self.path.parent)
        except OSError as error:
            raise Unwritten(self.given, reason(error)) from error

    def _refuse_changed(self) -> None:
        if mark(self.path) != self._before:
            raise Unwritten(self.given, "another program has changed it meanwhile; try again")

    def _take_after(self) -> None:
        """Gives the new file the rights of the old one, and its group and owner where that is allowed."""
        try:
            old = self.path.stat()
        except FileNotFoundError:
            return
        for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
            with suppress(PermissionError):
                os.fchown(self._new, owner, group)
        os.fchmod(self._new, stat.S_IMODE(old.st_mode))


@dataclass
class _Stream:
    """A pipe or a device, which keeps nothing that could be lost: it is written into as it is."""

    given: Path

    def put(self, content: bytes) -> None:
        try:
            with self.given.open("wb") as file:
                file.write(content)
        except OSError as error:
            raise Unwritten(self.given, reason(error)) from error

    def remove(self) -> None:
        raise Unwritten(self.given, "it is no ordinary file")


@contextmanager
def held(path: Path, *, patience: float = PATIENCE) -> Iterator[Held | _Stream]:
    """Keeps other processes, and other threads of this one, from writing a file as long as the block lasts.

    Whoever reads a file and writes it again holds it for both. Waits ``patience`` seconds for another that holds it.
    Raises `Unwritten` where that was too short, or the file cannot be written.
    """
    file = Path(os.path.realpath(path))  # `Path.resolve` raises for a link that leads to itself
    kind = _kind(path)
    if kind and not stat.S_ISREG(kind):
        yield _Stream(path)
        return
    beside = file.with_name(f".{file.name}{ENDING}")
    new = _locked(path, beside, patience)
    try:
        sweep(file.parent)
        yield Held(path, file, beside, new, mark(file))
    finally:
        if _is(beside, new):
            beside.unlink()
        os.close(new)  # and with it the lock


def sweep(folder: Path) -> None:
    """Removes what killed runs left of files in a folder, and nothing that a live process holds."""
    for beside in sorted(folder.glob(f".*{ENDING}")):
        with suppress(OSError):  # gone meanwhile, or in a folder that is not ours: it is no file of a case in any event
            _remove_dead(beside)


def _remove_dead(beside: Path) -> bool:
    """Removes what a killed run left, of another user too, and tells whether it was such. Raises ``OSError``."""
    new = os.open(beside, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if is_dead := locks.is_locked_here(new) and _is(beside, new):
            beside.unlink()
        return is_dead
    finally:
        os.close(new)


def mark(path: Path) -> Mark:
    """What changes with the content of a file: two of the same file differ where it was written in between.

    Beside time and size in bytes it has the file's number and the time of any change, which no program can set: a
    change within the same second and size is seen. Asking takes a few microseconds, whatever the size. A file that
    cannot be looked at has the number of that error.
    """
    try:
        one = path.stat()
    except OSError as error:
        return (error.errno or 0,)
    return one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns


def _kind(file: Path) -> int:
    """The kind of what is there, 0 for nothing. Raises `Unwritten` for a folder and what cannot be reached."""
    try:
        kind = file.stat().st_mode
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise Unwritten(file, reason(error)) from error
    if stat.S_ISDIR(kind):
        raise Unwritten(file, "it is a folder")
    return kind


def _locked(file: Path, beside: Path, patience: float) -> int:
    """``beside``, open and locked. Raises `Unwritten`."""
    end = time.monotonic() + patience
    while True:
        try:
            new = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        except FileNotFoundError as error:
            raise Unwritten(file, "its folder is not there") from error
        except PermissionError as error:
            with suppress(OSError):
                if _remove_dead(beside):
                    continue
            raise Unwritten(file, "no permission to write into its folder") from error
        except OSError as error:
            raise Unwritten(file, reason(error)) from error
        if locks.is_locked_here(new) and _is(beside, new):
            return new
        os.close(new)  # another process holds it, or has just made the file of it
        if time.monotonic() > end:
            raise Unwritten(file, "another process is writing it; try again when that has ended")
        time.sleep(PAUSE)


def _is(path: Path, file: int) -> bool:
    """Whether a path still leads to an open file."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _to_disk(folder: Path) -> None:
    """Brings the names in a folder to the disk, as `os.fsync` does with the content of a file."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a kind of disk that has no such thing
            raise
    finally:
        os.close(opened)
