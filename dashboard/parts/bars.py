"""Bars of years, a part for each side, as an image of HTML; its numbers stand in a table beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

MOST_YEARS = 12
"""Years that are named below the bars; every second of them where there is little room."""

MOST_NUMBERS = 5
"""Numbers beside the bars, above the zero."""

FILLED = 0.8
"""The part of a year's room that its bar takes."""


@dataclass(frozen=True)
class Part:
    """What a part of each bar stands for: its name, its letter or none, and its colour, as CSS has it."""

    name: str
    letter: str
    colour: str


def by_year(
    years: Sequence[int], parts: Mapping[str, Part], counted: Mapping[tuple[int, str], int], alt: str
) -> Markup:
    """The bars from the first to the last of ``years``. ``counted`` are numbers by year and by key of ``parts``, which
    lie above each other in their order; ``alt`` says in words what the bars show.
    """
    first, last = years[0], years[-1]
    highest = max(sum(counted.get((year, key), 0) for key in parts) for year in years)
    step = rounded_step(highest, MOST_NUMBERS)
    top = -(-highest // step) * step
    room = 100 / (last - first + 1)
    # Written by hand, each name escaped: `Markup.format` takes a hundred times as long for each of a thousand parts.
    bars = "".join(
        _bar(year, parts, counted, left=(year - first + (1 - FILLED) / 2) * room, width=room * FILLED, top=top)
        for year in years
    )
    heights = {number: _short(100 * number / top) for number in range(0, top + 1, step)}
    # From the bottom or from the top: the numbers lie evenly from edge to edge.
    rules = "".join(f'<line x1="0" x2="100%" y1="{height}%" y2="{height}%"/>' for height in heights.values())
    numbers = "".join(f'<span style="bottom:{height}%">{number:,}</span>' for number, height in heights.items())
    named = rounded_step(last - first + 1, MOST_YEARS)
    names = "".join(
        f'<span style="left:{_short((year - first + 0.5) * room)}%">{year}</span>'
        for year in range(-(-first // named) * named, last + 1, named)
    )
    legend = "".join(
        f'<li><i style="background:{escape(part.colour)}">{escape(part.letter)}</i>{escape(part.name)}</li>'
        for part in parts.values()
    )
    return Markup(
        f'<figure class="attest-bars"><div role="img" aria-label="{escape(alt)}">'
        f'<div class="attest-bars-numbers">{numbers}</div><svg width="100%" height="100%">{rules}{bars}</svg>'
        f'<div class="attest-bars-years">{names}</div></div><ul>{legend}</ul></figure>'
    )


def rounded_step(whole: int, most: int) -> int:
    """The least of 1, 2, 5, 10, 20, 50 … that goes into ``whole`` at most ``most`` times."""
    power = 1
    while whole > most * 5 * power:
        power *= 10
    return next(step for step in (power, 2 * power, 5 * power) if whole <= most * step)


def _bar(
    year: int, parts: Mapping[str, Part], counted: Mapping[tuple[int, str], int], *, left: float, width: float, top: int
) -> str:
    told, below = [], 0
    for key, part in parts.items():
        if number := counted.get((year, key), 0):
            below += number
            told.append(
                f'<rect x="{_short(left)}%" y="{_short(100 - 100 * below / top)}%" width="{_short(width)}%" '
                f'height="{_short(100 * number / top)}%" fill="{escape(part.colour)}">'
                f"<title>{year}, {escape(part.name)}: {number:,}</title></rect>"
            )
    return "".join(told)


def _short(part: float) -> str:
    """A part in per cent, exact to a hundredth of a pixel of any screen."""
    return f"{part:.3f}".rstrip("0").rstrip(".")
