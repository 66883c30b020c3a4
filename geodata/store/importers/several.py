"""The tables of others that stand beside a case's own: all reports in one table, each with the name of its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import ibis

from geodata.model.case import OWN_TABLE, Case
from geodata.model.faults import Fault, InvalidData
from geodata.model.filters import OWN
from geodata.model.records import Report, Source
from geodata.store.dataset import SCHEMA, Dataset, keep, quoted, reports_in
from geodata.store.importers import build
from geodata.store.importers.columns import literal
from geodata.store.importers.imported import Imported
from geodata.store.opening import Progress, unseen


def joined(dataset: Dataset, folder: Path, progress: Progress = unseen) -> Dataset:
    """The dataset with the reports of the tables that its case names, each under its own terms.

    Their incidents and, where a name is taken, their sources bear the table's name, for nobody has joined them yet.
    Raises `InvalidData` where a table is not there or cannot be read.
    """
    connection = build.connect()
    keep(connection, "reports_own", dataset.fetch(dataset.reports.mutate(origin=ibis.literal(OWN_TABLE))))
    tables, made, offset = ["reports_own"], {}, dataset.size
    sources: dict[str, Source] = dict(dataset.sources)
    for name, table in dataset.case.tables.items():
        path = folder / table.file
        if not path.is_file():
            raise InvalidData([Fault("case.yaml", 0, f"tables, {name}, file", f"{table.file} is not there")])
        one = build.read(connection, path, table.mapping, progress, origin=name, offset=offset)
        offset += one.opening.rows
        _into_case(connection, one.table, dataset.case, name)
        sources |= _sources(connection, one, table.title, sources)
        tables.append(one.table)
        made[name] = one
    progress("Sorting the reports", None)
    _sort(connection, tables)
    missing = [dataset.missing, *(one.missing for one in made.values())] if dataset.size else [
        one.missing for one in made.values()]  # fmt: skip
    return replace(
        dataset,
        reports=reports_in(connection),
        sources=sources,
        missing=tuple(column for column in Report.model_fields if all(column in one for one in missing)),
        openings=(*dataset.openings, *(one.opening for one in made.values())),
        own={name: one.own for name, one in made.items()},
    )


def _into_case(connection: duckdb.DuckDBPyConnection, table: str, case: Case, name: str) -> None:
    """Blanks the sides, scopes and kinds that the case does not know, and names incidents after their table."""
    for column, known in (("claimant_side", case.sides), ("scope", case.scopes), ("event_type", case.kinds)):
        words = ", ".join(map(literal, ("", *known)))
        connection.execute(f"UPDATE {table} SET {column} = '' WHERE {column} NOT IN ({words})")
    scope = literal(case.tables[name].scope or case.opens_on)
    connection.execute(f"UPDATE {table} SET scope = {scope} WHERE scope = ''")
    connection.execute(f"UPDATE {table} SET incident_id = {literal(name + ':')} || incident_id")


def _sources(
    connection: duckdb.DuckDBPyConnection, one: Imported, title: str, taken: Mapping[str, Source]
) -> dict[str, Source]:
    """The sources of a table; one whose name is taken gets the table's title, for its terms are others."""
    renamed = {}
    for key, source in one.sources.items():
        name = f"{key} ({title})" if key in taken else key
        if name != key:
            connection.execute(f"UPDATE {one.table} SET source_id = ? WHERE source_id = ?", [name, key])
        renamed[name] = source.model_copy(update={"source_id": name, "publisher": name})
    return renamed


def _sort(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Makes ``reports`` of these tables, which are dropped: ``row`` counts from 0 by first day, undated ones last."""
    narrow = " UNION ALL ".join(
        f"SELECT {number} AS part, row, first_day, last_day, time FROM {table}" for number, table in enumerate(tables)
    )
    connection.execute(
        "CREATE TABLE ordered_all AS SELECT part, row, CAST(row_number() OVER (ORDER BY first_day NULLS LAST, "
        f"last_day, time, part, row) - 1 AS INTEGER) AS in_order FROM ({narrow})"
    )
    wide = " UNION ALL BY NAME ".join(
        f"SELECT {table}.* REPLACE (in_order AS row) FROM {table} JOIN ordered_all USING (row) WHERE part = {number}"
        for number, table in enumerate(tables)
    )
    described = connection.execute(f"DESCRIBE {wide}").fetchall()
    own = [f"coalesce({quoted(name)}, '') AS {quoted(name)}" for name, *_ in described if name.startswith(OWN)]
    connection.execute(f"CREATE TABLE reports AS SELECT {', '.join((*SCHEMA.names, *own))} FROM ({wide})")
    for table in ("ordered_all", *tables):
        connection.execute(f"DROP TABLE {table}")
