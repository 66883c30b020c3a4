"""The briefing picture before it is drawn: where map, legend and key stand on the page, and which words stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geodata.briefing import land, layers, signs, wording
from geodata.briefing.candidates import Label, Point
from geodata.briefing.frame import Frame, Scale, fitted, scale
from geodata.briefing.key import Key
from geodata.briefing.labels import Placer
from geodata.briefing.legend import Legend
from geodata.briefing.numbered import NEAR, Numbered, Placed, numbered
from geodata.briefing.print import Print
from geodata.briefing.sheet import MUTED, Box
from geodata.briefing.short_key import ShortKey
from geodata.briefing.typeset import LEADING, Line, Region, Run, Set, balanced, dated, fill, fill_page, split, wrap
from geodata.formats import SHAPES, Shape
from geodata.timemap import basemap
from geodata.timemap.marks import Category


@dataclass(frozen=True)
class Leaf:
    """A page of key: its height in points and the blocks set on it."""

    height: float
    key: tuple[Set, ...]


@dataclass(frozen=True)
class Composition:
    """A picture before it is drawn: what stands where, in points. What is drawn is this and nothing else.

    ``places`` are the rectangles round the map; none overlaps ``frame.box``. The first leaf is the map's page.
    """

    printed: Print
    shape: Shape
    frame: Frame
    shown: Numbered
    labels: tuple[Label, ...]
    places: Mapping[str, Box]
    scale: Scale
    legend: Legend
    head: tuple[tuple[Line, ...], ...]
    foot: tuple[Line, ...]
    leaves: tuple[Leaf, ...]

    @property
    def categories(self) -> Sequence[Category]:
        return self.printed.colouring.categories

    @property
    def unit(self) -> float:
        """The size in points of a pixel of the screen's signs."""
        return signs.unit_of(self.shape.text)


@dataclass(frozen=True)
class _Asked:
    """A page to be composed: ``whole`` sets all of the key, over as many pages as it takes.

    Else the page is alone, and ``elsewhere`` says where what it leaves out is told.
    """

    printed: Print
    page: Shape
    whole: bool
    elsewhere: str


def compose(printed: Print, shape: str = "slide", *, whole: bool = False, elsewhere: str = "") -> Composition:
    """Where everything goes. Where room is left over, the map grows or the page is cut to what is on it.

    One page with what of the key has room on it; with ``whole`` all of the key, on further pages. ``elsewhere`` says
    where a single page's reader finds the rest; blank for the print's link, else the pages of the key. Raises
    `Unprintable` for a selection whose documents one page cannot name.
    """
    if shape not in SHAPES:
        raise ValueError(f"{shape!r} is not a page shape (one of: {', '.join(SHAPES)})")
    page = SHAPES[shape]
    asked = _Asked(printed, page, whole, elsewhere)
    first = _compose(asked, page.height, 0.0)
    if page.beside or (len(first.leaves) > 1 and not page.trimmed):
        return first
    spare = _spare(first)
    if page.trimmed:
        return _compose(asked, page.height - spare, 0.0, first)
    second = _compose(asked, page.height, min(spare, 0.24 * page.width))
    return second if len(second.leaves) == 1 else first


def _spare(made: Composition) -> float:
    """Points that the key's columns leave free above the foot of the first page."""
    ends = [one.top - one.block.height for one in made.leaves[0].key]
    line = made.shape.text * LEADING if len(made.leaves) > 1 else 0.0  # where it says that the key goes on
    return max(0.0, min(ends, default=made.places["key"].top) - made.places["key"].y - line - 2)


