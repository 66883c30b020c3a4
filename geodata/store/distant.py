"""Tables that stay in an engine elsewhere: `publish` prepares one there, `opened` opens it, and it is only read.

A URL names engine, database and table: ``postgres://user@host/database?table=reports``. It holds no password: that
comes from where the engine's own programs look for it, for PostgreSQL ``~/.pgpass`` or ``PGPASSFILE``.

Beside TABLE stands ``TABLE_attest`` with the columns of `SCHEMA` and the table's own categories: dates read, words
folded, rows numbered by first day; ``TABLE_attest_slim`` with the same rows without their texts, which answers most
questions; ``TABLE_attest_kept`` with what the first view shows, counted once; and ``TABLE_attest_about`` with what was
found while it was read, and a version.
"""

from __future__ import annotations

import base64
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet
from pydantic import TypeAdapter, ValidationError

from geodata.model.faults import Fault, InvalidData
from geodata.model.records import Source
from geodata.store import slim
from geodata.store.answering import IN_PART, Answerer
from geodata.store.dataset import SCHEMA, Base, Dataset, keep, most_local, reports_in
from geodata.store.engines import ENGINES
from geodata.store.importers import build
from geodata.store.importers.imported import Imported, documents, documents_of
from geodata.store.load import case_of_values
from geodata.store.opening import Progress, unseen
from geodata.store.own_columns import OwnColumns
from geodata.store.slim import Slim

READY, SLIM, KEPT, ABOUT = "_attest", "_attest_slim", "_attest_kept", "_attest_about"
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
    try:
        # Python takes what stands in brackets for an address of six parts, and Spark names its threads so.
        parts = urlsplit(url.replace("[", "%5B").replace("]", "%5D") if url.startswith("spark:") else url)
        _ = parts.port
    except ValueError:
        raise InvalidData(
            [Fault("the URL", 0, "", "cannot be read; write engine://user@host/database?table=NAME")]
        ) from None
    name, asked = f"{parts.scheme}://…", dict(parse_qsl(parts.query))
    if parts.scheme not in ENGINES:
        known = ", ".join(f"{scheme}://" for scheme in ENGINES)
        raise InvalidData([Fault(name, 0, "", f"is no engine that Attest reads; it reads {known}")])
    if parts.password is not None or any("password" in key for key in asked):
        why = "lists of processes and histories would show it; put it in ~/.pgpass, and leave it out here"
        raise InvalidData([Fault(name, 0, "", f"holds a password: {why}")])
    if parts.scheme == "spark" and not asked.get("warehouse"):
        raise InvalidData([Fault(name, 0, "", "names no folder of tables; add warehouse=/path or hdfs://… to it")])
    if not (table := asked.pop("table", "")):
        raise InvalidData([Fault(name, 0, "", "names no table; end it with ?table=NAME")])
    if len(f"{table}{ABOUT}".encode()) > LONGEST:
        raise InvalidData([Fault(name, 0, "", f"has a table with a name too long for {table[:20]}…{ABOUT}; rename it")])
    return Address(urlunsplit(parts._replace(query=urlencode(asked))), table)


