"""Where the header of a table is: below titles and comments, or nowhere; and the row of HXL tags under it."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LOOKED_AT = 200
"""Rows of a file in which the header is looked for."""

VALUE = re.compile(
    r"[-+\u2212<>~(]?\s*\d[\d\s.,:;/+\u2212\u2013\u00b0'\u2019\u2032\u2033%TZWNSEO()-]*"
    r"|\d{1,2}[ ./-]?[^\W\d_]{3,10}[ ./,-]+'?\d{2,4}"
)
"""A cell that is a value and no name: a number, a date, a coordinate; "4 Oct 2020"."""

TAGS_WITHIN = 25
"""Rows from the top among which HXL has its tags (HXL 1.1)."""

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

    def tagged(self, columns: Sequence[str]) -> dict[str, str]:
        """The tag of each of these columns that has one."""
        return {name: tag.strip() for name, tag in zip(columns, self.tags, strict=False) if tag.strip()}

    def notes(self, number: int, unit: str, of: str = "") -> Iterator[str]:
        """What is said of a header that is the line or row ``number`` of a file; ``unit`` is which of the two."""
        if self.above:
            what = "The header" if self.names else "The first row"
            above = f"{unit} above it is" if number == 2 else f"{number - 1:,} {unit}s above it are"
            yield f"{what} is {unit} {number:,}{of}; the {above} left out."
        if not self.names:
            yield f"No {unit} names the columns: they are numbered."
        if self.tags and self.first - self.above > 1:
            yield f"{unit.capitalize()} {number + 1:,} holds HXL tags, which are no row."


def find(rows: Sequence[Sequence[str]], given: int | None = None) -> Header:
    """The header of the first rows of a file. ``given`` is its place among them from 0, -1 for none.

    The first row that fills at least half of the columns is the header, unless it holds values where the rows below
    it do. A row of HXL tags is under the header, or is the header itself.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    usual = statistics.median([number for number in filled if number] or [0])
    full = [place for place, number in enumerate(filled) if number and number * 2 >= usual]
    tagged = next((place for place in full if place < TAGS_WITHIN and is_tags(rows[place])), None)
    if given is not None and given < 0:
        return Header(0, 0, ())
    if given is not None:
        above = given
    elif tagged is not None:
        above = max((place for place in full if place < tagged), default=tagged)
    else:
        above = full[0] if full else 0
        if rows and not _names(rows[above], rows[above + 1 :]):
            return Header(above, above, ())
    below = next((place for place in range(above + 1, len(rows)) if filled[place]), None)
    if tagged is not None and below == tagged:
        return Header(above, tagged + 1, tuple(rows[above]), tuple(rows[tagged]))
    tags = tuple(rows[above]) if above == tagged else ()
    return Header(above, above + 1, tuple(rows[above]), tags)


def is_tags(row: Sequence[str]) -> bool:
    """Whether a row holds HXL tags and nothing else."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) > 1 and all(TAG.fullmatch(cell) for cell in cells)


def is_value(cell: str) -> bool:
    """Whether a cell is a number, a date or a coordinate."""
    return VALUE.fullmatch(cell.strip()) is not None


def columns_of_values(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The places of columns most of whose filled cells are values."""
    places = []
    for place in range(max(map(len, rows), default=0)):
        cells = [row[place] for row in rows[:LOOKED_AT] if place < len(row) and row[place].strip()]
        if sum(map(is_value, cells)) * 2 > len(cells):
            places.append(place)
    return tuple(places)


def _names(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row names the columns: where the rows below hold values, it mostly holds none."""
    cells = [row[place] for place in columns_of_values(below) if place < len(row) and row[place].strip()]
    return sum(map(is_value, cells)) * 2 <= len(cells)
