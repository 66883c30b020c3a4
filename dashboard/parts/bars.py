"""Bars of years, a part for each side, as an image of HTML; its numbers stand in a table beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

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
    bars = Markup().join(
        _bar(year, parts, counted, left=(year - first + (1 - FILLED) / 2) * room, width=room * FILLED, top=top)
        for year in years
    )
    rules = Markup().join(
        Markup('<line x1="0" x2="100%" y1="{0}%" y2="{0}%"/>').format(_short(100 - 100 * number / top))
        for number in range(0, top + 1, step)
    )
    numbers = Markup().join(
        Markup('<span style="bottom:{}%">{}</span>').format(_short(100 * number / top), f"{number:,}")
        for number in range(0, top + 1, step)
    )
    named = rounded_step(last - first + 1, MOST_YEARS)
    names = Markup().join(
        Markup('<span style="left:{}%">{}</span>').format(_short((year - first + 0.5) * room), year)
        for year in range(-(-first // named) * named, last + 1, named)
    )
    legend = Markup().join(
        Markup('<li><i style="background:{}">{}</i>{}</li>').format(part.colour, part.letter, part.name)
        for part in parts.values()
    )
    return Markup(
        '<figure class="attest-bars"><div role="img" aria-label="{}"><div class="attest-bars-numbers">{}</div>'
        '<svg width="100%" height="100%">{}{}</svg><div class="attest-bars-years">{}</div></div><ul>{}</ul></figure>'
    ).format(alt, numbers, rules, bars, names, legend)


def rounded_step(whole: int, most: int) -> int:
    """The least of 1, 2, 5, 10, 20, 50 … that goes into ``whole`` at most ``most`` times."""
    power = 1
    while whole > most * 5 * power:
        power *= 10
    return next(step for step in (power, 2 * power, 5 * power) if whole <= most * step)


def _bar(
    year: int, parts: Mapping[str, Part], counted: Mapping[tuple[int, str], int], *, left: float, width: float, top: int
) -> Markup:
    numbers = {key: number for key in parts if (number := counted.get((year, key), 0))}
    heights = pairwise([sum([*numbers.values()][:at]) for at in range(len(numbers) + 1)])
    return Markup().join(
        Markup('<rect x="{}%" y="{}%" width="{}%" height="{}%" fill="{}"><title>{}</title></rect>').format(
            _short(left), _short(100 - 100 * above / top), _short(width), _short(100 * (above - below) / top),
            parts[key].colour, f"{year}, {parts[key].name}: {numbers[key]:,}",
        )
        for key, (below, above) in zip(numbers, heights, strict=True)
    )  # fmt: skip


def _short(part: float) -> str:
    """A part in per cent, exact to a hundredth of a pixel of any screen."""
    return f"{part:.3f}".rstrip("0").rstrip(".")
