"""Tables that stay in an engine elsewhere: `publish` prepares one there, `opened` opens it, and it is only read.

A URL names engine, database and table: ``postgres://user@host/database?table=reports``. It holds no password: that
comes from where the engine's own programs look for it, for PostgreSQL ``~/.pgpass`` or ``PGPASSFILE``.

Beside TABLE stands ``TABLE_attest`` with the columns of `SCHEMA` and the table's own categories: dates read, words
folded, rows numbered by first day; and ``TABLE_attest_about`` with what was found while it was read, and a version.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet
from pydantic import TypeAdapter, ValidationError

from geodata.model.faults import Fault, InvalidData
from geodata.model.records import Source
from geodata.store.answering import ANSWERERS, IN_PART, Answerer
from geodata.store.dataset import SCHEMA, Dataset, keep, most_local, reports_in
from geodata.store.importers import build
from geodata.store.importers.imported import Imported, documents, documents_of
from geodata.store.load import case_of_values
from geodata.store.opening import Progress, unseen
from geodata.store.own_columns import OwnColumns

READY, ABOUT = "_attest", "_attest_about"
"""The ends of the names of what `publish` makes."""

LONGEST = 63
"""Bytes of the longest name in PostgreSQL, which cuts a longer one (NAMEDATALEN): two could become one."""

_ABOUT = TypeAdapter(Imported)


@dataclass(frozen=True)
class Address:
    """A table in an engine. ``url`` is that of the engine, as Ibis connects to it, and ``table`` the table's name."""

    url: str
    table: str

    @property
    def name(self) -> str:
        """The table in messages: without user and host."""
        return f"{urlsplit(self.url).scheme}://…?table={self.table}"


def is_url(text: str) -> bool:
    """Whether a text is the URL of a table in an engine, and no path."""
    return "://" in text


def address(url: str) -> Address:
    """What a URL names. Raises `InvalidData` where it names no table, an engine that is not known, or a password."""
    parts = urlsplit(url)
    name, asked = f"{parts.scheme}://…", dict(parse_qsl(parts.query))
    if parts.scheme not in ANSWERERS:
        known = ", ".join(f"{scheme}://" for scheme in ANSWERERS)
        raise InvalidData([Fault(name, 0, "", f"is no engine that Attest reads; it reads {known}")])
    if parts.password is not None or any("password" in key for key in asked):
        why = "lists of processes and histories would show it; put it in ~/.pgpass, and leave it out here"
        raise InvalidData([Fault(name, 0, "", f"holds a password: {why}")])
    if not (table := asked.pop("table", "")):
        raise InvalidData([Fault(name, 0, "", "names no table; end it with ?table=NAME")])
    if len(f"{table}{ABOUT}".encode()) > LONGEST:
        raise InvalidData([Fault(name, 0, "", f"has a table with a name too long for {table[:20]}…{ABOUT}; rename it")])
    return Address(urlunsplit(parts._replace(query=urlencode(asked))), table)


def publish(url: str, progress: Progress = unseen) -> Imported:
    """Prepares a table in its engine, in place of what an earlier run prepared. Returns what was found.

    Raises `InvalidData` where it cannot be read as a table of incidents, and `Unanswered` where the engine fails.
    """
    where = address(url)
    with _engine(where) as engine, tempfile.TemporaryDirectory(prefix="attest-publish-") as folder:
        path = Path(folder) / f"{where.table}.parquet"
        _refuse_others(engine, where)
        progress(f"Reading {where.name}", None)
        _copy(engine, where, path)
        with closing(build.connect()) as connection:
            made = build.read(connection, path, None, progress)
            made = replace(made, opening=replace(made.opening, file=where.table))  # and not the copy's name
            progress("Writing the table into the engine", None)
            engine.write(f"{where.table}{READY}", _ready(connection, made))
        about = {"version": [uuid.uuid4().hex], "text": [_ABOUT.dump_json(made, exclude={"sources"}).decode()]}
        engine.write(f"{where.table}{ABOUT}", pa.table(about).to_reader())
        return made


