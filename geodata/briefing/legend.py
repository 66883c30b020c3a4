"""The legend of a print: its colours, and the signs that it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geodata.briefing import layers, signs
from geodata.briefing.candidates import badge_width
from geodata.briefing.numbered import Numbered, Sign
from geodata.briefing.print import Print
from geodata.briefing.sheet import MUTED, Box, Sheet
from geodata.briefing.typeset import LEADING, Line, Run, wrap, write
from geodata.tell import legend
from geodata.timemap.marks import SIZES, Category

PLAIN = "#4b6584"
"""The colour of the legend's signs where no category is meant."""

SAMPLE, NUMBERED_SAMPLE, SAMPLE_AREA = 7.2, 9.4, 7.5
"""Radii of the legend's signs in pixels of the screen, chosen to fit its lines: a sign of one report, one with a number
inside, which needs more room, and an area's disc."""


@dataclass(frozen=True)
class _Item:
    """A line of the legend: its sign as ``kind`` and what to draw, its text, and its height in points."""

    kind: str
    what: Any
    lines: tuple[Line, ...]
    height: float


@dataclass(frozen=True)
class _Grid:
    """A part of the legend: its title, its items column by column, the rows' heights and the columns' width."""

    title: str
    items: Sequence[_Item]
    rows: Sequence[float]
    width: float


class Legend:
    """The signs and colours that the print has, and no others, as two grids ``width`` points wide.

    Where every sign's words take at most so many ``lines``, the signs stand in columns.
    """

    def __init__(self, printed: Print, shown: Numbered, width: float, size: float, *, lines: int = 2) -> None:
        self.size, self.unit, self.width = size, signs.unit_of(size), width
        self.scheme, self.words = printed.colouring, legend.signs(printed.dataset)
        present = sorted({entry.sign.code for entry in shown.entries})
        colours = [("sign", [(Sign(code), 1)], self.scheme.categories[code].name) for code in present]
        beneath = [("layer", layer, layers.words(layer)) for layer in layers.drawn(printed)[: layers.MOST_LISTED]]
        parts = ((self.scheme.title, colours, 1), ("Signs", self._signs(shown), lines), (layers.TITLE, beneath, 3))
        used = [grid for grid in parts if grid[1]]
        self.grids = [self._grid(title, items, most) for title, items, most in used]

    @property
    def height(self) -> float:
        gaps = max(0, len(self.grids) - 1) * 0.5 * self.size
        return sum(1.6 * self.size + sum(grid.rows) for grid in self.grids) + gaps

    def _grid(self, title: str, items: Sequence[tuple[str, Any, str]], most: int) -> _Grid:
        """The part in those columns that make it lowest, with no text longer than ``most`` lines."""
        grids = []
        for columns in (5, 4, 3, 2, 1):
            wide = (self.width - (columns - 1) * self.size) / columns
            set_items = [self._item(kind, what, text, wide) for kind, what, text in items]
            if all(len(item.lines) <= most for item in set_items) or columns == 1:
                deep = -(-len(items) // columns)
                rows = [max(item.height for item in set_items[at::deep]) for at in range(deep)]
                grids.append(_Grid(title, set_items, rows, wide))
        return min(grids, key=lambda grid: sum(grid.rows))

    def _item(self, kind: str, what: Any, text: str, width: float) -> _Item:
        lines = tuple(wrap([Run(text)], width - self.size * 2.6, self.size))
        return _Item(kind, what, lines, max(self.size * 1.95, len(lines) * self.size * LEADING + self.size * 0.3))

    def _signs(self, shown: Numbered) -> list[tuple[str, Any, str]]:
        used = [entry.sign for entry in shown.entries]
        stacks = [mark for mark in shown.marks if not mark.is_area and len(mark.entries) > 1]
        letters = f"three reports lettered {self._letter(used)}"
        known = (
            (any(not sign.subject for sign in used), "sample", [(Sign(0), 1)], self.words.get("event", "")),
            (any(sign.subject for sign in used), "sample", [(Sign(0, subject=True), 1)], self.words.get("subject", "")),
            (any(sign.vague for sign in used), "sample", [(Sign(0, vague=True), 1)], self.words.get("vague", "")),
            (any(sign.denied for sign in used), "sample", [(Sign(0, denied=True), 1)], self.words.get("denied", "")),
            (
                any(sign.confirmed for sign in used),
                "sample",
                [(Sign(0, confirmed=True), 1)],
                self.words.get("confirmed", ""),
            ),
            (any(sign.added for sign in used), "sample", [(Sign(0, added=True), 1)], self.words.get("added", "")),
            (bool(stacks), "sample", [(Sign(0), 3)], self.words.get("number", "")),
            (any(mark.is_area for mark in shown.marks), "disc", None, self.words.get("area", "")),
            (bool(stacks), "letters", f"{self._letter(used)} 3", letters),
            (bool(shown.marks), "badge", None, "dark number: see the key"),
        )
        return [(kind, what, text) for there, kind, what, text in known if there]

    def _letter(self, used: Sequence[Sign]) -> str:
        return self.scheme.categories[used[0].code].letter if used else ""

    def draw(self, sheet: Sheet, x: float, top: float) -> None:
        for grid in self.grids:
            sheet.text(x, top - 1.1 * self.size, grid.title, self.size, style="bold")
            top -= 1.6 * self.size
            deep = len(grid.rows)
            for at, item in enumerate(grid.items):
                column, row = divmod(at, deep)
                upper = top - sum(grid.rows[:row])
                self._draw(sheet, item, x + column * (grid.width + self.size), upper, grid.rows[row])
            top -= sum(grid.rows) + 0.5 * self.size

    def _draw(self, sheet: Sheet, item: _Item, x: float, top: float, height: float) -> None:
        size, unit = self.size, self.unit
        across, up = x + size * 1.05, top - height / 2
        sample = [Category("", "", PLAIN)]
        if item.kind == "sign":
            signs.stack(
                sheet, across, up, SIZES["single"] * unit, item.what, categories=self.scheme.categories, unit=unit
            )
        elif item.kind == "sample":
            radius = (SAMPLE if item.what[0][1] == 1 else NUMBERED_SAMPLE) * unit
            signs.stack(sheet, across, up, radius, item.what, categories=sample, unit=unit)
        elif item.kind == "layer":
            layers.sample(sheet, across, up, item.what, unit)
        elif item.kind == "letters":
            sheet.text(across, up - 0.36 * size, item.what, size, colour=MUTED, align="center")
        elif item.kind == "disc":
            sheet.circle(
                across, up, SAMPLE_AREA * unit, fill=False, edgecolor=MUTED, linewidth=0.8, linestyle=(0, (3, 2))
            )
        else:
            wide, high = badge_width(7, size), 1.35 * size
            signs.badge(sheet, Box(across - wide / 2, up - high / 2, wide, high), 7, size)
        block = len(item.lines) * size * LEADING
        write(sheet, item.lines, x + size * 2.6, up + block / 2 - size * 0.98, size)