def publish(url: str, base: Base = lambda _: {}, progress: Progress = unseen) -> Imported:
    """Prepares a table in its engine, in place of what an earlier run prepared. Returns what was found.

    ``base`` counts what is kept beside it, for `Dataset.kept`.

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
            engine.write(f"{where.table}{READY}", _rows(connection, _with_words_first(made)))
            engine.write(f"{where.table}{SLIM}", _rows(connection, _narrow(connection, made)))
            progress("Counting its first view", None)
            kept = base(_dataset(connection, made, where))
        version = uuid.uuid4().hex
        engine.write(f"{where.table}{KEPT}", _kept_rows(version, kept).to_reader())
        text = _ABOUT.dump_json(made, exclude={"sources"}).decode()
        about = {"version": [version], "text": [text], "slim": [SLIM]}
        engine.write(f"{where.table}{ABOUT}", pa.table(about).to_reader())
        return made


def _with_words_first(made: Imported) -> str:
    """SQL of the whole table. An engine that keeps rows takes each apart up to the column it is asked for, and a search
    for a word reads that one alone: at ten million rows in three quarters of the time that it takes as the 34th.
    """
    return f"SELECT words, * EXCLUDE (words) FROM {made.table} ORDER BY row"


def _refuse_others(engine: Answerer, where: Address) -> None:
    """Raises `InvalidData` where a table stands in the place of what is made, and an earlier run did not make it."""
    is_there = {}
    for ending in (READY, SLIM, KEPT, ABOUT):
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
        return _about(engine, where).version


def opened(url: str, progress: Progress = unseen) -> Dataset:
    """A prepared table. One of few reports is copied here, so that everything can be done with it.

    Raises `InvalidData` where it is not prepared, and `Unanswered` where the engine fails.
    """
    where = address(url)
    engine = ENGINES[urlsplit(where.url).scheme](where.url)
    try:
        version, has_slim, made = _about(engine, where)
        reports = _table(engine, where, READY)
        if missing := [name for name in SCHEMA.names if name not in reports.columns]:
            why = f"was prepared by another version of Attest ({missing[0]} is not there): run attest publish again"
            raise InvalidData([Fault(where.name, 0, "", why)])
        case = case_of_values(Path(where.table), made.sides, made.scopes)
        own = {"": OwnColumns(where.table, "", {}, categories=made.own.categories)}  # its other columns stay there
        if int(engine.fetch(reports.aggregate(n=reports.count()))["n"][0].as_py()) > most_local():
            sources = _documents(engine, reports, made)
            progress(f"Copying the first view of {where.name}", None)
            return Dataset(
                reports,
                sources,
                {},
                case,
                made.missing,
                openings=(made.opening,),
                is_large=True,
                answerer=engine,
                kept=_kept(engine, where, version),
                slim=_slim(engine, where, reports) if has_slim else None,
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
    with closing(ENGINES[urlsplit(where.url).scheme](where.url)) as engine:
        yield engine


def _table(engine: Answerer, where: Address, ending: str) -> ir.Table:
    """A table of those that `publish` makes, or with a blank ``ending`` the one it is made of. Raises `InvalidData`."""
    try:
        return engine.table(f"{where.table}{ending}")
    except LookupError:
        closed = "is not in this database, or not open to this user; check its name and rights"
        how = "is not prepared; run attest publish first" if ending else closed
        raise InvalidData([Fault(where.name, 0, "", how)]) from None


class _Prepared(NamedTuple):
    """What `publish` tells of what it made, and what was found while it was read."""

    version: str
    has_slim: bool
    made: Imported


def _about(engine: Answerer, where: Address) -> _Prepared:
    rows = engine.fetch(_table(engine, where, ABOUT)).to_pylist()
    try:
        told = rows[0]
        return _Prepared(str(told["version"]), told.get("slim") == SLIM, _ABOUT.validate_json(told["text"]))
    except (IndexError, KeyError, ValidationError):
        why = "was prepared by another version of Attest: run attest publish again"
        raise InvalidData([Fault(where.name, 0, "", why)]) from None


def _slim(engine: Answerer, where: Address, reports: ir.Table) -> Slim | None:
    """The rows without their texts; ``None`` where somebody took them away: the whole answers all."""
    try:
        return Slim(reports, engine.table(f"{where.table}{SLIM}"))
    except LookupError:
        return None


def _documents(engine: Answerer, reports: ir.Table, made: Imported) -> dict[str, Source]:
    """As `imported.documents`, counted by the engine."""
    counted = engine.fetch(reports.group_by("source_id").aggregate(n=reports.count()))
    pairs = zip(counted["source_id"].to_pylist(), counted["n"].to_pylist(), strict=True)
    ordered = sorted(pairs, key=lambda pair: (-pair[1], pair[0]))  # here: each engine orders texts in its own way
    return documents_of((key for key, _ in ordered), made.opening.mapping)


def _dataset(connection: duckdb.DuckDBPyConnection, made: Imported, where: Address) -> Dataset:
    """What was read, as it will be opened, while its rows are here."""
    reports = ibis.duckdb.from_connection(connection).table(made.table)
    case = case_of_values(Path(where.table), made.sides, made.scopes)
    own = {"": OwnColumns(where.table, "", {}, categories=made.own.categories)}
    return Dataset(reports, made.sources, {}, case, made.missing, openings=(made.opening,), own=own)


def _kept_rows(version: str, kept: Mapping[str, bytes]) -> pa.Table:
    texts = [base64.b64encode(content).decode() for content in kept.values()]
    return pa.table({"version": pa.array([version] * len(kept), pa.string()), "name": pa.array([*kept], pa.string()),
                     "content": pa.array(texts, pa.string())})  # fmt: skip


def _kept(engine: Answerer, where: Address, version: str) -> dict[str, bytes]:
    """What `publish` counted of this version; nothing where it kept none."""
    try:
        rows = engine.table(f"{where.table}{KEPT}")
    except LookupError:
        return {}
    if not {"version", "name", "content"} <= {*rows.columns}:
        return {}
    found = engine.fetch(rows.filter(rows.version == version).select("name", "content")).to_pylist()
    return {row["name"]: base64.b64decode(row["content"]) for row in found}


def _copy(engine: Answerer, where: Address, path: Path) -> None:
    """The engine's table as a Parquet file, in constant memory."""
    table = _table(engine, where, "")
    table = table.select(**{name: table[name].cast("string") for name in table.columns})  # of any type
    with pyarrow.parquet.ParquetWriter(path, table.schema().to_pyarrow()) as writer:
        for batch in engine.batches(table):
            writer.write_batch(batch)


def _narrow(connection: duckdb.DuckDBPyConnection, made: Imported) -> str:
    """SQL of the rows of the slim table."""
    engine = ibis.duckdb.from_connection(connection)
    return str(engine.compile(slim.narrow(engine.table(made.table))))


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> pa.RecordBatchReader:
    reader = connection.sql(query).to_arrow_reader(IN_PART)
    assert reader is not None
    return reader
