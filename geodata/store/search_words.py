"""The folded text in which search finds a report: its own words, every name of its place and of places it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from duckdb.func import ARROW

from geodata.model.names import Mentions
from geodata.model.records import Place
from geodata.model.text import fold, folded_sign, folded_words

READ = ("title", "summary", "place", "actor", "target", "claimed_by", "note", "incident_id")
"""Columns that search reads."""

Signs = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int32]

BLANK, DROPPED = ord(" "), 0
"""What a sign that parts words is folded to, and one that is left out."""

FOLDED_SIGNS = np.array([ord(folded_sign(chr(code)) or chr(DROPPED)) for code in range(128)], np.uint8)
"""What each ASCII sign is folded to."""


def folded(connection: duckdb.DuckDBPyConnection) -> str:
    """SQL of this connection for the folded text of a report that refers to no place of a list: see `of`."""
    with suppress(duckdb.NotImplementedException):  # it is there; to ask first takes ten times as long
        connection.create_function("fold", _folded, ["VARCHAR"], "VARCHAR", type=ARROW)
    return f"fold(concat_ws(' ', {', '.join(READ)}))"


def _folded(texts: pa.ChunkedArray) -> pa.Array:
    """Each text as `fold` has it; a null stays one. Texts of ASCII, as most tables have, are folded all at once."""
    whole = texts.cast(pa.string()).combine_chunks()
    if whole.null_count or not pc.all(pc.string_is_ascii(whole)).as_py():
        return pa.array((None if text is None else fold(text) for text in whole.to_pylist()), pa.string())
    return _folded_ascii(whole)


def _folded_ascii(texts: pa.StringArray) -> pa.StringArray:
    """Texts of ASCII without a null as `fold` has them, worked out on the signs of all of them in one array."""
    _, places, held = texts.buffers()
    starts: Places = np.frombuffer(places, np.int32)[texts.offset :][: len(texts) + 1]
    signs = np.take(FOLDED_SIGNS, np.frombuffer(held or b"", np.uint8)[starts[0] : starts[-1]])
    signs, starts = _only(signs, starts - starts[0], signs != DROPPED)
    # Of a run of blanks the first is kept, unless the text begins with it ...
    stays = (signs != BLANK) | np.append(False, signs[:-1] != BLANK)
    begins = starts[:-1][starts[:-1] < starts[1:]]
    stays[begins] = signs[begins] != BLANK
    signs, starts = _only(signs, starts, stays)
    # ... or ends with it.
    ends = starts[1:][starts[:-1] < starts[1:]] - 1
    stays = np.ones(len(signs), np.bool_)
    stays[ends] = signs[ends] != BLANK
    signs, starts = _only(signs, starts, stays)
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(starts), pa.py_buffer(signs))


def _only(signs: Signs, starts: Places, stays: npt.NDArray[np.bool_]) -> tuple[Signs, Places]:
    """The signs that stay, and where the texts begin and end among them."""
    if stays.all():
        return signs, starts
    return signs[stays], np.append(np.int32(0), np.cumsum(stays, dtype=np.int32))[starts]


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
