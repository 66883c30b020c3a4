"""Large tables of others as they were imported, in files that are kept, so that the next start takes seconds.

A file is a DuckDB database in the user's folder for caches, of this user alone, under a name made of all that the
import depends on: the table's content and name, its mapping and decisions, and this program. What no longer fits is
never found, and goes when room is needed. The file is written beside and renamed, so a part of one is never read.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.resources import files
from logging import getLogger
from pathlib import Path

import duckdb
import pyarrow as pa
from platformdirs import user_cache_path
from pydantic import TypeAdapter, ValidationError

import geodata
from geodata.model.mapping import TableMapping
from geodata.store import locks, writing
from geodata.store.dataset import quoted
from geodata.store.geocoding import decisions
from geodata.store.geocoding.decisions import Decision
from geodata.store.importers import kept
from geodata.store.importers.imported import Imported, documents

LEAST = 200_000
"""Rows from which a table is kept: a smaller one is read in a few seconds, and nothing of it is written anywhere."""

MOST_BYTES = 40_000_000_000
"""What the kept files may take together; those that were not opened for longest go first."""

AT_ONCE = 1 << 24
"""Bytes of a file that are copied at a time."""

FOLDER = "ATTEST_KEPT"
"""Environment variable: another folder for the kept files, or ``no``, with which nothing is kept."""

ENDING, NEW, COUNTED, SEEN = ".duckdb", ".duckdb-new", ".counted", ".seen"

LONG = 50_000_000
"""Bytes from which a file's hash is remembered: a tenth of a second."""

JUST_NOW = 2
"""Seconds; the coarsest clock of a file system."""

_ABOUT = TypeAdapter(Imported)


def folder() -> Path | None:
    """Where tables are kept; ``None`` where they are not to be."""
    given = os.environ.get(FOLDER, "")
    if given == "no":
        return None
    return Path(given) if given else user_cache_path("attest", appauthor=False) / "tables"


def key(path: Path, mapping: TableMapping | None, given: Sequence[Decision] | None) -> str:
    """A name for what an import of the table would give, of 32 hexadecimal digits. Raises ``OSError``."""
    found = hashlib.blake2b(digest_size=16)
    for text in (geodata.__version__, _program(), duckdb.__version__, path.name, mapping and mapping.model_dump_json()):
        found.update(repr(text).encode())
    found.update(_content(path).encode())
    if mapping is None:
        found.update(_bytes(kept.beside(path)))
    found.update(_bytes(decisions.path_beside(path)) if given is None else repr(given).encode())
    return found.hexdigest()


def _content(path: Path) -> str:
    """A hash of a file's content. That of a large file is remembered while its size, times and place on disk stay."""
    root, told = folder(), path.stat()
    if root is None or told.st_size < LONG:
        return _hashed(path)
    stamp = f"{told.st_size} {told.st_mtime_ns} {told.st_ctime_ns} {told.st_dev} {told.st_ino}"
    note = root / f"{hashlib.blake2b(os.fsencode(path.resolve()), digest_size=16).hexdigest()}{SEEN}"
    with suppress(FileNotFoundError, ValueError):
        known, content = note.read_text(encoding="ascii").rsplit(" ", 1)
        if known == stamp and _is_ours(note):
            return content
    started, content = time.time(), _hashed(path)
    # What was written just now may be written again within the same tick of the clock.
    if started - told.st_ctime > JUST_NOW and root.is_dir():
        with suppress(writing.Unwritten):  # then it is read again the next time
            writing.write(note, f"{stamp} {content}".encode("ascii"))
    return content


def _hashed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


@cache
def _program() -> str:
    """Changes with the program's own files: one that reads a table otherwise finds no file of the one before."""
    found = hashlib.blake2b(digest_size=16)
    for path in sorted(Path(str(files("geodata"))).rglob("*")):
        if path.suffix in (".py", ".yaml"):
            found.update(path.read_bytes())
    return found.hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def read(
    connect: Callable[[], duckdb.DuckDBPyConnection], name: str
) -> tuple[duckdb.DuckDBPyConnection, Imported] | None:
    """The table kept under this name, as views of a connection of ``connect``; ``None`` where there is none.

    A file that cannot be read is removed, so that it is made again.
    """
    if (root := folder()) is None or not (path := root / f"{name}{ENDING}").is_file() or not _is_ours(path):
        return None
    connection = connect()
    try:
        connection.execute(f"ATTACH {_text(path)} AS kept (READ_ONLY)")
        rows = connection.execute("SELECT text FROM kept.about").fetchall()
        made = _ABOUT.validate_json(rows[0][0])
        tables = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'kept' AND table_name <> 'about'"
        for (table,) in connection.execute(tables).fetchall():
            connection.execute(f"CREATE VIEW {quoted(table)} AS SELECT * FROM kept.{quoted(table)}")
        made = replace(made, sources=documents(connection, made.table, made.opening.mapping))
    except (duckdb.Error, ValidationError, IndexError):
        getLogger(__name__).warning("A kept table cannot be read. It is made again.")
        connection.close()
        path.unlink(missing_ok=True)
        return None
    with suppress(OSError):  # a folder that can only be read
        os.utime(path)
    return connection, made


