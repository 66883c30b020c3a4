"""One incident field by field as a printed table: a row a field, a column each who tells it, and how they stand.

What stands sharp is white on dark, what is mild on a pale ground, what is one-sided in a dashed frame; the sign and the
word before it say the same without colour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geodata.briefing.sheet import INK, MUTED, RULE, WHITE, Box, Sheet
from geodata.briefing.typeset import LEADING, Line, Run, wrap, write
from geodata.count.stands import Stand
from geodata.tell import fields
from geodata.tell.fields import Comparison

MOST_ABREAST = 4
"""Columns of those who tell, side by side; more stand in a further table."""

GROUNDS: Mapping[Stand, Mapping[str, Any]] = {
    Stand.SHARP: {"facecolor": INK, "edgecolor": INK, "linewidth": 0.6},
    Stand.MILD: {"facecolor": "#fff4d6", "edgecolor": "#d9b64a", "linewidth": 0.6},
    Stand.ONE_SIDED: {"facecolor": WHITE, "edgecolor": "#5c6570", "linewidth": 0.6, "linestyle": "--"},
}
"""What is drawn behind the words of how a field stands."""

HEAD_GROUND = "#e4e9ee"

PADDING = 0.45
"""Space inside a cell, in parts of the type size."""

SHARES = 0.12, 0.2
"""Parts of the width that the names of the fields and the last column take."""


@dataclass(frozen=True)
class TableRow:
    """A row set in lines, one tuple a cell. Of the last cell the first ``framed`` lines stand on a ground."""

    cells: tuple[tuple[Line, ...], ...]
    stand: Stand | None = None
    framed: int = 0

    def height(self, size: float) -> float:
        """In points, at a type of ``size`` points."""
        return max(map(len, self.cells)) * size * LEADING + 2 * PADDING * size

    def cut(self, most: int) -> list[TableRow]:
        """The row as rows of at most ``most`` lines."""
        deep = max(map(len, self.cells))
        return [
            replace(self, cells=tuple(lines[at : at + most] for lines in self.cells), framed=max(0, self.framed - at))
            for at in range(0, deep, most)
        ]


@dataclass(frozen=True)
class FieldTable:
    """A table set at ``widths`` of its columns, in a type of ``size`` (points)."""

    head: TableRow
    rows: tuple[TableRow, ...]
    widths: tuple[float, ...]
    size: float

    def fitting(self, rows: Sequence[TableRow], room: float) -> int:
        """How many of ``rows`` stand below the head in ``room`` points of height."""
        left = room - self.head.height(self.size)
        for number, row in enumerate(rows):
            left -= row.height(self.size)
            if left < 0:
                return number
        return len(rows)

    def height(self, rows: Sequence[TableRow]) -> float:
        """Points that the head and ``rows`` take."""
        return sum(row.height(self.size) for row in (self.head, *rows))


def tables(compared: Comparison, width: float, size: float, room: float) -> list[FieldTable]:
    """The comparison as tables ``width`` points wide, no row of which is higher than ``room`` points with its head."""
    return [_table(part, width, size, room) for part in parts(compared)]


def parts(compared: Comparison) -> list[Comparison]:
    """The comparison with at most `MOST_ABREAST` columns of those who tell, the others in further ones."""
    return [
        replace(
            compared,
            heads=compared.heads[at : at + MOST_ABREAST],
            lines=tuple(replace(line, cells=line.cells[at : at + MOST_ABREAST]) for line in compared.lines),
        )
        for at in range(0, len(compared.heads), MOST_ABREAST)
    ]


def _table(compared: Comparison, width: float, size: float, room: float) -> FieldTable:
    first, last = (share * width for share in SHARES)
    one = (width - first - last) / len(compared.heads)
    widths = (first, *(one for _ in compared.heads), last)
    inside = [each - 2 * PADDING * size for each in widths]
    texts = (fields.HEAD, *compared.heads, fields.LAST)
    head = TableRow(tuple(_set([text], each, size, "bold") for text, each in zip(texts, inside, strict=True)))
    most = max(1, int((room - head.height(size) - 2 * PADDING * size) / (size * LEADING)))
    rows = [part for line in compared.lines for part in _row(line, inside, size).cut(most)]
    return FieldTable(head, tuple(rows), widths, size)


def _row(line: fields.Line, inside: Sequence[float], size: float) -> TableRow:
    colour = WHITE if line.stand is Stand.SHARP else INK if line.stand in GROUNDS else MUTED
    stand = _set([line.said], inside[-1], size, "bold" if line.stand is Stand.SHARP else "regular", colour)
    how = _set([line.how], inside[-1], size) if line.how else ()
    said = (_set(cell, each, size) for cell, each in zip(line.cells, inside[1:-1], strict=True))
    cells = (_set([line.name], inside[0], size, "bold"), *said, (*stand, *how))
    return TableRow(cells, line.stand, len(stand) if line.stand in GROUNDS else 0)


def _set(
    texts: Sequence[str], width: float, size: float, style: str = "regular", colour: str = INK
) -> tuple[Line, ...]:
    """Each text begins a line."""
    return tuple(line for text in texts for line in wrap([Run(text, style, colour)], width, size))


def draw(sheet: Sheet, table: FieldTable, rows: Sequence[TableRow], x: float, top: float) -> None:
    """The head and ``rows`` from the upper left corner down."""
    size, wide = table.size, sum(table.widths)
    head = table.head.height(size)
    sheet.box(Box(x, top - head, wide, head), facecolor=HEAD_GROUND, edgecolor=HEAD_GROUND, linewidth=0)
    y = top
    for row in (table.head, *rows):
        at = x
        for number, (lines, width) in enumerate(zip(row.cells, table.widths, strict=True)):
            if row.framed and row.stand and number == len(row.cells) - 1:
                first, last = y - (PADDING + 1) * size, (min(row.framed, len(lines)) - 1) * size * LEADING
                ground = Box(at + 0.1 * size, first - last - 0.28 * size, width - 0.2 * size, last + 1.22 * size)
                sheet.box(ground, **GROUNDS[row.stand])
            write(sheet, lines, at + PADDING * size, y - PADDING * size - size, size)
            at += width
        y -= row.height(size)
        sheet.line([(x, y), (x + wide, y)], colour=RULE, width=0.6)
