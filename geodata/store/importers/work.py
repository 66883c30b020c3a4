"""What the steps of an import share: the file in the engine, the mapping, and what is to be told of both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

import duckdb
import pyarrow as pa

from geodata.model.mapping import TableMapping
from geodata.store.dataset import quoted
from geodata.store.importers.columns import Columns, literal
from geodata.store.opening import UNREAD, Question

_NAMES = count(1)


@dataclass
class Work:
    """The import of one file. ``raw`` is the engine's table of its texts: ``n``, the row from 1, and ``c0``, ``c1`` …

    Steps add to ``notes``, ``unread`` and ``questions`` what a reader should know, and leave their results as temporary
    tables of the engine.
    """

    connection: duckdb.DuckDBPyConnection
    columns: Columns
    mapping: TableMapping
    raw: str = "raw"
    notes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    unread: list[pa.Table] = field(default_factory=list)

    def fetch(self, query: str) -> pa.Table:
        """The rows of a query."""
        return self.connection.sql(query).to_arrow_table()

    def texts(self, expression: str) -> pa.Array:
        """The different texts of an expression over ``raw`` that are not blank."""
        query = f"SELECT DISTINCT text FROM (SELECT {expression} AS text FROM {self.raw}) WHERE text <> '' ORDER BY 1"
        return self.fetch(query)["text"].combine_chunks()

    @contextmanager
    def lent(self, table: pa.Table) -> Iterator[str]:
        """The name of an Arrow table that the engine may read for a while."""
        name = f"lent_{next(_NAMES)}"
        self.connection.register(name, table)
        try:
            yield name
        finally:
            self.connection.unregister(name)

    def keep(self, name: str, table: pa.Table) -> None:
        """Makes an Arrow table a table of the engine for this import."""
        with self.lent(table) as lent:
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM {lent}")

    def clear(self) -> None:
        """Removes what the steps made but the reports: they are temporary tables of the engine."""
        made = self.connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall()
        for (name,) in made:
            self.connection.execute(f"DROP TABLE temp.{quoted(name)}")

    def note_unread(self, column: str, query: str) -> None:
        """Lists cells that could not be read: ``query`` has their ``n``, ``text`` and ``reason``."""
        cells = self.fetch(
            f"SELECT n AS row, NULL AS line, {literal(column)} AS column, text, reason FROM ({query}) ORDER BY n"
        )
        if len(cells):
            self.unread.append(cells.cast(UNREAD))

    def note_unread_texts(self, column: str, text: str, read: str) -> None:
        """Lists cells whose ``text``, an expression over ``raw``, has a ``problem`` in the table ``read``."""
        cells = f"(SELECT n, {text} AS text FROM {self.raw}) JOIN {read} USING (text)"
        self.note_unread(column, f"SELECT n, text, problem AS reason FROM {cells} WHERE problem <> ''")
