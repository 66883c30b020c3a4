"""The figures as text: what is printed, and ``RESULTS.md``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks import cards, checks, imports, land
from benchmarks.measure import HEIGHT, LIMIT, WIDTH, Result, high, middle
from benchmarks.prints import BARS

OURS = "Attest"
MEDIAN_BARS = {10_000: 8, 100_000: 10, 1_000_000: 16}
MILLION = 1_000_000
MB = 1e6


@dataclass(frozen=True)
class Bar:
    """A bar of the issues: what was asked, what was measured, and whether that is enough (``None``: not measured)."""

    asked: str
    measured: str
    met: bool | None


def bars(results: Sequence[Result], blank: float) -> list[Bar]:
    """The bars that the sizes of this run can judge."""
    judged: list[Bar] = []
    for result in (one for one in results if one.tool == OURS):
        rows = f"{result.rows:,} rows"
        script = middle(result.script)
        if result.rows in MEDIAN_BARS:
            judged.append(
                _at_most(f"{rows}: window moved, main thread, median", script, MEDIAN_BARS[result.rows], "ms")
            )
        judged.append(_at_most(f"{rows}: window moved, main thread, 95th percentile", high(result.script), 33, "ms"))
        judged.append(_at_most(f"{rows}: bytes per window change", result.move_bytes, 0, "bytes"))
        if result.rows < MILLION:
            continue
        more = result.more
        frames = more.get("playback", {}).get("frames")
        judged.append(
            Bar(
                f"{rows}: at least 30 frames a second in playback",
                _shown(frames, 1),
                None if frames is None else frames >= 30,
            )
        )
        marks = None if result.first_marks is None else result.first_marks / 1000
        allowed = 1.2 * blank / 1000 + 1.5
        judged += [
            _at_most(f"{rows}: first marks, against 1.2 × a blank Streamlit page + 1.5 s", marks, allowed, "s", 2),
            _at_most(f"{rows}: ready after the page opens", marks, 5, "s", 2),
            _at_most(f"{rows}: server memory", result.server, 1500, "MB"),
            _at_most(f"{rows}: a sidebar filter answered, median", middle(more.get("filter", ())), 300, "ms"),
            _at_most(f"{rows}: memory of a second browser session", more.get("second_session"), 150, "MB"),
        ]
    return judged


def _at_most(asked: str, value: float | None, bar: float, unit: str, places: int = 1) -> Bar:
    met = None if value is None else value <= bar
    return Bar(f"{asked}, at most {bar:.{0 if bar == int(bar) else 2}f} {unit}", _shown(value, places), met)


def page_bars(pages: Mapping[str, Sequence[float | None]]) -> list[Bar]:
    """A page answers within 300 ms on the shipped table and within a second on a hundred thousand rows."""
    tables = (("the shipped table", 300), ("100,000 rows", 1000))
    return [
        _at_most(f"{name}, {table}: a filter answered, median", value, bar, "ms")
        for name, values in pages.items()
        for (table, bar), value in zip(tables, values, strict=True)
    ]


def card_bars(times: cards.Times) -> list[Bar]:
    """A card's first words seem to come at once; all of it is there before a reader has found the first."""
    return [
        _at_most("a report clicked to its card painted, median", times.first, cards.AT_ONCE, "ms"),
        _at_most("a report clicked to its whole card painted, median", times.whole, 3 * cards.AT_ONCE, "ms"),
    ]


def print_bars(prints: Mapping[str, tuple[str, float]]) -> list[Bar]:
    """A picture within 3 s, pages of ten incidents within 5 s."""
    return [_at_most(name, seconds, BARS[bar], "s", 2) for name, (bar, seconds) in prints.items()]


def check_bar(times: checks.Times) -> Bar:
    """Our own table checked and open, beside its cells checked by csv and pydantic, row by row."""
    bar = _at_most(f"{checks.ROWS:,} rows of our own table checked and open", times.opened, checks.MOST_SECONDS, "s", 2)
    more = f"{times.differing:.2f} where no text occurs twice; csv and pydantic by rows: {times.by_rows:.2f}"
    return replace(bar, measured=f"{bar.measured} ({more})")


def import_bars(times: imports.Times) -> list[Bar]:
    """Tables of others opened, the large one beside pandas, which only reads it."""
    large = _at_most(f"{imports.ROWS:,} rows of a table of others opened", times.large, imports.BEFORE, "s")
    large = replace(large, measured=f"{large.measured} (pandas only reads it: {times.pandas:.1f})")
    ged = _at_most(f"{imports.GED_ROWS:,} rows of UCDP GED's columns opened", times.ged, imports.MOST_SECONDS, "s", 2)
    return [large, ged]


