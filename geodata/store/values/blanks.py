"""Blank cells and rows, and words that stand in a cell for "not given"."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from geodata.store.values.forms import Mask, mask

BLANKS = frozenset(
    {
        "", ".", "..", "...", "?", "??", "-", "--", "---", "–", "—", "−", "_", "*",
        "na", "n/a", "n.a.", "n.a", "#n/a", "<na>", "nan", "nat", "null", "none", "nil", "(null)", "\\n",
        "n/k", "n.k.", "nk", "n/s", "n.d.", "n.d", "n/d", "tba", "tbc", "tbd", "undated", "no date", "no data",
        "unk", "unk.", "unknown", "not known", "not available", "not applicable", "not given", "not stated",
        "not specified", "not reported", "unspecified", "undetermined", "missing", "blank", "empty",
        "inconnu", "inconnue", "desconocido", "desconocida", "unbekannt", "desconhecido", "bilinmiyor", "naməlum",
        "неизвестно", "нет данных", "нет", "н/д", "невідомо", "немає даних", "անհայտ", "غير معروف",
    }
)  # fmt: skip
"""In small letters. For dates, numbers, coordinates and precision only: in a text "none" may be what is meant."""


def whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column in one piece."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def strings(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column as texts in one piece, trimmed; a null is a blank text."""
    return pc.utf8_trim_whitespace(pc.fill_null(whole(texts).cast(pa.string()), ""))


def cleared(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """`strings`, with a blank for every word that means "not given"."""
    trimmed = strings(texts)
    return pc.if_else(is_blank(trimmed), "", trimmed)


def is_blank(texts: pa.Array) -> pa.Array:
    """Which of the trimmed texts mean "not given", in any case of letters."""
    return pc.is_in(pc.utf8_lower(texts), value_set=pa.array(sorted(BLANKS)))


def blank_rows(columns: Iterable[pa.Array | pa.ChunkedArray]) -> Mask | None:
    """Which rows of columns of text have no filled cell; None where there are none."""
    blank: Mask | None = None
    for column in columns:
        cells = mask(pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), ""), True))
        blank = cells if blank is None else blank & cells
        if not blank.any():
            return None
    return blank


def cleared_sql(column: str) -> str:
    """`cleared` as a DuckDB expression over an expression of texts."""
    words = ", ".join(f"'{word}'" for word in sorted(BLANKS))
    trimmed = f"trim(coalesce({column}, ''))"
    return f"CASE WHEN lower({trimmed}) IN ({words}) THEN '' ELSE {trimmed} END"
