"""What an import gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb

from geodata.model.mapping import TableMapping
from geodata.model.records import OWN_TERMS, Source
from geodata.store.opening import Opening
from geodata.store.own_columns import OwnColumns


@dataclass(frozen=True)
class Imported:
    """A file in the engine: its reports, unordered, in ``table``; its other columns, account and documents."""

    table: str
    own: OwnColumns
    opening: Opening
    missing: tuple[str, ...]
    sides: list[str]
    scopes: list[str]
    incidents: int
    """How many different ones the reports tell of."""
    sources: dict[str, Source] = field(default_factory=dict)


def documents(connection: duckdb.DuckDBPyConnection, table: str, mapping: TableMapping | None) -> dict[str, Source]:
    """The sources of an imported table, the most cited first."""
    cited = connection.execute(
        f"SELECT source_id, count(*) FROM {table} GROUP BY 1 ORDER BY count(*) DESC, 1"
    ).fetchall()
    return documents_of((key for key, _ in cited), mapping)


def documents_of(keys: Iterable[str], mapping: TableMapping | None) -> dict[str, Source]:
    """The sources of these names, with the terms of the mapping."""
    assert mapping is not None, "a table of others is read by a mapping"
    terms, genre = mapping.terms, mapping.sources.genre
    licence = terms.licence or OWN_TERMS
    return {key: Source.unrated(key, genre, licence, may_republish=terms.may_republish) for key in keys}
