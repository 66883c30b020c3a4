"""The reports of a case with the documents and places they refer to, so that every row keeps its citation."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from geodata.model import dates
from geodata.model.case import Case
from geodata.model.faults import Fault
from geodata.model.records import Person, Place, Report, Source
from geodata.store import left_open, search_words, wanted
from geodata.store.answering import Answerer
from geodata.store.answers import Answers, remembered
from geodata.store.breaking import breakable
from geodata.store.layers.layer import Layer
from geodata.store.left_open import Number
from geodata.store.opening import Opening
from geodata.store.own_columns import OwnCategory, OwnColumns

if TYPE_CHECKING:
    from geodata.store.rowids import Rowids
    from geodata.store.slim import Slim


@dataclass(frozen=True, eq=False)  # compared by identity: a Dataset is a cache key
class Dataset:
    """``reports`` is an Ibis table: the columns of `Report` and those of `DERIVED`, in no order of their own.

    ``row`` counts from 0 by first day, undated reports last; it is the name of a report within this dataset. Order by
    it where the order matters.
    """

    reports: ir.Table
    sources: Mapping[str, Source]
    places: Mapping[str, Place]
    case: Case
    missing: tuple[str, ...] = ()
    """Columns of the reports that an imported table does not tell: they are blank, or taken from others of its columns,
    and the screen says so."""
    persons: tuple[Person, ...] | None = None
    """Persons named in the texts, public or private; ``None`` without such a list: class mode then stays closed."""
    layers: tuple[Layer, ...] = ()
    """What the case lays under the reports, as far as it can be drawn; no report is in them."""
    layer_faults: tuple[Fault, ...] = ()
    """What is wrong with the case's layers; the reports are whole all the same."""
    openings: tuple[Opening, ...] = ()
    """What became of the rows of each file that the reports were read from."""
    is_large: bool = False
    """Whether the reports are too many for their rows to be here: the engine counts them, and the map is of cells."""
    answerer: Answerer | None = None
    """The engine elsewhere in which the reports are; ``None`` where they are in the DuckDB of this process."""
    kept: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """Of a large table what was counted of all its reports when it was prepared, see `Base`."""
    slim: Slim | None = field(default=None, repr=False)
    """Of a large table: its rows without their texts, see there."""
    rowids: Rowids | None = field(default=None, repr=False)
    """Of a large table: where its reports stand in the engine's file."""
    own: Mapping[str, OwnColumns] = field(default_factory=dict)
    """The other columns of each table of others, by the table's name, which is ``origin`` of its reports."""
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
        openings: tuple[Opening, ...] = (),
    ) -> Dataset:
        """A dataset of reports (columns of `REPORTS`, in any order) in an in-process DuckDB of its own."""
        table = _derived(_in_order(reports), sources, places)
        connection = breakable(duckdb.connect())
        keep(connection, "reports", table)
        return cls(reports_in(connection), sources, places, case, persons=persons, openings=openings)

    @property
    @remembered(most=1)
    def size(self) -> int:
        """The number of reports."""
        return int(self.fetch(self.reports.aggregate(n=self.reports.count()))["n"][0].as_py())

    def fetch(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression over ``reports``. Sessions may call it at the same time without waiting.

        Raises `Unanswered` where an engine elsewhere does not answer. What is not waited for is given up, see `wanted`.
        """
        if self.answerer is not None:
            return self.answerer.fetch(self._least(expression))
        return self._asked(*self._worded(expression))

    def answer(self, question: Question, *about: Hashable, **numbers: Number) -> pa.Table:
        """The rows of ``question(self, *about, **numbers)``, for one that is asked again and again with other numbers.

        Of an engine in this process it is put into words once, with the numbers left open: that takes longer than the
        answer. The question gets each number as an Ibis value then, else as it is. Raises as `fetch`.
        """
        if self.answerer is not None:
            return self.fetch(question(self, *about, **numbers))
        kinds = tuple((name, isinstance(number, tuple)) for name, number in numbers.items())
        return self._asked(*_in_words(self, question, about, kinds), numbers)

    def numbered(self, rows: Sequence[int] | ir.ArrayValue) -> ir.Table:
        """The reports whose ``row`` is one of these, in no order."""
        if self.answerer is not None and not isinstance(rows, ir.ArrayValue):
            return self.reports.filter(self.reports.row.isin([*rows]))
        # Not as so many literals, each of which DuckDB would compare every row with.
        given = rows if isinstance(rows, ir.ArrayValue) else ibis.literal([*rows], "array<int32>")
        named = given.name("number").as_table().unnest("number").number
        return self.rowids.numbered(named) if self.rowids else self.reports.filter(self.reports.row.isin(named))

    def _worded(self, expression: ir.Table) -> tuple[str, pa.Schema]:
        """The engine's words for a question, and the columns of its answer."""
        return self.reports.get_backend().compile(self._least(expression)), expression.schema().to_pyarrow()

    def _least(self, expression: ir.Table) -> ir.Table:
        """A question, of the slim table where that has all columns it reads."""
        return self.slim.answering(expression) if self.slim else expression

    def _asked(self, query: str, schema: pa.Schema, numbers: Mapping[str, Number] | None = None) -> pa.Table:
        # A DuckDB connection runs a single query at a time; each cursor runs its own, with numbers of its own.
        with breakable(self.reports.get_backend().con.cursor()) as cursor:
            for name, number in (numbers or {}).items():
                cursor.execute(left_open.set_to(name, number))
            rows = wanted.worked(lambda: cursor.sql(query).to_arrow_table(), cursor.interrupt)
        return rows.cast(schema)

    def filtered(self, reports: ir.Table) -> Dataset:
        """A dataset of some of its reports, an expression over ``reports``, with the numbers that they have.

        What is known of all reports is not of these.
        """
        return replace(self, reports=reports, kept={}, rowids=None)

    def narrowed(self, kept: ir.Table, rewritten: pa.Table) -> Dataset:
        """A dataset of the rows of ``kept``, an expression over ``reports``: in their order, ``row`` counted from 0.

        Rows of ``rewritten`` (columns of `SCHEMA`) replace those with the same ``row``. The reports are a new table in
        the same engine, which is dropped with the dataset.
        """
        engine, name = self.reports.get_backend(), f"narrowed_{next(_TABLES)}"
        columns, query = ", ".join(map(quoted, kept.columns)), engine.compile(kept)
        with breakable(engine.con.cursor()) as cursor:
            cursor.register("rewritten", rewritten)
            # Only the numbers are sorted: the whole rows of a large table would not fit into the engine's memory.
            cursor.execute(
                f"CREATE TABLE {name} AS SELECT given.* REPLACE (cast(number - 1 AS INTEGER) AS row) FROM ("
                f"SELECT {columns} FROM ({query}) ANTI JOIN rewritten USING (row) "
                f"UNION ALL SELECT {columns} FROM rewritten) AS given JOIN ("
                f"SELECT row, row_number() OVER (ORDER BY row) AS number FROM ({query})) USING (row)"
            )
        # Ibis would look the table up through the connection that all sessions share.
        table = ops.DatabaseTable(name, kept.schema(), engine)
        weakref.finalize(table, _drop, engine, name)
        return replace(self.filtered(table.to_expr()), slim=None)

    def lacks(self, *columns: str) -> bool:
        """Whether the table tells none of these columns."""
        return all(column in self.missing for column in columns)

    @property
    def categories(self) -> tuple[OwnCategory, ...]:
        """The categories of tables of others, by which reports are coloured and filtered."""
        return tuple(category for own in self.own.values() for category in own.categories)

    def first_rows(self, own: OwnColumns, names: Sequence[str], most: int) -> pa.Table:
        """The first rows of a table of others as they stand in the file; ``names`` are all columns of the file.

        Of a table in an engine elsewhere none.
        """
        if not own.table:
            return pa.table({name: pa.array([], pa.string()) for name in names})
        with breakable(self.reports.get_backend().con.cursor()) as cursor:
            query = f"SELECT * EXCLUDE (n) FROM {quoted(own.table)} WHERE n <= {most} ORDER BY n"
            rows: pa.Table = cursor.sql(query).to_arrow_table()
        return rows.rename_columns(list(names))

    def also(self, tellings: Mapping[int, str]) -> dict[int, dict[str, str]]:
        """For each telling, given with the ``origin`` of its reports: its other columns that are not blank."""
        engine, found = self.reports.get_backend(), {}
        for origin, own in self.own.items():
            rows = [telling - own.offset for telling, name in tellings.items() if name == origin]
            if not rows or not own.columns:
                continue
            columns = ", ".join(map(quoted, own.columns.values()))
            with breakable(engine.con.cursor()) as cursor:
                query = f"SELECT n, {columns} FROM {quoted(own.table)} WHERE n IN (SELECT unnest(?))"
                for n, *cells in cursor.execute(query, [rows]).fetchall():
                    named = zip(own.columns, cells, strict=True)
                    found[n + own.offset] = {name: cell for name, cell in named if cell and cell.strip()}
        return found


@remembered(most=64)
def _in_words(
    dataset: Dataset, question: Question, about: tuple[Hashable, ...], kinds: tuple[tuple[str, bool], ...]
) -> tuple[str, pa.Schema]:
    numbers = {name: left_open.numbers(name) if is_list else left_open.number(name) for name, is_list in kinds}
    return dataset._worded(question(dataset, *about, **numbers))


def quoted(name: str) -> str:
    """A name of the engine's as SQL."""
    return '"' + name.replace('"', '""') + '"'


Question = Callable[..., ir.Table]
"""Takes a dataset, what the question is about, and its numbers, each as it is or as an Ibis value."""

INCIDENTS = "incidents"
"""The name of the number of incidents in `Dataset.kept`, where it was counted before all else."""

Base = Callable[[Dataset], Mapping[str, bytes]]
"""Counts what the first view of a large table shows, for `Dataset.kept`: see `geodata.timemap.far.base`."""


def keep(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Makes an Arrow table a table of the engine, in place of one of this name."""
    connection.register("lent", table)
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM lent")
    connection.unregister("lent")


def reports_in(connection: duckdb.DuckDBPyConnection) -> ir.Table:
    """The connection's table ``reports``. The connection is closed once nothing refers to the table any more."""
    engine = ibis.duckdb.from_connection(connection)
    weakref.finalize(engine, connection.close)
    return engine.table("reports")


def _drop(engine: ibis.BaseBackend, name: str) -> None:
    with breakable(engine.con.cursor()) as cursor:
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

    numbers, blank = pa.array(range(len(reports)), pa.int32()), pa.array([""]).take(pa.array([0] * len(reports)))
    columns = {
        "row": numbers,
        "publisher": told("source_id", publisher, pa.string()),
        "place_label": pc.coalesce(told("place_id", label, pa.string()), reports["place"]),
        "radius_km": told("place_id", radius, pa.float64()),
        "words": search_words.of(reports, places),
        "telling": numbers,
        "time": blank,
        "origin": blank,
        "placed_by": blank,
    }
    whole = {**{name: reports[name] for name in reports.column_names}, **columns}
    return pa.table([whole[name] for name in SCHEMA.names], schema=SCHEMA)


LOCAL_ROWS = "ATTEST_LOCAL_ROWS"
"""Environment variable: reports of a table of others up to which their rows are here and in the browser."""


def most_local() -> int:
    """The number that `LOCAL_ROWS` names, two million without one. Raises ``ValueError`` for what is no number."""
    return int(os.environ.get(LOCAL_ROWS) or 2_000_000)


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
        ("telling", pa.int32()),
        ("time", pa.string()),
        ("origin", pa.string()),
        ("placed_by", pa.string()),
    ]
)
"""What is worked out at loading: the days a date allows (see `dates.OPEN_START`), whether the date carries a sign of
doubt, who published the document, the place's label, its radius, the folded text that search reads, with every name of
each place that it names, and of tables of others ``telling``, a number that the reports of one row share, the time of
day as written, ``origin``, the name of the table within its case, and ``placed_by``, whence coordinates come that
the table did not have."""

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
