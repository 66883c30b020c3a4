"""What stands round the map, each in a rectangle of its own: legend, inset, timeline and scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from geodata.briefing import land, orientation, signs
from geodata.briefing.frame import Frame, Scale, fitted, outline
from geodata.briefing.labels import badge_width
from geodata.briefing.numbered import Numbered, Sign
from geodata.briefing.print import Print
from geodata.briefing.sheet import EDGE, INK, MUTED, WHITE, Box, Sheet, measure
from geodata.briefing.typeset import LEADING, Line, Run, wrap, write
from geodata.exports.attribution import rows_of
from geodata.model import dates
from geodata.tell.legend import SIGNS
from geodata.timemap.marks import SIZES, Category

PLAIN = "#4b6584"
"""The colour of the legend's signs where no category is meant."""

SAMPLE, NUMBERED_SAMPLE, SAMPLE_AREA = 7.2, 9.4, 7.5
"""Radii of the legend's signs in pixels of the screen, chosen to fit its lines: a sign of one report, one with a number
inside, which needs more room, and an area's disc."""

POSSIBLE, SOLID, WINDOW = "#a9b6c6", "#2f4f73", "#0b5cad"


# --- legend ---------------------------------------------------------------------------------------------------------


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
    """The signs and colours that the print has, and no others, as two grids ``width`` points wide."""

    def __init__(self, printed: Print, shown: Numbered, width: float, size: float) -> None:
        self.size, self.unit, self.width = size, signs.unit_of(size), width
        self.scheme = printed.colouring
        present = sorted({entry.sign.code for entry in shown.entries})
        colours = [("sign", [(Sign(code), 1)], self.scheme.categories[code].name) for code in present]
        used = [grid for grid in ((self.scheme.title, colours, 1), ("Signs", self._signs(shown), 2)) if grid[1]]
        self.grids = [self._grid(title, items, most) for title, items, most in used]

    @property
    def height(self) -> float:
        gaps = max(0, len(self.grids) - 1) * 0.5 * self.size
        return sum(1.6 * self.size + sum(grid.rows) for grid in self.grids) + gaps

    def _grid(self, title: str, items: Sequence[tuple[str, Any, str]], most: int) -> _Grid:
        """The part in as many columns as it can have with no text longer than ``most`` lines."""
        for columns in (5, 4, 3, 2, 1):
            wide = (self.width - (columns - 1) * self.size) / columns
            set_items = [self._item(kind, what, text, wide) for kind, what, text in items]
            if all(len(item.lines) <= most for item in set_items) or columns == 1:
                break
        deep = -(-len(items) // columns)
        rows = [max(item.height for item in set_items[at::deep]) for at in range(deep)]
        return _Grid(title, set_items, rows, wide)

    def _item(self, kind: str, what: Any, text: str, width: float) -> _Item:
        lines = tuple(wrap([Run(text)], width - self.size * 2.6, self.size))
        return _Item(kind, what, lines, max(self.size * 1.95, len(lines) * self.size * LEADING + self.size * 0.3))

    def _signs(self, shown: Numbered) -> list[tuple[str, Any, str]]:
        used = [entry.sign for entry in shown.entries]
        stacks = [mark for mark in shown.marks if not mark.is_area and len(mark.entries) > 1]
        letters = f"three reports lettered {self._letter(used)}"
        known = (
            (any(not sign.subject for sign in used), "sample", [(Sign(0), 1)], SIGNS["event"]),
            (any(sign.subject for sign in used), "sample", [(Sign(0, subject=True), 1)], SIGNS["subject"]),
            (any(sign.vague for sign in used), "sample", [(Sign(0, vague=True), 1)], SIGNS["vague"]),
            (any(sign.denied for sign in used), "sample", [(Sign(0, denied=True), 1)], SIGNS["denied"]),
            (any(sign.confirmed for sign in used), "sample", [(Sign(0, confirmed=True), 1)], SIGNS["confirmed"]),
            (bool(stacks), "sample", [(Sign(0), 3)], SIGNS["number"]),
            (any(mark.is_area for mark in shown.marks), "disc", None, SIGNS["area"]),
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


# --- inset ----------------------------------------------------------------------------------------------------------


def inset(sheet: Sheet, printed: Print, frame: Frame, box: Box, size: float) -> None:
    """The wider region round a frame, with the frame marked."""
    wide = wider(frame, box)
    land.paint(sheet.axes(box), wide, printed.dataset.region)
    edge = outline(frame, wide)
    middle = Box(edge[:, 0].min(), edge[:, 1].min(), np.ptp(edge[:, 0]), np.ptp(edge[:, 1]))
    orientation.write_countries(sheet, wide, printed, [middle.grown(1)], size)
    sheet.shape(edge, clip=box, facecolor=WINDOW, alpha=0.14, linewidth=0)
    sheet.shape(edge, clip=box, fill=False, edgecolor=INK, linewidth=1.1)
    sheet.box(box, fill=False, edgecolor=EDGE, linewidth=0.6)


def wider(frame: Frame, box: Box) -> Frame:
    """The frame of an inset over ``box``: four times as wide as the map, and at least 2,000 km."""
    west, south, east, north = frame.bounds()
    middle = ((south + north) / 2, (west + east) / 2)
    high = min(max((north - south) * 4, 15.0), 110.0)
    across = min(max((east - west) * 4, 20.0), 170.0)
    low, up = max(middle[0] - high / 2, -88.0), min(middle[0] + high / 2, 88.0)
    return fitted((max(middle[1] - across / 2, -180.0), low, min(middle[1] + across / 2, 180.0), up), box)


# --- timeline -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bins:
    """Reports by time: ``edges`` are ordinal days, ``solid`` reports surely in a bin, ``possible`` shares of others."""

    edges: tuple[int, ...]
    solid: tuple[int, ...]
    possible: tuple[float, ...]
    unit: str


_UNITS = ((1, "a day"), (7, "a week"), (30.4, "a month"), (91.3, "a quarter"), (365.25, "a year"), (1826.0, "5 years"),
          (3652.0, "10 years"), (18262.0, "50 years"))  # fmt: skip


def bins(printed: Print, most: int) -> Bins | None:
    """The dated reports of the print, whatever its window, in at most ``most`` bins; ``None`` where nothing is dated.

    A vague date counts as an equal share in each bin it may lie in; an open end reaches to the end of the line.
    """
    spans = _spans(printed)
    known = [day for span in spans for day in span if day not in (_OPEN_START, _OPEN_END)]
    if not known:
        return None
    first, last = min(known), max(known)
    short = max(0, SHORTEST - (last - first))
    first, last = max(first - short // 2, 1), min(last + short // 2, _OPEN_END - 1)
    edges, unit = _calendar(first, last, most)
    solid, possible = [0] * (len(edges) - 1), [0.0] * (len(edges) - 1)
    for start, end in spans:
        low = int(np.searchsorted(edges, max(start, first), side="right")) - 1
        high = int(np.searchsorted(edges, min(end, last), side="right")) - 1
        if low == high and start >= first and end <= last:
            solid[low] += 1
            continue
        for at in range(low, high + 1):
            possible[at] += 1 / (high - low + 1)
    return Bins(tuple(edges), tuple(solid), tuple(possible), unit)


SHORTEST = 365
"""Days that a timeline shows at least, so that a single day has something round it."""

_OPEN_START, _OPEN_END = dates.OPEN_START.toordinal(), dates.OPEN_END.toordinal()


def _spans(printed: Print) -> list[tuple[int, int]]:
    rows, _ = rows_of(printed.dataset, printed.chosen.without_window())
    pairs = zip(rows["first_day"].to_pylist(), rows["last_day"].to_pylist(), strict=True)
    return [(first.toordinal(), last.toordinal()) for first, last in pairs if first is not None]


def _calendar(first: int, last: int, most: int) -> tuple[list[int], str]:
    """Days on which the finest calendar units begin of which ``most`` hold the days from first to last."""
    length, unit = next(((size, name) for size, name in _UNITS if (last - first + 1) / size <= most - 2), _UNITS[-1])
    day = date.fromordinal(first)
    months = {"a month": 1, "a quarter": 3}.get(unit)
    years = {"a year": 1, "5 years": 5, "10 years": 10, "50 years": 50}.get(unit)
    if months:
        at = day.year * 12 + (day.month - 1) // months * months
        edges = [date(at // 12, at % 12 + 1, 1).toordinal()]
        while edges[-1] <= last:
            at += months
            edges.append(date(at // 12, at % 12 + 1, 1).toordinal())
        return edges, unit
    if years:
        year = max(day.year // years * years, 1)
        edges = [date(year, 1, 1).toordinal()]
        while edges[-1] <= last:
            year = year // years * years + years
            edges.append(date(year, 1, 1).toordinal())
        return edges, unit
    if unit == "a week":
        first = (day - timedelta(days=day.weekday())).toordinal()
    return list(range(first, last + 2 * int(length), int(length))), unit


def timeline(sheet: Sheet, printed: Print, box: Box, size: float) -> None:
    """A histogram of the print's reports, whatever its window, with the window marked."""
    shown = bins(printed, max(12, int(box.width / 2.6)))
    if shown is None:
        sheet.text(box.x, box.top - size, "No report shown has a date.", size, colour=MUTED)
        return
    most = max(solid + possible for solid, possible in zip(shown.solid, shown.possible, strict=True))
    said = _about(printed, shown, most)
    lines = wrap([Run(said, colour=MUTED)], box.width, size)
    write(sheet, lines, box.x, box.top - size, size)
    top = box.top - (0.3 + LEADING * len(lines)) * size
    floor = box.y + 1.45 * size
    first, last = shown.edges[0], shown.edges[-1]

    def at(day: float) -> float:
        return box.x + (min(max(day, first), last) - first) / (last - first) * box.width

    rise = (top - floor) / max(most, 1.0)
    chosen = printed.chosen
    if chosen.has_window:
        left = at((chosen.first or date.min).toordinal())
        right = max(at((chosen.last or date.max).toordinal() + 1), left + 1.2)
        sheet.box(Box(left, floor, right - left, top - floor), facecolor=WINDOW, alpha=0.13, linewidth=0)
        for x in (left, right):
            sheet.line([(x, floor - 1.5), (x, top + 1.5)], colour=WINDOW, width=0.9)
    for bin_at, (solid, possible) in enumerate(zip(shown.solid, shown.possible, strict=True)):
        x, right = at(shown.edges[bin_at]), at(shown.edges[bin_at + 1])
        width = max(right - x - 0.35, 0.5)
        sure = max(solid * rise, 0.8) if solid else 0.0
        maybe = max(possible * rise, 0.5) if possible > 1e-6 else 0.0
        if sure:
            sheet.box(Box(x, floor, width, sure), facecolor=SOLID, linewidth=0)
        if maybe:
            sheet.box(Box(x, floor + sure, width, maybe), facecolor=POSSIBLE, linewidth=0)
    sheet.line([(box.x, floor), (box.right, floor)], colour=EDGE, width=0.6)
    _ticks(sheet, box, floor, size=size, first=first, last=last)


def _about(printed: Print, shown: Bins, most: float) -> str:
    text = f"Reports by date, up to {max(1, round(most)):,} in {shown.unit}; pale: vague dates"
    if not printed.chosen.has_window:
        return text
    first, last = (f"{day.day} {day:%b %Y}" if day else "open" for day in (printed.chosen.first, printed.chosen.last))
    return f"{text}; marked: {first} – {last}"


def _ticks(sheet: Sheet, box: Box, floor: float, *, size: float, first: int, last: int) -> None:
    room = max(2, int(box.width / (size * 4.6)))
    edges, unit = _calendar(first, last - 1, room + 2)
    words = {"a day": "%-d %b", "a week": "%-d %b", "a month": "%b %Y", "a quarter": "%b %Y"}.get(unit, "%Y")
    free = box.x
    for day in edges:
        x = box.x + (day - first) / (last - first) * box.width
        if not box.x - 0.01 <= x <= box.right:
            continue
        sheet.line([(x, floor), (x, floor - 0.35 * size)], colour=EDGE, width=0.6)
        moment = date.fromordinal(day)
        text = f"{moment.year}" if words == "%Y" else moment.strftime(words)
        if x >= free and x + measure(text, size) + 1.5 <= box.right:
            sheet.text(x + 1.5, floor - 1.1 * size, text, size, colour=MUTED)
            free = x + measure(text, size) + 0.8 * size


# --- scale ----------------------------------------------------------------------------------------------------------


def scale_bar(sheet: Sheet, bar: Scale, x: float, y: float, size: float) -> None:
    """A bar of two halves from ``x`` to the right, its base at ``y``, with its length at its end."""
    half, high = bar.length / 2, 0.42 * size
    sheet.box(Box(x, y, half, high), facecolor=INK, edgecolor=INK, linewidth=0.5)
    sheet.box(Box(x + half, y, half, high), facecolor=WHITE, edgecolor=INK, linewidth=0.5)
    sheet.text(x + bar.length + 0.5 * size, y - 0.12 * size, f"{bar.kilometres:,g} km", size)
