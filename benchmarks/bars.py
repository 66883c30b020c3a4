"""What is asked of the figures. A bar is a ratio to a baseline measured in the same run wherever there is one.

So it holds on a slower machine too. What is met with less than a third to spare is said to be near.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from benchmarks import cards, checks, imports, land
from benchmarks.engines import Counted
from benchmarks.large import Large
from benchmarks.measure import Result, high, middle
from benchmarks.pages import Answers
from benchmarks.prints import Print

OURS, MOSAIC = "Attest", "Mosaic, DuckDB on a server"
MILLION, TEN_MILLION = 1_000_000, 10_000_000

REPAINT, OPENING, ANSWER = 3.0, 1.8, 1.5
"""How many times as long as its baseline each may take: a bare loop, a blank page, an empty page with as much in it."""

SPARE = 1 / 3


@dataclass(frozen=True)
class Bar:
    """What was asked, what was measured, and the share of what is allowed that was used (``None``: not measured)."""

    asked: str
    measured: str
    used: float | None

    @property
    def verdict(self) -> str:
        if self.used is None:
            return "not measured"
        if self.used > 1:
            return "**not met**"
        return "met" if self.used <= 1 - SPARE else "met, near"


def at_most(asked: str, value: float | None, bar: float, unit: str, places: int = 1, *, more: str = "") -> Bar:
    """A bar that is a number of its own."""
    used = None if value is None else value / bar if bar else float(value > 0) * 2
    said = f"{shown(value, places)}{f' ({more})' if more else ''}"
    return Bar(f"{asked}, at most {bar:,.{0 if bar == int(bar) else 2}f} {unit}", said, used)


def times(asked: str, value: float | None, baseline: float | None, most: float, beside: str, *, unit: str) -> Bar:
    """A bar that is a ratio: ``most`` times the baseline, which ``beside`` names. Both are given in ``unit``."""
    bar = f"{asked}, at most {most:g} × {beside}"
    if value is None or not baseline:
        return Bar(bar, "–", None)
    places = 2 if unit == "s" else 1
    said = f"{value / baseline:.2f} ({value:,.{places}f} {unit}; baseline {baseline:,.{places}f})"
    return Bar(bar, said, value / baseline / most)


def of_sizes(results: Sequence[Result]) -> list[Bar]:
    """The bars that the sizes of this run can judge."""
    return [bar for result in results if result.tool == OURS and result.rows <= MILLION for bar in _of_size(result)]


def _of_size(result: Result) -> Iterable[Bar]:
    rows, more = f"{result.rows:,} rows", result.more
    moved, bare = middle(result.repainted), middle(more.get("bare", ()))
    yield times(f"{rows}: window moved to repainted, median", moved, bare, REPAINT, BARE, unit="ms")
    marks, blank = _seconds(result.first_marks), _seconds(more.get("blank"))
    yield times(f"{rows}: first marks", marks, blank, OPENING, "a blank Streamlit page", unit="s")
    yield at_most(f"{rows}: bytes per window change", result.move_bytes, 0, "bytes")
    if result.rows < MILLION:
        return
    answer, empty = middle(more.get("filter", ())), middle(more.get("rerun", ()))
    yield times(f"{rows}: a sidebar filter answered, median", answer, empty, ANSWER, AS_MANY, unit="ms")
    frames = more.get("playback", {}).get("frames")
    yield Bar(f"{rows}: at least 30 frames a second in playback", shown(frames, 1), frames and 30 / frames)
    yield at_most(f"{rows}: server memory", result.server, 1500, "MB")
    yield at_most(f"{rows}: memory of a second browser session", more.get("second_session"), 150, "MB")


def _seconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000


BARE = "a bare loop over the points"
AS_MANY = "the rerun of an empty page with as many elements"


def of_pages(pages: Sequence[Answers]) -> list[Bar]:
    """A page answers nearly as soon as one that works nothing out."""
    return [
        times(f"{one.title}, {one.table}: a filter answered, median", one.took, one.empty, ANSWER, AS_MANY, unit="ms")
        for one in pages
    ]


def of_cards(found: cards.Times) -> list[Bar]:
    """A card's first words seem to come at once; all of it is there before a reader has found the first."""
    return [
        at_most("a report clicked to its card painted, median", found.first, cards.AT_ONCE, "ms"),
        at_most("a report clicked to its whole card painted, median", found.whole, 3 * cards.AT_ONCE, "ms"),
    ]


def of_prints(prints: Iterable[Print]) -> list[Bar]:
    """Each page beside matplotlib's own saving of an empty one."""
    return [
        times(one.name, one.took, one.empty, one.allowed, "an empty page saved by matplotlib as PNG", unit="s")
        for one in prints
    ]


