"""A large table once more without its texts, in the order of the map: most questions need no more, and are answered
several times as fast. It is made beside the table when that is imported, or published in an engine elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from geodata.model.filters import CHOICES, OWN, OWN_LIST
from geodata.store.dataset import quoted
from geodata.store.measured import ACROSS, MEASURES, measured

NAME = "slim"
"""The table's name in the engine."""

NUMBERS = ("row", "latitude", "longitude", "radius_km", "first_day", "last_day", "qualified", "graphic")

WORDS = (*(column for column in CHOICES.values() if column != OWN_LIST), "precision", "place_role", "placed_by")
"""Columns of few different texts, with the table's own categories: kept as numbers (an ENUM of the engine's)."""

MOST_TEXTS = 60_000
"""A column of more different texts is left out: two bytes would not tell them apart."""

WIDE = ACROSS // 256
"""Of the squares by which rows are sorted, in those of `measured`: what a view shows lies in few places of the file."""


def add(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Makes the slim table of the connection's reports, sorted by square and ``row``."""
    names = [name for name, *_ in connection.execute(f"DESCRIBE {quoted(table)}").fetchall()]
    words = [name for name in names if name in WORDS or name.startswith(OWN)]
    asked = ", ".join(f"approx_count_distinct({quoted(name)})" for name in words)
    [counted] = connection.execute(f"SELECT {asked} FROM {quoted(table)}").fetchall()
    selected = [quoted(name) for name in NUMBERS]
    for name, number in zip(words, counted, strict=True):
        if number > MOST_TEXTS * 0.9:  # the count is approximate
            continue
        kind, column = quoted(f"texts of {name}"), quoted(name)
        connection.execute(
            f"CREATE TYPE {kind} AS ENUM (SELECT DISTINCT {column} FROM {quoted(table)} WHERE {column} IS NOT NULL "
            "ORDER BY 1)"
        )
        selected.append(f"{column}::{kind} AS {column}")
    engine = ibis.duckdb.from_connection(connection)
    query = engine.compile(measured(engine.table(table)))
    selected += [quoted(name) for name in MEASURES]
    connection.execute("SET preserve_insertion_order = true")  # else the sorted rows are written by several threads
    connection.execute(
        f"CREATE TABLE {NAME} AS SELECT {', '.join(selected)} FROM ({query}) ORDER BY y // {WIDE}, x // {WIDE}, row"
    )


def narrow(reports: ir.Table) -> ir.Table:
    """The columns of a slim table, texts as they are: for an engine elsewhere, which has tables of its own kind."""
    words = [name for name in reports.columns if name in WORDS or name.startswith(OWN)]
    return measured(reports).select(*NUMBERS, *words, *MEASURES)


@dataclass(frozen=True)
class Slim:
    """``table`` has the rows of ``reports``, and some of its columns."""

    reports: ir.Table
    table: ir.Table

    @classmethod
    def of(cls, reports: ir.Table, connection: duckdb.DuckDBPyConnection) -> Slim | None:
        """The slim table of a connection; ``None`` where none was made."""
        try:
            names = [name for name, *_ in connection.execute(f"DESCRIBE {NAME}").fetchall()]
        except duckdb.CatalogException:
            return None
        schema = ibis.schema({name: kind for name, kind in measured(reports).schema().items() if name in names})
        return cls(reports, ops.DatabaseTable(NAME, schema, reports.get_backend()).to_expr())

    def answering(self, expression: ir.Table) -> ir.Table:
        """The same question, of the slim table where that has all columns it reads."""
        question = expression.op()
        for whole in (measured(self.reports).op(), self.reports.op()):
            fields = question.find(ops.Field, filter=lambda node, whole=whole: node != whole)
            read = {field.name for field in fields if _has_columns_of(whole, field.rel)}
            if whole not in question.find(type(whole)) or not read <= {*self.table.columns}:
                continue
            found: ir.Table = question.replace({whole: self.table.op()}).to_expr()
            # Rows that are asked for with all their columns have lost some.
            if found.schema() == expression.schema():
                return found
        return expression


def _has_columns_of(table: ops.Relation, relation: ops.Relation) -> bool:
    """Whether the columns of a relation are a table's own."""
    while relation != table:
        if not isinstance(relation, ops.Filter | ops.Sort | ops.Limit | ops.JoinReference):
            return False
        relation = relation.parent
    return True
