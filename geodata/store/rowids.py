"""Where each report of a large table stands in the engine's file, so that a few of them are found by their numbers
without a look at all others. It is made beside the table when that is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from geodata.store.dataset import quoted

NAME = "rowids"
"""The engine's table with DuckDB's rowid of each report as ``held_at``, in the order of their ``row``."""


def add(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Makes the table `NAME` of these reports."""
    connection.execute("SET preserve_insertion_order = true")  # its own rowids are the reports' numbers
    connection.execute(f"CREATE TABLE {NAME} AS SELECT rowid AS held_at FROM {quoted(table)} ORDER BY row")


@dataclass(frozen=True)
class Rowids:
    """``reports`` are those of a large table with ``held_at``; ``rowids`` has ``row`` and ``held_at``."""

    reports: ir.Table
    rowids: ir.Table

    @classmethod
    def of(cls, engine: Backend, table: str) -> Rowids | None:
        """Those of the reports of a connection, in which ``table`` may be a view; ``None`` where none were made."""
        held = "SELECT database_name FROM duckdb_tables() WHERE table_name = ?"  # a view has no rowid
        found = engine.con.execute(held, [NAME]).fetchall()
        if not found:
            return None
        where = f"{quoted(found[0][0])}.main"
        views = {
            "reports_held_at": f"SELECT *, rowid AS held_at FROM {where}.{quoted(table)}",
            "rowids_by_row": f"SELECT rowid AS row, held_at FROM {where}.{NAME}",
        }
        for name, query in views.items():
            engine.con.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")
        return cls(*map(engine.table, views))

    def numbered(self, rows: Any) -> ir.Table:
        """The reports with these numbers, an Ibis column of them."""
        # Rowids as they are: a cast of theirs would be made of each, before any is left out.
        held_at = self.rowids.filter(self.rowids.row.isin(rows.cast("int64"))).held_at
        return self.reports.filter(self.reports.held_at.isin(held_at)).drop("held_at")
