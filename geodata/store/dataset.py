"""Reports with the documents and places they refer to, so that no row is parted from its citation."""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from geodata.model import dates
from geodata.model.names import Mentions
from geodata.model.schema import Place, Report, Source, fold
from geodata.store.answers import Answers, remembered


@dataclass(frozen=True, eq=False)  # two datasets are the same only if they are one
class Dataset:
    """``reports`` is an Ibis table: the columns of `Report` and those of `DERIVED`, sorted by first day.

    ``row`` counts from 0 in that order; it is the name of a report within this dataset. Undated reports come last.
    """

    reports: ir.Table
    sources: Mapping[str, Source]
    places: Mapping[str, Place]
    missing: tuple[str, ...] = ()
    """Columns of `Report` that an imported table does not tell: blank throughout, and said on screen."""
    answers: Answers = field(default_factory=Answers, init=False, repr=False)
    """What was worked out for this dataset, see `remembered`."""

    @classmethod
    def of(cls, reports: Sequence[Report], sources: Mapping[str, Source], places: Mapping[str, Place]) -> Dataset:
        """A dataset in an in-process DuckDB of its own."""
        undated = dates.Span(dates.OPEN_END, dates.OPEN_END)
        spans = {report.date: dates.parse(report.date) if report.date else undated for report in reports}
        ordered = sorted(
            reports,
            key=lambda report: (not report.date, spans[report.date].first, spans[report.date].last, report.incident_id),
        )
        columns = {name: [getattr(report, name) for report in ordered] for name in Report.model_fields}
        derived: dict[str, list[object]] = {name: [] for name in DERIVED.names}
        used = {report.place_id for report in ordered}
        mentions = Mentions(place for place_id, place in places.items() if place_id in used)
        for row, report in enumerate(ordered):
            span, source, place = spans[report.date], sources[report.source_id], places.get(report.place_id)
            told = (
                report.title,
                report.summary,
                report.place,
                *(place.names if place else ()),
                report.actor,
                report.target,
                report.claimed_by,
                report.note,
                report.incident_id,
            )
            words = fold(" ".join(told))
            values = (
                row,
                span.first if report.date else None,
                span.last if report.date else None,
                span.qualified,
                source.publisher or source.author or "not named",
                place.label if place else report.place,
                (place.radius_km if place else None),
                " ".join((words, *mentions.names_in(words, report.place_id))),
            )
            for name, value in zip(DERIVED.names, values, strict=True):
                derived[name].append(value)
        table = pa.table({**columns, **derived}, schema=SCHEMA)
        connection = duckdb.connect()
        connection.register("coded", table)
        connection.execute("CREATE TABLE reports AS SELECT * FROM coded")
        connection.unregister("coded")
        return cls(reports_in(connection), sources, places)

    @property
    @remembered(most=1)
    def size(self) -> int:
        """The number of reports."""
        return int(self.fetch(self.reports.aggregate(n=self.reports.count()))["n"][0].as_py())

    def fetch(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression over ``reports``. Several sessions may ask at once, and none waits for another."""
        engine = self.reports.get_backend()
        query = engine.compile(expression)
        with engine.con.cursor() as cursor:  # a DuckDB connection answers one question at a time, a cursor its own
            rows: pa.Table = cursor.sql(query).to_arrow_table()
        return rows.cast(expression.schema().to_pyarrow())

    def narrowed(self, kept: ir.Table, rewritten: pa.Table) -> Dataset:
        """A dataset of the rows of ``kept``, an expression over ``reports``: in their order, ``row`` counted from 0.

        Rows of ``rewritten`` (columns of `SCHEMA`) stand in the place of those with the same ``row``. The reports are a
        new table in the same engine, which is dropped with the dataset and is not stored in the order of ``row``.
        """
        engine, name = self.reports.get_backend(), f"narrowed_{next(_TABLES)}"
        columns, query = ", ".join(f'"{column}"' for column in SCHEMA.names), engine.compile(kept)
        with engine.con.cursor() as cursor:
            cursor.register("rewritten", rewritten)
            # Only the numbers are sorted: the whole rows of a large table would not fit into the engine's memory.
            cursor.execute(
                f"CREATE TABLE {name} AS SELECT given.* REPLACE (cast(number - 1 AS INTEGER) AS row) FROM ("
                f"SELECT {columns} FROM ({query}) ANTI JOIN rewritten USING (row) "
                f"UNION ALL SELECT {columns} FROM rewritten) AS given JOIN ("
                f"SELECT row, row_number() OVER (ORDER BY row) AS number FROM ({query})) USING (row)"
            )
        # The engine's own look at its tables would go through the one connection that all share.
        table = ops.DatabaseTable(name, ibis.schema(SCHEMA), engine)
        weakref.finalize(table, _drop, engine, name)
        return replace(self, reports=table.to_expr())


def reports_in(connection: duckdb.DuckDBPyConnection) -> ir.Table:
    """The connection's table ``reports``. The connection is closed once nothing refers to the table any more."""
    engine = ibis.duckdb.from_connection(connection)
    weakref.finalize(engine, connection.close)
    return engine.table("reports")


def _drop(engine: ibis.BaseBackend, name: str) -> None:
    with engine.con.cursor() as cursor:
        cursor.execute(f"DROP TABLE {name}")


_TABLES = count(1)

_TEXT = {name: pa.string() for name in Report.model_fields}
DERIVED = pa.schema(
    [
        ("row", pa.int32()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
        ("qualified", pa.bool_()),
        ("publisher", pa.string()),
        ("place_label", pa.string()),
        ("radius_km", pa.float64()),
        ("words", pa.string()),
    ]
)
"""What is worked out at loading: the days a date allows (see `dates.OPEN_START`), whether the date carries a sign of
doubt, who published the document, the place's label, its radius, and the folded text that search reads, with every
name of each place that it names."""

SCHEMA = pa.schema(
    [
        *(
            (
                name,
                {
                    "latitude": pa.float64(),
                    "longitude": pa.float64(),
                    "deaths_low": pa.int32(),
                    "deaths_best": pa.int32(),
                    "deaths_high": pa.int32(),
                    "graphic": pa.bool_(),
                }.get(name, pa.string()),
            )
            for name in _TEXT
        ),
        *((field.name, field.type) for field in DERIVED),
    ]
)