def land_bars(views: Sequence[land.View]) -> list[Bar]:
    """The heaviest view of the land and the one that is painted longest, and how Leaflet's own layer compares."""
    heavy, slow = max(views, key=lambda view: view.size), max(views, key=lambda view: view.painted)
    sizes = _at_most("land and names of a view", heavy.size / 1000, land.MOST_BYTES / 1000, "kB", 0)
    painted = _at_most("the land of a view painted, median", slow.painted, land.MOST_PAINTED, "ms")
    ratios = [view.by_leaflet / view.painted for view in views if view.by_leaflet]
    beside = f"Leaflet's GeoJSON layer takes {min(ratios):.0f} to {max(ratios):.0f} times as long for the same land"
    return [
        replace(
            sizes, measured=f"{sizes.measured} ({heavy.place} at zoom {heavy.zoom:g}, the most of {len(views)} views)"
        ),
        replace(painted, measured=f"{painted.measured} ({slow.place} at zoom {slow.zoom:g}; {beside})"),
    ]


def report(
    facts: Mapping[str, str],
    blank: float,
    results: Sequence[Result],
    more: Sequence[Bar],
    minutes: float,
) -> str:
    """The whole of ``RESULTS.md``; ``more`` are bars beside those of the map."""
    parts = [
        "# Benchmark\n\nEvery row that was measured is made up (`benchmarks/made_up.py`, seed 1). "
        "Written by `make bench`; do not edit by hand.",
        _listed(facts),
        "## Bars of the issues\n\n" + _bars([*bars(results, blank), *more]),
        "## Side by side\n\n" + SIDE_BY_SIDE,
        *(_side_by_side(rows, results) for rows in sorted({result.rows for result in results})),
        "## Attest alone\n\n" + _alone(results, blank),
        "## How it was measured\n\n" + HOW,
        f"## Again\n\n{AGAIN}\n\nThis run took {minutes:.0f} minutes.",
    ]
    return "\n\n".join(parts) + "\n"


SIDE_BY_SIDE = """\
*Repainted*: from the move of a ten-year window to the end of the frame that shows it, in milliseconds; the wait for the
next frame of the screen (up to 17 ms) is in it for every tool. *Ratio*: a tool's median over Attest's at the same size.
*Script*: the part of it that the page's script spends in one go on the main thread. A dash means not measured."""

HOW = f"""\
- One machine does everything: server, browser, drawing. Chromium is headless, draws in software, and can resolve no
  name but localhost. The map is {WIDTH} × {HEIGHT} CSS pixels. Each tool and size gets a fresh browser; pages open
  in a fresh context.
- 30 moves of a ten-year window: from 1989–1998 on by a year to 2015–2024 and back. A peer is moved for 20 seconds,
  at least three times; *moves* says how many. A tool that has not answered in {LIMIT} s is stopped, and larger
  sizes are skipped.
- Attest: `timeline.set` and `paint` called in the page (*script*); apart from that, `timeline.set` and the frame
  after it (*repainted*). First marks: the first visitor of a fresh server, median of 3; the table is read during
  that visit. Its marks, legend, histogram and doubt are drawn in full; peers draw plain circles with one day each,
  for they know no vague dates.
- Streamlit peers: an arrow key on `st.slider`; the end is when the script has ended and the chart is drawn (WebGL:
  a pixel read back after the last drawing; Leaflet: all circles on the map). `st_folium` is given the points as an
  exchanged feature group and a canvas, its fastest way.
- folium peers: a page saved to disk with `prefer_canvas=True`, its scripts taken from npm in the versions folium
  asks for (jQuery UI 1.13.3 in place of 1.10.2, Awesome Markers 2.0.5 in place of 2.0.2) and given to the browser
  without a network; no tiles; the move is the call their own slider makes. TimeDimension sorts times as text, which
  leaves a single time in data on both sides of 2001-09-09; it is measured with that sort mended. Load bytes are the
  file and the scripts.
- GeoLibre: measured up to 100,000 rows. The page that `Map.to_html` writes, holding the app its package ships: layout
  "maponly", flat projection, the layer bound to the time slider as the app's own menu does it. It needs no GPU. Two
  things fail without a network and are avoided: its default background is fetched, and where it cannot be, no map is
  drawn at all, so the background is blank; and in a page opened from a file the browser's fresh context refuses the
  app its storage ("Failed to start GeoLibre"), so the page is served beside the app. A move is a click on the
  slider's step button; the end is the first frame with exactly the circles of the window (those in the tiles in
  view, counted in the drawing calls; a pixel read back). The map draws the same again after it, not counted: at
  100,000 rows that can take two seconds more. Server: the process that serves page and app. Its workers' memory is
  not in *page*.
- Bytes: HTTP bodies and headers, and websocket frames both ways. Server memory: resident, once still. Page memory:
  script objects and array buffers after a collection. 1 MB is 1,000,000 bytes.
- Times vary by some tens of per cent from run to run, more when something else runs."""

