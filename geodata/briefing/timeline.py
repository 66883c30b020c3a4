"""The timeline of a print: its reports by date, with the window marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from geodata.briefing.lettering import measure
from geodata.briefing.print import Print
from geodata.briefing.sheet import EDGE, MUTED, WINDOW, Box, Sheet
from geodata.briefing.typeset import LEADING, Run, wrap, write
from geodata.exports.attribution import rows_of
from geodata.model import dates

POSSIBLE, SOLID = "#a9b6c6", "#2f4f73"


@dataclass(frozen=True)
class Bins:
    """Reports by time: ``edges`` are ordinal days, ``solid`` reports surely in a bin, ``possible`` shares of others."""

    edges: tuple[int, ...]
    solid: tuple[int, ...]
    possible: tuple[float, ...]
    unit: str


_UNITS = ((1, "a day"), (7, "a week"), (30.4, "a month"), (91.3, "a quarter"), (365.25, "a year"), (1826.0, "5 years"),
          (3652.0, "10 years"), (18262.0, "50 years"), (36525.0, "100 years"), (182625.0, "500 years"),
          (365250.0, "1,000 years"))  # fmt: skip


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
    any_day = printed.chosen.without_window()
    rows = printed.rows if any_day == printed.chosen else rows_of(printed.dataset, any_day)[0]
    pairs = zip(rows["first_day"].to_pylist(), rows["last_day"].to_pylist(), strict=True)
    return [(first.toordinal(), last.toordinal()) for first, last in pairs if first is not None]


def _calendar(first: int, last: int, most: int) -> tuple[list[int], str]:
    """Days on which the finest calendar units begin of which ``most`` hold the days from first to last."""
    length, unit = next(((size, name) for size, name in _UNITS if (last - first + 1) / size <= most - 2), _UNITS[-1])
    day = date.fromordinal(first)
    months = {"a month": 1, "a quarter": 3}.get(unit)
    years = {
        "a year": 1,
        "5 years": 5,
        "10 years": 10,
        "50 years": 50,
        "100 years": 100,
        "500 years": 500,
        "1,000 years": 1000,
    }.get(unit)
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
            edges.append(date(year, 1, 1).toordinal() if year <= date.max.year else date.max.toordinal())
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
    ticks = []
    for day in edges:
        x = box.x + (day - first) / (last - first) * box.width
        if not box.x - 0.01 <= x <= box.right:
            continue
        sheet.line([(x, floor), (x, floor - 0.35 * size)], colour=EDGE, width=0.6)
        moment = date.fromordinal(day)
        ticks.append((x, f"{moment.year}" if words == "%Y" else moment.strftime(words)))
    for x, text in evenly(ticks, size):
        if x + measure(text, size) + 1.5 <= box.right:
            sheet.text(x + 1.5, floor - 1.1 * size, text, size, colour=MUTED)


def evenly(ticks: Sequence[tuple[float, str]], size: float) -> Sequence[tuple[float, str]]:
    """The ticks that are named: each, each second, each third and so on, so that no name runs into the next one.

    Names wherever there is room would stand at uneven steps, and one step would look longer than another.
    """
    for step in range(1, len(ticks)):
        named = ticks[::step]
        if all(x + measure(text, size) + 0.8 * size <= following for (x, text), (following, _) in pairwise(named)):
            return named
    return ticks[:1]
