"""Several sources in one cell."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.model.text import whole_signs
from geodata.store.values.blanks import strings
from geodata.store.values.forms import mask

JSON = "json"
"""In place of a separator: the cells are lists in JSON, or in Python's way of writing them."""

SEPARATORS = ("\n", ";", "|", ", ", ",", " and ", " ")
"""What may part sources, the surest first."""

NAMES = ("title", "name", "description", "path", "url", "id")
"""The fields of an object that may name a source, the first that is filled counts."""

ENTITY, KEPT, UNPARTED = r"&(#?\w{2,8});", "\x01", "&\\1\x01"
"""A sign in HTML such as ``&amp;``, whose semicolon parts nothing; what stands for that while a text is parted; and
what the whole sign becomes."""


def guess_separator(texts: pa.Array) -> str | None:
    """What parts the sources in the cells of a column, by its different texts: one of `SEPARATORS`, `JSON` or None.

    Semicolons and bars between plain names, and anything between web addresses, part a list; so do line ends if most
    cells have them. A comma, an "and", a bar between spaces or a single line end may belong to a name ("The Times,
    London"): it parts a list only if most of what it parts stands alone in other cells.
    """
    given = [text for text in strings(texts).to_pylist() if text]
    in_json = [text for text in given if items(text) is not None]
    if in_json and 2 * len(in_json) >= len(given):
        return JSON
    found: dict[str, int] = {}
    for separator in SEPARATORS:
        lists = [parts for parts in split(pa.array(given, pa.string()), separator).to_pylist() if len(parts) > 1]
        if lists and _is_list(separator, lists, given):
            found[separator] = len(lists)
    return max(found, key=lambda separator: found[separator], default=None)  # the surer of two that part as many


def _is_list(separator: str, lists: list[list[str]], texts: list[str]) -> bool:
    """Whether a separator parts sources, by the cells that have it and by all cells."""
    of_addresses = sum(all(part.startswith(("http://", "https://", "www.")) for part in parts) for parts in lists)
    if 2 * of_addresses > len(lists):
        return True
    usual = {";": True, "|": not any(" |" in text for text in texts), "\n": 2 * len(lists) > len(texts)}
    if usual.get(separator):
        parts = [part for parts in lists for part in parts]
        return sum(_is_plain(part) for part in parts) >= 0.75 * len(parts)
    alone = set(texts)
    return separator != " " and 2 * sum(alone.issuperset(parts) for parts in lists) > len(lists)


def _is_plain(part: str) -> bool:
    """Whether a part may be a name: a sentence goes on in small letters behind a semicolon, a name does not."""
    return " " not in part or not part[0].islower()


def split(texts: pa.Array, separator: str, names: Sequence[str] = NAMES) -> pa.Array:
    """The sources of each cell, as lists of texts: blanks and repeats dropped, in their order.

    ``separator`` is any text, or `JSON`: then the first of ``names`` that is filled counts of an object, and a cell
    that is no JSON is one source.
    """
    given = strings(texts)
    if separator == JSON:
        lists = [(text, items(text)) for text in given.to_pylist()]
        parted = pa.array(
            [[text] if found is None else [_name(item, names) for item in found] for text, found in lists],
            pa.list_(pa.string()),
        )
    else:
        parted = pc.split_pattern(pc.replace_substring_regex(given, ENTITY, UNPARTED), separator)
    rows = pc.list_parent_indices(parted).to_numpy()
    parts = pc.utf8_trim_whitespace(pc.replace_substring(parted.flatten(), KEPT, ";"))
    codes = pc.dictionary_encode(parts).indices.to_numpy(zero_copy_only=False)
    _, first = np.unique(rows * (codes.max(initial=0) + 1) + codes, return_index=True)
    filled = mask(pc.not_equal(parts, ""))
    kept = np.sort(first[filled[first]])
    offsets = np.concatenate([[0], np.cumsum(np.bincount(rows[kept], minlength=len(given)))])
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), parts.take(pa.array(kept)))


def items(text: str) -> list[Any] | None:
    """The items of a list in JSON, or as Python writes it; an object is its one item. None for any other text."""
    if text[:1] not in ("[", "{"):
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text)
        except (ValueError, SyntaxError, RecursionError):
            continue
        return value if isinstance(value, list) else [value]
    return None


def _name(item: Any, names: Sequence[str]) -> str:
    """The name of a source in JSON; blank where it has none."""
    if isinstance(item, dict):
        item = next((item[name] for name in names if item.get(name)), None)
    return "" if item is None else whole_signs(str(item))