AGAIN = """\
```
make bench                                        # all of it
.venv/bin/python -m benchmarks --quick            # 1,000 and 10,000 rows
.venv/bin/python -m benchmarks --peers none       # Attest alone
.venv/bin/python -m benchmarks --rows 1000000     # one size
```"""


def _listed(facts: Mapping[str, str]) -> str:
    return _grid(["", ""], [[name, value] for name, value in facts.items()])


def _bars(judged: Sequence[Bar]) -> str:
    words = {True: "met", False: "**not met**", None: "not measured"}
    return _grid(["bar", "measured", ""], [[bar.asked, bar.measured, words[bar.met]] for bar in judged])


def _side_by_side(rows: int, results: Sequence[Result]) -> str:
    chosen = [result for result in results if result.rows == rows]
    ours = next((middle(result.repainted) for result in chosen if result.tool == OURS), None)
    head = ["tool", "repainted, median", "95 %", "moves", "ratio", "script, median", "first marks, s"]
    head += ["MB at load", "kB a change", "server, MB", "page, MB", ""]
    lines = []
    for result in chosen:
        median = middle(result.repainted)
        lines.append(
            [
                result.tool,
                _shown(median, 1),
                _shown(high(result.repainted), 1),
                str(len(result.repainted) or "–"),
                f"{median / ours:.1f}" if median and ours else "–",
                _shown(middle(result.script), 1),
                _shown(result.first_marks, 2, 1000),
                _shown(result.load_bytes, 2, MB),
                _shown(result.move_bytes, 1, 1000),
                _shown(result.server, 0),
                _shown(result.page, 0),
                " ".join(result.failure.replace("|", "/").split()),
            ]
        )
    return f"### {rows:,} rows\n\n" + _grid(head, lines)


def _alone(results: Sequence[Result], blank: float) -> str:
    ours = [result for result in results if result.tool == OURS]
    lines: list[list[str]] = []

    def line(name: str, values: Sequence[str]) -> None:
        lines.append([name, *values])

    line("a blank Streamlit page opened, s", [_shown(blank, 2, 1000)] * len(ours))
    line("first marks, first visitor of a fresh server, s", [_shown(one.first_marks, 2, 1000) for one in ours])
    line("first marks, next visitor, s", [_shown(one.more.get("second_first_marks"), 2, 1000) for one in ours])
    line("window moved, main thread, median, ms", [_shown(middle(one.script), 1) for one in ours])
    line("window moved, main thread, 95 %, ms", [_shown(high(one.script), 1) for one in ours])
    line("window moved to the end of its frame, median, ms", [_shown(middle(one.repainted), 1) for one in ours])
    for name, key in (
        ("playback: frames a second", "frames"),
        ("playback: steps a second (of 16)", "steps"),
        ("playback: longest time between frames, ms", "longest"),
    ):
        line(name, [_shown(one.more.get("playback", {}).get(key), 1) for one in ours])
    line("a new window in every frame: frames a second", [_shown(one.more.get("dragged"), 1) for one in ours])
    line("bytes at load, MB", [_shown(one.load_bytes, 2, MB) for one in ours])
    line("bytes per window change", [_shown(one.move_bytes, 0) for one in ours])
    line("bytes when the window is let go, kB", [_shown(one.more.get("released_bytes"), 1, 1000) for one in ours])
    line("sidebar filter to new sentence, median, ms", [_shown(middle(one.more.get("filter", ())), 0) for one in ours])
    line(
        "sidebar filter to new sentence, highest, ms",
        [_shown(max(one.more.get("filter") or [0]) or None, 0) for one in ours],
    )
    line("server memory, one session, MB", [_shown(one.server, 0) for one in ours])
    line("server memory, highest, MB", [_shown(one.more.get("server_highest"), 0) for one in ours])
    line("server memory added by a second session, MB", [_shown(one.more.get("second_session"), 0) for one in ours])
    line("page memory, MB", [_shown(one.page, 0) for one in ours])
    if any("size" in one.more for one in ours):
        line("map size, where not as asked", [one.more.get("size", "as asked") for one in ours])
    return _grid(["", *(f"{one.rows:,} rows" for one in ours)], lines)


def _shown(value: float | None, places: int, unit: float = 1) -> str:
    return "–" if value is None else f"{value / unit:,.{places}f}"


def _grid(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns line up when printed."""
    widths = [max(3, *(len(line[at]) for line in [head, *lines])) for at in range(len(head))]

    def row(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"

    return "\n".join([row(head), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(row, lines)])
