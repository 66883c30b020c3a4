"""The files of the case on screen as they change: whether they have, and whether they hold less than before."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from geodata.store import case_file, temporary, writing
from geodata.store.geocoding import decisions
from geodata.store.importers import kept
from geodata.store.layers import files as layer_files
from geodata.store.opening import Opening
from geodata.store.writing import Mark

Stamp = tuple[str | Mark, ...]
"""The path that was opened, behind links, and the mark of each file that its reports are read from."""


@dataclass(frozen=True)
class Shorter:
    """A file that holds fewer rows than the one on screen: it may have been cut while it was written."""

    file: str
    before: int
    now: int

    def __str__(self) -> str:
        return f"{self.file}: {self.before:,} rows became {self.now:,}"


def stamp(path: Path) -> Stamp:
    """Of all files of a case, or of a table and what lies beside it: it differs where any of them has changed."""
    beside = case_file.folder_of(path)
    files = [] if beside == path else [path, kept.beside(path), decisions.path_beside(path)]
    files += [beside / name for name in case_file.FILES if beside]
    if beside:
        with suppress(OSError):  # a folder that cannot be listed any more: its tables are told where they are read
            files += sorted((beside / case_file.TABLES).glob("[!.]*"))
        files += layer_files.files_of(beside)
    return (os.fspath(path), *map(writing.mark, files))


def clear(path: Path) -> None:
    """Removes what killed runs left beside the files of a case, and in the system's folder for temporary files."""
    beside = case_file.folder_of(path)
    for folder in (beside, beside / case_file.TABLES) if beside else (path.parent,):
        writing.sweep(folder)
    temporary.sweep()


def shorter(before: Iterable[Opening], now: Iterable[Opening]) -> tuple[Shorter, ...]:
    """The files that hold fewer rows than before, by what became of the rows of all files then and now.

    A file that is not there any more has 0.
    """
    were, are = _rows(before), _rows(now)
    return tuple(Shorter(file, rows, are[file]) for file, rows in were.items() if are[file] < rows)


def _rows(openings: Iterable[Opening]) -> Counter[str]:
    """How many rows the files of each name hold."""
    rows: Counter[str] = Counter()
    for one in openings:
        rows[one.file] += one.rows
    return rows