def _compose(asked: _Asked, height: float, more: float, same: Composition | None = None) -> Composition:
    """A composition on a first page of ``height`` points, with a map that is ``more`` points higher than usual.

    ``same`` has the same map on a page of another height.
    """
    printed, page = asked.printed, asked.page
    size, width = page.text, page.width - 2 * page.margin
    head = _head(printed, page, width)
    foot = tuple(wrap(_foot(printed), width, size))
    top = height - page.margin - _height(head, page) - page.gap * 0.45
    bottom = page.margin + len(foot) * size * LEADING + page.gap * 0.6
    body = Box(page.margin, bottom, width, top - bottom)
    places = _beside(body, page, asked.whole) if page.beside else _stacked(body, page, more)
    frame = fitted(printed.region, places["map"])
    shown, placed = _raised(same, frame.box.y - same.frame.box.y) if same else labelled(printed, frame, size)
    legend_box = places["legend"]
    legend = Legend(printed, shown, legend_box.width, size, lines=2 if asked.whole else 3)
    places = _with_legend(places, legend.height, page)
    key = places["key"]
    across = page.columns if asked.whole else max(1, page.columns - 1)  # a single page has its lines unbroken
    count = 1 if page.beside or page.trimmed else across
    column = (width - (across - 1) * page.gap) / across
    if asked.whole:
        leaves = _leaves(printed, page, height, shown, key, width=column, count=count)
    else:
        columns = (key,) if page.beside else _columns(key, column, page.gap, count)
        short_key = Key(printed, shown, columns[0].width, size)
        bare = [mark for mark, label in zip(shown.marks, placed, strict=True) if mark.name not in " ".join(label.lines)]
        aside = places.get("documents")
        short = ShortKey(short_key, Region(columns), aside=aside, bare=bare, elsewhere=asked.elsewhere)
        leaves = (Leaf(height, short.set()),)
    longest = places["map"].width * 0.24
    return Composition(
        printed=printed,
        shape=page,
        frame=frame,
        shown=shown,
        labels=tuple(placed),
        places=places,
        scale=scale(frame, longest),
        legend=legend,
        head=head,
        foot=foot,
        leaves=leaves,
    )


def labelled(printed: Print, frame: Frame, size: float) -> tuple[Numbered, list[Label]]:
    """The marks with a label each, at a type of ``size`` points.

    Where a label finds no room, places nearer to each other share a mark; an area is then named in the key alone, as it
    is above the map on screen.
    """
    categories, unit = printed.colouring.categories, signs.unit_of(size)
    near, untagged = NEAR, frozenset[str]()
    lands = [country.area for country in land.countries(frame)]
    while True:
        shown = numbered(printed, frame, unit, near, untagged)
        placed = Placer(frame.box, shown.marks, categories=categories, size=size, unit=unit, lands=lands).place()
        if not isinstance(placed, Placed):
            return shown, placed
        if placed.is_area:
            untagged |= {placed.name}
        else:
            near *= 1.4


def _raised(made: Composition, by: float) -> tuple[Numbered, list[Label]]:
    """The marks and labels of a composition, so many points higher on the page."""
    marks = [
        replace(mark, y=mark.y + by, rim=None if mark.rim is None else np.add(mark.rim, (0.0, by)))
        for mark in made.shown.marks
    ]
    placed = [
        replace(
            label,
            box=replace(label.box, y=label.box.y + by),
            leader=None if label.leader is None else (_up(label.leader[0], by), _up(label.leader[1], by)),
        )
        for label in made.labels
    ]
    return replace(made.shown, marks=tuple(marks)), placed


def _up(point: Point, by: float) -> Point:
    return point[0], point[1] + by


SIDE = 0.42
"""Of the width of a page that is alone: legend and key, where they stand beside the map."""


def _beside(body: Box, page: Shape, whole: bool) -> dict[str, Box]:
    """Map and strip to the left; legend and key to the right.

    A page that is alone has its documents in the strip, in place of the inset.
    """
    size = page.text
    column = (body.width - (page.columns - 1) * page.gap) / page.columns
    side = column if whole else SIDE * body.width
    left = body.width - side - page.gap
    right = Box(body.x + left + page.gap, body.y, side, body.height)
    strip = 8.6 * size
    margin = 1.35 * size
    under = 3.7 * size
    floor = body.y + strip + page.gap * 0.5
    frame = Box(body.x + margin, floor + under, left - margin, body.top - floor - under)
    foot = Box(frame.x, floor, frame.width, under)
    places = {"map": frame, "scale": foot, "legend": right, "key": right}
    if not whole:
        line = Box(body.x, body.y, (left - page.gap) / 2, strip)
        return {**places, "timeline": line, "documents": replace(line, x=line.right + page.gap)}
    inset = Box(body.x, body.y, strip * 1.65, strip)
    line = Box(inset.right + page.gap, body.y, left - inset.width - page.gap, strip)
    return {**places, "inset": inset, "timeline": line}


def _stacked(body: Box, page: Shape, more: float) -> dict[str, Box]:
    """One below the other: map, scale, timeline and inset, legend, key."""
    size = page.text
    margin = 1.35 * size
    high = body.width * (0.78 if page.trimmed else 0.66) + more
    frame = Box(body.x + margin, body.top - high, body.width - margin, high)
    under = 3.7 * size
    foot = Box(frame.x, frame.y - under, frame.width, under)
    strip = (9.0 if page.trimmed else 8.0) * size
    row = Box(body.x, foot.y - page.gap * 0.4 - strip, body.width, strip)
    inset = Box(row.x, row.y, strip * (1.5 if page.trimmed else 1.9), strip)
    line = Box(inset.right + page.gap, row.y, row.width - inset.width - page.gap, strip)
    rest = Box(body.x, body.y, body.width, row.y - page.gap * 0.7 - body.y)
    return {"map": frame, "scale": foot, "inset": inset, "timeline": line, "legend": rest, "key": rest}