def of_checks(found: checks.Times) -> Bar:
    """Our own table checked and open, beside its cells checked by csv and pydantic, row by row."""
    name = f"{checks.ROWS:,} rows of our own table checked and open"
    bar = times(name, found.opened, found.by_rows, checks.MOST, "csv and pydantic by rows", unit="s")
    return replace(bar, measured=f"{bar.measured}; {found.differing:.2f} s where no text occurs twice")


def of_imports(found: imports.Times) -> list[Bar]:
    """Tables of others opened, the large one beside pandas, which only reads it."""
    large = f"{imports.ROWS:,} rows of a table of others opened"
    ged = f"{imports.GED_ROWS:,} rows of UCDP GED's columns opened"
    return [
        at_most(large, found.large, imports.BEFORE, "s", more=f"pandas only reads it: {found.pandas:.1f}"),
        at_most(ged, found.ged, imports.MOST_SECONDS, "s", 2),
    ]


def of_large(found: Large) -> Iterable[Bar]:
    """Ten and a hundred million reports. What a hand waits for is asked in milliseconds of any machine."""
    rows, is_ten = f"{found.rows:,} rows", found.rows <= TEN_MILLION
    world, marks = _seconds(found.world), _seconds(found.first_marks)
    allowed = (_seconds(found.blank) or 0) + 2  # where that was not measured, the first marks were not either
    sent = None if found.first_bytes is None else found.first_bytes / 1e6
    yield at_most(f"{rows}: start from the kept file", found.started, 5 if is_ten else 10, "s")
    if is_ten:
        yield at_most(f"{rows}: first import", found.imported, 120, "s")
        yield at_most(f"{rows}: first marks, a blank page and 2 s", marks, allowed, "s", 2)
    else:
        yield at_most(f"{rows}: squares of the world, asked for the first time", world, 30, "s")
    yield at_most(f"{rows}: bytes before first marks, beyond a blank page", sent, 4 if is_ten else 8, "MB", 2)
    yield at_most(f"{rows}: window under the hand, script, median", middle(found.script), 16, "ms")
    if is_ten:
        yield at_most(f"{rows}: window under the hand, script, 95th percentile", high(found.script), 33, "ms")
        yield at_most(f"{rows}: map panned, script, median", middle(found.panned), 33, "ms")
        yield at_most(f"{rows}: filter clicked to its new squares, median", middle(found.filtered), 500, "ms")
        yield at_most(f"{rows}: finer squares of a dense view, median", middle(found.tiles), 50, "ms")
        yield at_most(f"{rows}: click on a square to its list, median", middle(found.listed), 100, "ms")
        yield at_most(f"{rows}: page memory", found.page, 200, "MB")
    yield at_most(f"{rows}: server memory", found.server, 1500 if is_ten else 4000, "MB")


def beside_mosaic(results: Sequence[Result]) -> list[Bar]:
    """At ten million rows: the window repainted, and the bytes until all is there, of Mosaic and its server."""
    there = {result.tool: result for result in results if result.rows == TEN_MILLION}
    ours, mosaic = there.get(OURS), there.get(MOSAIC)
    if ours is None or mosaic is None:
        return []
    name = f"{TEN_MILLION:,} rows: "
    moved, beside = middle(ours.repainted), middle(mosaic.repainted)
    sent, others = ours.bytes_of_use, mosaic.bytes_of_use
    return [
        times(f"{name}window moved to repainted, median", moved, beside, 1, "Mosaic's, with a server", unit="ms"),
        times(f"{name}sent until a hundred windows are seen", sent, others, 1, "Mosaic's, with a server", unit="MB"),
    ]


def of_engines(found: Sequence[Counted]) -> list[Bar]:
    """PostgreSQL, which counts while nobody waits with a hand on the map."""
    counted = [one for one in found if one.engine == "PostgreSQL"]
    return [at_most(f"{one.rows:,} rows in PostgreSQL: a count, longest", one.longest, 2, "s", 2) for one in counted]


def of_land(views: Sequence[land.View]) -> list[Bar]:
    """The heaviest view of the land and the one that is painted longest, and how Leaflet's own layer compares."""
    heavy, slow = max(views, key=lambda view: view.size), max(views, key=lambda view: view.painted)
    ratios = [view.by_leaflet / view.painted for view in views if view.by_leaflet]
    most = f"{heavy.place} at zoom {heavy.zoom:g}, the most of {len(views)} views"
    beside = f"Leaflet's GeoJSON layer takes {min(ratios):.0f} to {max(ratios):.0f} times as long for the same land"
    return [
        at_most("land and names of a view", heavy.size / 1000, land.MOST_BYTES / 1000, "kB", 0, more=most),
        at_most(
            "the land of a view painted, median", slow.painted, land.MOST_PAINTED, "ms",
            more=f"{slow.place} at zoom {slow.zoom:g}; {beside}",
        ),
    ]  # fmt: skip


def shown(value: float | None, places: int, unit: float = 1) -> str:
    """A figure in units, or a dash."""
    return "–" if value is None else f"{value / unit:,.{places}f}"