def _refuse_others(engine: Answerer, where: Address) -> None:
    """Raises `InvalidData` where a table stands in the place of what is made, and an earlier run did not make it."""
    is_there = {}
    for ending in (READY, ABOUT):
        try:
            is_there[ending] = engine.table(f"{where.table}{ending}").columns
        except LookupError:
            continue
    if is_there and "version" not in is_there.get(ABOUT, ()):
        taken = next(iter(is_there))
        why = f"the table {where.table}{taken} is there already, and not of Attest's making: rename it first"
        raise InvalidData([Fault(where.name, 0, "", why)])


def version(url: str) -> str:
    """Changes when the table is prepared again. Raises as `opened`."""
    where = address(url)
    with _engine(where) as engine:
        return _about(engine, where)[0]


def opened(url: str, progress: Progress = unseen) -> Dataset:
    """A prepared table. One of few reports is copied here, so that everything can be done with it.

    Raises `InvalidData` where it is not prepared, and `Unanswered` where the engine fails.
    """
    where = address(url)
    engine = ANSWERERS[urlsplit(where.url).scheme](where.url)
    try:
        _, made = _about(engine, where)
        reports = _table(engine, where, READY)
        if missing := [name for name in SCHEMA.names if name not in reports.columns]:
            why = f"was prepared by another version of Attest ({missing[0]} is not there): run attest publish again"
            raise InvalidData([Fault(where.name, 0, "", why)])
        case = case_of_values(Path(where.table), made.sides, made.scopes)
        own = {"": OwnColumns(where.table, "", {}, categories=made.own.categories)}  # its other columns stay there
        if int(engine.fetch(reports.aggregate(n=reports.count()))["n"][0].as_py()) > most_local():
            sources = _documents(engine, reports, made)
            return Dataset(
                reports,
                sources,
                {},
                case,
                made.missing,
                openings=(made.opening,),
                is_large=True,
                answerer=engine,
                own=own,
            )
        progress(f"Copying {where.name}", None)
        connection = build.connect()
        keep(connection, "reports", pa.Table.from_batches(engine.batches(reports), reports.schema().to_pyarrow()))
        engine.close()
    except BaseException:
        engine.close()
        raise
    sources = documents(connection, "reports", made.opening.mapping)
    return Dataset(reports_in(connection), sources, {}, case, made.missing, openings=(made.opening,), own=own)


@contextmanager
def _engine(where: Address) -> Iterator[Answerer]:
    with closing(ANSWERERS[urlsplit(where.url).scheme](where.url)) as engine:
        yield engine


def _table(engine: Answerer, where: Address, ending: str) -> ir.Table:
    """A table of those that `publish` makes, or with a blank ``ending`` the one it is made of. Raises `InvalidData`."""
    try:
        return engine.table(f"{where.table}{ending}")
    except LookupError:
        how = "is not prepared; run attest publish first" if ending else "is not in this database; check its name"
        raise InvalidData([Fault(where.name, 0, "", how)]) from None


def _about(engine: Answerer, where: Address) -> tuple[str, Imported]:
    """The version of what `publish` made, and what was found while it was read."""
    rows = engine.fetch(_table(engine, where, ABOUT)).to_pylist()
    try:
        return str(rows[0]["version"]), _ABOUT.validate_json(rows[0]["text"])
    except (IndexError, KeyError, ValidationError):
        why = "was prepared by another version of Attest: run attest publish again"
        raise InvalidData([Fault(where.name, 0, "", why)]) from None


def _documents(engine: Answerer, reports: ir.Table, made: Imported) -> dict[str, Source]:
    """As `imported.documents`, counted by the engine."""
    counted = reports.group_by("source_id").aggregate(n=reports.count()).order_by(ibis.desc("n"), "source_id")
    return documents_of(engine.fetch(counted)["source_id"].to_pylist(), made.opening.mapping)


def _copy(engine: Answerer, where: Address, path: Path) -> None:
    """The engine's table as a Parquet file, in constant memory."""
    table = _table(engine, where, "")
    with pyarrow.parquet.ParquetWriter(path, table.schema().to_pyarrow()) as writer:
        for batch in engine.batches(table):
            writer.write_batch(batch)


def _ready(connection: duckdb.DuckDBPyConnection, made: Imported) -> pa.RecordBatchReader:
    reader = connection.sql(f"SELECT * FROM {made.table} ORDER BY row").to_arrow_reader(IN_PART)
    assert reader is not None
    return reader
