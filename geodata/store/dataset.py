"""The reports of a case with the documents and places they refer to, so that every row keeps its citation."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from geodata.model import dates
from geodata.model.case import Case
from geodata.model.records import Person, Place, Report, Source
from geodata.model.region import Region
from geodata.store import search_words
from geodata.store.answers import Answers, remembered
from geodata.store.opening import Opening


@dataclass(frozen=True, eq=False)  # compared by identity: a Dataset is a cache key
class Dataset:
    """``reports`` is an Ibis table: the columns of `Report` and those of `DERIVED`, sorted by first day.

    ``row`` counts from 0 in that order; it is the name of a report within this dataset. Undated reports come last.
    """

    reports: ir.Table
    sources: Mapping[str, Source]
    places: Mapping[str, Place]
    case: Case
    missing: tuple[str, ...] = ()
    """Columns of `Report` that an imported table lacks: they are blank, and the screen names them."""
    persons: tuple[Person, ...] | None = None
    """Persons named in the texts, public or private; ``None`` without such a list: class mode then stays closed."""
    region: Region | None = None
    """A finer base map, where the case brings one."""
    openings: tuple[Opening, ...] = ()
    """What became of the rows of each file that the reports were read from."""
    answers: Answers = field(default_factory=Answers, init=False, repr=False)
    """Results that functions have computed for this dataset, see `remembered`."""

    @classmethod
    def of(
        cls,
        reports: pa.Table,
        sources: Mapping[str, Source],
        places: Mapping[str, Place],
        case: Case,
        *,
        persons: tuple[Person, ...] | None = None,
        region: Region | None = None,
        openings: tuple[Opening, ...] = (),
    ) -> Dataset:
        """A dataset of reports (columns of `REPORTS`, in any order) in an in-process DuckDB of its own."""
        table = _derived(_in_order(reports), sources, places)
        connection = duckdb.connect()
        connection.register("coded", table)
        connection.execute("CREATE TABLE reports AS SELECT * FROM coded")
        connection.unregister("coded")
        return cls(reports_in(connection), sources, places, case, persons=persons, region=region, openings=openings)

    @property
    @remembered(most=1)
    def size(self) -> int:
        """The number of reports."""
        return int(self.fetch(self.reports.aggregate(n=self.reports.count()))["n"][0].as_py())

    def fetch(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression over ``reports``. Sessions may call it at the same time without waiting."""
        engine = self.reports.get_backend()
        query = engine.compile(expression)
        # A DuckDB connection runs a single query at a time; each cursor runs its own.
        with engine.con.cursor() as cursor:
            rows: pa.Table = cursor.sql(query).to_arrow_table()
        return rows.cast(expression.schema().to_pyarrow())

    def narrowed(self, kept: ir.Table, rewritten: pa.Table) -> Dataset:
        """A dataset of the rows of ``kept``, an expression over ``reports``: in their order, ``row`` counted from 0.

        Rows of ``rewritten`` (columns of `SCHEMA`) replace those with the same ``row``. The reports are a new table in
        the same engine, which is dropped with the dataset. Order by ``row`` where the order matters.
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
        # Ibis would look the table up through the connection that all sessions share.
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


def _in_order(reports: pa.Table) -> pa.Table:
    """The reports with the days that their dates allow, sorted by them; undated ones last."""
    texts = reports["date"].combine_chunks().dictionary_encode()
    spans = [dates.parse(text) if text else None for text in texts.dictionary.to_pylist()]
    days = {
        "first_day": [span and span.first for span in spans],
        "last_day": [span and span.last for span in spans],
        "qualified": [bool(span and span.qualified) for span in spans],
    }
    for name, values in days.items():
        column = pa.array(values, DERIVED.field(name).type).take(texts.indices)
        reports = reports.append_column(DERIVED.field(name), column)
    return reports.sort_by([(name, "ascending") for name in ("first_day", "last_day", "incident_id")])


def _derived(reports: pa.Table, sources: Mapping[str, Source], places: Mapping[str, Place]) -> pa.Table:
    """The ordered reports with all columns of `SCHEMA`."""

    def told(column: str, value: Callable[[str], object], kind: pa.DataType) -> pa.Array:
        """What each text of a column leads to, asked once for each different text."""
        texts = reports[column].combine_chunks().dictionary_encode()
        return pa.array([value(text) for text in texts.dictionary.to_pylist()], kind).take(texts.indices)

    def publisher(source_id: str) -> str:
        return sources[source_id].publisher or sources[source_id].author or "not named"

    def label(place_id: str) -> str | None:
        return places[place_id].label if place_id in places else None

    def radius(place_id: str) -> float | None:
        return places[place_id].radius_km if place_id in places else None

    columns = {
        "row": pa.array(range(len(reports)), pa.int32()),
        "publisher": told(
            "source_id", lambda key: sources[key].publisher or sources[key].author or "not named", pa.string()
        ),
        "place_label": pc.coalesce(told("place_id", label, pa.string()), reports["place"]),
        "radius_km": told("place_id", radius, pa.float64()),
        "words": search_words.of(reports, places),
    }
    whole = {**{name: reports[name] for name in reports.column_names}, **columns}
    return pa.table([whole[name] for name in SCHEMA.names], schema=SCHEMA)


_TABLES = count(1)

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

_NOT_TEXT = {
    "latitude": pa.float64(),
    "longitude": pa.float64(),
    "deaths_low": pa.int32(),
    "deaths_best": pa.int32(),
    "deaths_high": pa.int32(),
    "graphic": pa.bool_(),
}
REPORTS = pa.schema([(name, _NOT_TEXT.get(name, pa.string())) for name in Report.model_fields])
"""The columns of `Report`."""

SCHEMA = pa.schema([*REPORTS, *DERIVED])
"""The columns of the reports: those of `Report` and `DERIVED`."""
