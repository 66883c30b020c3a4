"""Compressed files and archives: what is in them is unpacked, within bounds, and read like any other file."""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, Any

from geodata.model.faults import InvalidData
from geodata.model.text import listed, shown
from geodata.store.readers.raw import RawTable, Reading

LARGEST = 4_000_000_000
"""Bytes of what is unpacked."""

RATIO, ALWAYS = 250, 200_000_000
"""A file that unpacks to more than ``ALWAYS`` bytes and ``RATIO`` times its size is no table: these grow tenfold to a
hundredfold."""

PIECE = 1 << 20

OPENERS: Mapping[str, Callable[[Path], Any]] = {"gzip": gzip.open, "bzip2": bz2.open, "xz": lzma.open}

PAGES = {".md", ".yaml", ".yml", ".html", ".pdf", ".png", ".jpg", ".xml", ".xsl", ".bib", ".prj", ".cpg", ".dbf",
         ".shx", ".qmd", ".sbn", ".sbx", ".qix", ".gif", ".jpeg", ".svg", ".css", ".js"}  # fmt: skip
"""Endings of files that lie beside a table in an archive."""

ABOUT = re.compile(
    r"(read.?me|licen[cs]e|changelog|citation|copying|(data)?package\.json|(schema|metadata)\.json)", re.I
)
"""Names, as they begin, of files that tell of a table."""

Reader = Callable[[Reading], RawTable]


def compressed(reading: Reading, form: str, read: Reader) -> RawTable:
    """The table of a compressed file. Raises `InvalidData` where it is broken, or grows too large."""
    target = _fresh(reading, "")
    try:
        with OPENERS[form](reading.path) as source:
            _copy(reading, source, target, reading.path.stat().st_size)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise reading.refused(f"cannot be unpacked ({error}); it may be cut off: fetch it again") from error
    return read(replace(reading, path=target, depth=reading.depth + 1))


def archived(reading: Reading, read: Reader) -> RawTable:
    """The table of a zip: of the member that is asked for, or the first that can be read. The others are ``parts``."""
    with zipfile.ZipFile(reading.path) as package:
        refuse_bomb(reading, package)
        tables = [*_tables(package)]
        asked = reading.hints.member
        here = asked in package.namelist()
        if asked and not here and len(tables) > 1:
            raise reading.refused(f"holds no file {shown(asked)}; it holds {listed(map(shown, tables))}")
        hints = reading.hints.model_copy(update={"member": ""}) if here else reading.hints
        faults: list[InvalidData] = []
        for name in [asked] if here else tables:
            try:
                path = _unpacked(reading, package, name)
                inner = replace(
                    reading, path=path, name=f"{reading.name}: {name}", hints=hints, depth=reading.depth + 1
                )
                table = read(inner)
            except InvalidData as error:
                faults.append(error)
                continue
            others = tuple(other for other in tables if other != name)
            notes = (f"Read from {shown(name)} in the archive.", *table.notes) if others else table.notes
            return replace(table, notes=notes, parts=(*others, *table.parts))
    if faults:
        raise faults[0]  # of the file most likely to be the table
    raise reading.refused("holds no table")


def refuse_bomb(reading: Reading, package: zipfile.ZipFile) -> None:
    """Raises `InvalidData` for an archive that unpacks to far more than a table does, or is locked."""
    for member in package.infolist():
        if member.flag_bits & 1:
            raise reading.refused("is protected by a password; pack it without one")
        _refuse_size(reading, member.file_size, member.compress_size)
    _refuse_size(reading, sum(member.file_size for member in package.infolist()), reading.path.stat().st_size)


def _refuse_size(reading: Reading, size: int, packed: int) -> None:
    if size > LARGEST or (size > ALWAYS and size > RATIO * max(packed, 1)):
        raise reading.refused(
            f"unpacks to {size // 1_000_000:,} MB and more, as no table does; unpack it yourself if you trust it"
        )


def _tables(package: zipfile.ZipFile) -> Iterator[str]:
    """Names of the members that may be tables, those at the top first."""
    names = [name for name in package.namelist() if not name.endswith("/")]
    for name in sorted(names, key=lambda one: one.count("/")):
        path = PurePosixPath(name)
        hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)
        if not hidden and path.suffix.lower() not in PAGES and not ABOUT.match(path.name):
            yield name


def _unpacked(reading: Reading, package: zipfile.ZipFile, name: str) -> Path:
    """A member in a file of its own; of a shapefile the files that belong to it too."""
    path = PurePosixPath(name)
    target = _fresh(reading, path.suffix.lower())
    beside = [other for other in package.namelist() if path.suffix.lower() == ".shp"
              and PurePosixPath(other).with_suffix("") == path.with_suffix("")]  # fmt: skip
    try:
        for one in {name, *beside}:
            with package.open(one) as source:
                suffix = PurePosixPath(one).suffix.lower() if beside else target.suffix
                _copy(reading, source, target.with_suffix(suffix), package.getinfo(one).compress_size)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError) as error:
        raise reading.refused(f"{shown(name)} cannot be unpacked ({error}); pack it again") from error
    return target


def _fresh(reading: Reading, suffix: str) -> Path:
    """A path in a folder of its own; no name in an archive is trusted as a path."""
    return Path(tempfile.mkdtemp(dir=reading.folder), f"unpacked{suffix}")


def _copy(reading: Reading, source: IO[bytes], target: Path, packed: int) -> None:
    size = 0
    with target.open("wb") as file:
        while piece := source.read(PIECE):
            size += len(piece)
            _refuse_size(reading, size, packed)
            file.write(piece)
            reading.progress(f"Unpacking {reading.name}", None)
