"""The folded text in which search finds a report: its own words, every name of its place and of places it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from duckdb.func import ARROW

from geodata.model.names import Mentions
from geodata.model.records import Place
from geodata.model.text import fold, folded_words

READ = ("title", "summary", "place", "actor", "target", "claimed_by", "note", "incident_id")
"""Columns that search reads."""


def folded(connection: duckdb.DuckDBPyConnection) -> str:
    """SQL of this connection for the folded text of a report that refers to no place of a list: see `of`."""
    if not connection.execute("SELECT 1 FROM duckdb_functions() WHERE function_name = 'fold'").fetchall():
        connection.create_function("fold", _folded, ["VARCHAR"], "VARCHAR", type=ARROW)
    return f"fold(concat_ws(' ', {', '.join(READ)}))"


def _folded(texts: pa.ChunkedArray) -> pa.Array:
    return pa.array(map(fold, texts.to_pylist()), pa.string())


def of(reports: pa.Table, places: Mapping[str, Place]) -> pa.Array:
    """A folded text for each report. What several reports have in a column is folded and looked through once."""
    keys = _encoded(reports["place_id"])
    used = {key: places[key] for key in keys.dictionary.to_pylist() if key in places}
    names = [" ".join(used[key].names) if key in used else "" for key in keys.dictionary.to_pylist()]
    mentions = Mentions(used.values())
    parts, named = [], []
    for cells in (*(_encoded(reports[name]) for name in READ), pa.DictionaryArray.from_arrays(keys.indices, names)):
        folded, found = [], []
        for text in cells.dictionary.to_pylist():
            words = folded_words(text)
            folded.append(" ".join(words) or None)
            found.append(mentions.names_in(words))
        parts.append(pa.array(folded, pa.string()).take(cells.indices))
        if any(found):
            named.append([found[cell] for cell in cells.indices.to_pylist()])
    parts.append(pa.array(_other_places(mentions, keys.to_pylist(), named), pa.string()))
    return pc.binary_join_element_wise(*parts, " ", null_handling="skip")


def _other_places(
    mentions: Mentions, place_ids: Sequence[str], named: Sequence[Sequence[frozenset[str]]]
) -> list[str | None]:
    """For each report all names of the places that its cells name, but for its own place's."""
    told: dict[tuple[object, ...], str | None] = {}
    rows = [*zip(place_ids, *named, strict=True)]
    for row in rows:
        if row not in told:
            place_id, *cells = row
            told[row] = " ".join(mentions.all_names(frozenset().union(*cells), place_id)) or None
    return [told[row] for row in rows]


def _encoded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    return column.combine_chunks().dictionary_encode()