def keep(connection: duckdb.DuckDBPyConnection, made: Imported, name: str) -> bool:
    """Writes a table that was imported into this connection to a file; `read` finds it. Returns whether it is there.

    A disk without room, or a folder that may not be written, is told in the log: the table is shown all the same.
    """
    if (root := folder()) is None or made.opening.rows < LEAST:
        return False
    path = root / f"{name}{ENDING}"
    new = path.with_suffix(NEW)
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in _superfluous(root):
            for ending in (ENDING, COUNTED):
                old.with_suffix(ending).unlink(missing_ok=True)
        lock = os.open(new.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        return _is_told(error)
    try:
        if not locks.is_locked_here(lock):
            return False  # another process writes the same table
        new.unlink(missing_ok=True)  # of a run that was killed
        _write(connection, made, new)
        new.chmod(0o600)
        new.replace(path)
    except (OSError, duckdb.Error) as error:
        return _is_told(error)
    finally:
        new.unlink(missing_ok=True)
        os.close(lock)
    return True


def counted(name: str, count: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    """What was counted of the table kept under this name; counted now, and kept beside it, where it was not.

    Without a kept table nothing is kept of what is counted.
    """
    if (root := folder()) is None or not (root / f"{name}{ENDING}").is_file():
        return count()
    path = root / f"{name}{COUNTED}"
    try:
        if path.is_file() and _is_ours(path):
            rows = pa.ipc.open_file(path.read_bytes()).read_all().to_pylist()
            return {row["name"]: row["content"] for row in rows}
    except (OSError, pa.ArrowInvalid, KeyError):
        getLogger(__name__).warning("What was counted of a kept table cannot be read. It is counted again.")
    found = count()
    rows = pa.table({"name": pa.array([*found], pa.string()), "content": pa.array([*found.values()], pa.binary())})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, rows.schema) as file:
        file.write_table(rows)
    try:
        writing.write(path, sink.getvalue().to_pybytes())
    except writing.Unwritten as error:
        getLogger(__name__).warning(
            "What was counted of a table is not kept for the next start: %s.", type(error).__name__
        )
    return found


def _write(connection: duckdb.DuckDBPyConnection, made: Imported, path: Path) -> None:
    """Makes the connection's database, with an account of the import, a file of this path.

    On the same file system it is the same file by another name; nothing more is written to it.
    """
    connection.execute("CREATE OR REPLACE TABLE about (text VARCHAR)")
    connection.execute("INSERT INTO about VALUES (?)", [_ABOUT.dump_json(made, exclude={"sources"}).decode()])
    connection.execute("CHECKPOINT")
    (database,) = connection.execute("SELECT path FROM duckdb_databases() WHERE NOT internal").fetchall()
    try:
        path.hardlink_to(database[0])
    except OSError:  # another file system, or one without links
        _copy(Path(database[0]), path)


def _copy(file: Path, path: Path) -> None:
    with file.open("rb") as whole, path.open("wb") as copy:
        shutil.copyfileobj(whole, copy, AT_ONCE)
        copy.flush()
        os.fsync(copy.fileno())


def _is_ours(path: Path) -> bool:
    """Whether nobody else can have written a file: in a folder that others may write one could lie in wait."""
    return all(
        told.st_uid == os.geteuid() and not told.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        for told in (path.lstat(), path.parent.stat())
    )


def _superfluous(root: Path) -> Iterator[Path]:
    """The kept files beyond `MOST_BYTES`, those not opened for longest first in line."""
    found = sorted(root.glob(f"*{ENDING}"), key=lambda path: path.stat().st_mtime, reverse=True)
    taken, free = 0, shutil.disk_usage(root).free
    for path in found:
        taken += path.stat().st_size
        if taken > min(MOST_BYTES, (taken + free) // 2):
            yield path


def _is_told(error: Exception) -> bool:
    """Never true: the table is not there."""
    getLogger(__name__).warning("The table is not kept for the next start: %s.", type(error).__name__)
    return False


def _text(path: Path) -> str:
    """A path as a text of SQL."""
    return "'" + str(path).replace("'", "''") + "'"
