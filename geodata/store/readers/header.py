"""Where the header of a table is: below titles and comments, or nowhere; and the row of HXL tags under it."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

LOOKED_AT = 200
"""Rows of a file in which the header is looked for."""

VALUE = re.compile(
    r"[-+\u2212<>~(]?\s*\d[\d\s.,:;/+\u2212\u2013\u00b0'\u2019\u2032\u2033%TZWNSEO()-]*"
    r"|\d{1,2}[ ./-]?[^\W\d_]{3,10}[ ./,-]+'?\d{2,4}"
)
"""A cell that is a value and no name: a number, a date, a coordinate; "4 Oct 2020"."""

TAG = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*", re.I)
"""An HXL tag with its attributes, as ``#geo+lat`` (HXL 1.1)."""


@dataclass(frozen=True)
class Header:
    """Where the header is. ``above`` counts the rows before it, ``first`` those before the first row of data."""

    above: int
    first: int
    names: tuple[str, ...]
    """Blank where there is no header: then every column is nameless."""
    tags: tuple[str, ...] = ()
    """A cell of the row of HXL tags for each column."""


def find(rows: Sequence[Sequence[str]], given: int | None = None) -> Header:
    """The header of the first rows of a file. ``given`` is its place among them from 0, -1 for none.

    The first row that fills at least half of the columns is the header, unless it holds values where the rows below
    it do.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    tagged = next((place for place, row in enumerate(rows) if is_tags(row)), None)
    if given is None and tagged is not None:
        above = max((place for place in range(tagged) if filled[place] * 2 > filled[tagged]), default=tagged)
    elif given is not None:
        above = given
    else:
        usual = statistics.median([number for number in filled if number] or [0])
        above = next((place for place, number in enumerate(filled) if number and number * 2 >= usual), 0)
        if not _names(rows[above], rows[above + 1 :]):
            return Header(above, above, ())
    if above < 0:
        return Header(0, 0, ())
    below = next((place for place in range(above + 1, len(rows)) if filled[place]), None)
    if below is not None and below == tagged:
        return Header(above, below + 1, tuple(rows[above]), tuple(rows[below]))
    tags = tuple(rows[above]) if above == tagged else ()
    return Header(above, above + 1, tuple(rows[above]), tags)


def is_tags(row: Sequence[str]) -> bool:
    """Whether a row holds HXL tags and nothing else."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) > 1 and all(TAG.fullmatch(cell) for cell in cells)


def _names(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row names the columns: where the rows below hold values, it mostly holds none."""
    names = values = 0
    for place, cell in enumerate(row):
        under = [other[place].strip() for other in below[:LOOKED_AT] if place < len(other) and other[place].strip()]
        if not cell.strip() or sum(1 for text in under if VALUE.fullmatch(text)) * 2 <= len(under):
            continue
        if VALUE.fullmatch(cell.strip()):
            values += 1
        else:
            names += 1
    return names >= values or not below