def _with_legend(places: Mapping[str, Box], height: float, page: Shape) -> dict[str, Box]:
    """The places with the legend as high as it is, and the key below it."""
    whole = places["legend"]
    legend = Box(whole.x, whole.top - height, whole.width, height)
    return {**places, "legend": legend, "key": whole.below(height + page.gap * 0.7)}


def _leaves(
    printed: Print, page: Shape, height: float, shown: Numbered, key: Box, *, width: float, count: int
) -> tuple[Leaf, ...]:
    """The key set on the first page and as many further ones as it takes."""
    size = page.text
    above, below = _margins(printed, page)
    room = page.height - above - below
    blocks = split(Key(printed, shown, width, size).blocks(), 0.7 * room)
    line = size * LEADING
    whole = Region(_columns(key, width, page.gap, count))
    placed, rest = fill(blocks, whole)
    if not rest:
        return (Leaf(height, tuple(balanced(blocks, whole) if count > 1 else placed)),)
    started = Region(_columns(Box(key.x, key.y + line, key.width, key.height - line), width, page.gap, count))
    enough = key.height > 6 * line
    placed, rest = fill(blocks, started) if enough else ([], blocks)
    leaves = [Leaf(height, tuple(placed))]
    box = Box(page.margin, below, page.width - 2 * page.margin, room)
    region = Region(_columns(box, width, page.gap, page.columns))
    while rest:
        following, left = fill_page(rest, region)
        leaves.append(Leaf(page.height, tuple(following)))
        last, rest = rest, left
    even = balanced(last, region)
    if page.trimmed:
        lowest = min(one.top - one.block.height for one in even)
        spare = max(0.0, lowest - below - 2)
        even = [replace(one, top=one.top - spare) for one in even]
        leaves[-1] = Leaf(page.height - spare, tuple(even))
    else:
        leaves[-1] = Leaf(page.height, tuple(even))
    return tuple(leaves)


def _columns(box: Box, width: float, gap: float, count: int) -> tuple[Box, ...]:
    stride = (box.width + gap) / count
    return tuple(Box(box.x + at * stride, box.y, width, box.height) for at in range(count))


# --- words of the page ----------------------------------------------------------------------------------------------


def _head(printed: Print, page: Shape, width: float) -> tuple[tuple[Line, ...], ...]:
    sentence, notes = wording.said(printed)
    return (
        tuple(wrap([Run(dated(wording.title(printed)), "bold")], width, page.title)),
        tuple(wrap([Run(dated(sentence), "bold")], width, page.lead)),
        tuple(wrap([Run(dated(notes), colour=MUTED)], width, page.text)),
    )


def sizes(page: Shape) -> tuple[float, float, float]:
    return page.title, page.lead, page.text


def _height(head: Sequence[Sequence[Line]], page: Shape) -> float:
    return sum(len(lines) * size * LEADING for lines, size in zip(head, sizes(page), strict=True)) + 0.5 * page.text


def _foot(printed: Print) -> list[Run]:
    said = (basemap.DISCLAIMER, layers.further(printed), wording.credit(printed), wording.colophon(printed))
    return _with_link(printed, " ".join(filter(None, said)))


def short_foot(printed: Print, page: Shape) -> list[Line]:
    """The foot of a page that has no map: when and with what it was made, and the link."""
    runs = _with_link(printed, f"{basemap.NOTICE} {wording.colophon(printed)}")
    return wrap(runs, page.width - 2 * page.margin, page.text)


def _with_link(printed: Print, text: str) -> list[Run]:
    runs = [Run(text, colour=MUTED)]
    if printed.link:
        runs += [Run(" This view: ", colour=MUTED), Run(printed.link, colour=MUTED, link=printed.link)]
    return runs


def running(printed: Print, page: Shape, number: int, of: int) -> list[Line]:
    runs = [Run(wording.title(printed), "bold"), Run(f" · Key, page {number} of {of}", colour=MUTED)]
    return wrap(runs, page.width - 2 * page.margin, page.lead)


def _margins(printed: Print, page: Shape) -> tuple[float, float]:
    """Points above and below the columns of a page of key."""
    above = page.margin + len(running(printed, page, 88, 88)) * page.lead * LEADING + 0.8 * page.text
    return above, page.margin + len(short_foot(printed, page)) * page.text * LEADING + 0.8 * page.text
