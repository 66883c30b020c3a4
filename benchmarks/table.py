"""The figures as text: what is printed, and ``RESULTS.md``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.bars import MILLION, OURS, Bar, of_sizes, shown
from benchmarks.empty import OPENS
from benchmarks.engines import ASKED, Counted
from benchmarks.large import Large
from benchmarks.large import facts as facts_of
from benchmarks.measure import HEIGHT, LIMIT, MOVES, WIDTH, Result, high, middle

MB = 1e6


@dataclass(frozen=True)
class Measured:
    """What a run found; ``more`` are bars beside those of the map."""

    facts: Mapping[str, str]
    results: Sequence[Result]
    vast: Sequence[Large]
    more: Sequence[Bar]
    counted: Sequence[Counted]
    minutes: float


def report(found: Measured) -> str:
    """The whole of ``RESULTS.md``."""
    results, vast = found.results, found.vast
    parts = [
        "# Benchmark\n\nEvery row that was measured is made up (`benchmarks/made_up.py`, seed 1). "
        "Written by `make bench`; do not edit by hand.",
        _listed(found.facts),
        "## Bars of the issues\n\n" + BARS + "\n\n" + _bars([*of_sizes(results), *found.more]),
        "## Side by side\n\n" + SIDE_BY_SIDE,
        *(_side_by_side(rows, results) for rows in sorted({result.rows for result in results})),
        "## Attest alone\n\n" + _alone(results),
        *(["## Attest alone, large tables\n\n" + LARGE_TABLES + "\n\n" + _large(vast)] if vast else []),
        *(["## Counts on engines\n\n" + ENGINES + "\n\n" + _counted(found.counted)] if found.counted else []),
        "## How it was measured\n\n" + HOW,
        f"## Again\n\n{AGAIN}\n\nThis run took {found.minutes:.0f} minutes.",
    ]
    return "\n\n".join(parts) + "\n"


BARS = """\
A bar is a ratio to a baseline that was measured in this run, so that it holds on a slower machine; both figures stand
beside it. *Near*: met with less than a third to spare."""

SIDE_BY_SIDE = """\
*Repainted*: from the move of a ten-year window to the end of the frame that shows it, in milliseconds; the wait for the
next frame of the screen (up to 17 ms) is in it for every tool. *Ratio*: a tool's median over Attest's at the same size.
*Script*: the part of it that the page's script spends in one go on the main thread. A dash means not measured."""

LARGE_TABLES = """\
20,000 made-up towns, the n-th with 1/n of the reports of the largest (`benchmarks/large_table.py`). The rows stay on
the server; the browser has squares by month. A hundred million are measured where `--rows` asks for them."""

ENGINES = """\
The same counts, medians of three: DuckDB on the kept file; PostgreSQL with the table copied there and published by
`attest publish`; Spark in one process on a Parquet file of the imported rows, which it reads for each count."""

HOW = f"""\
- One machine does everything: server, browser, drawing. Chromium is headless, draws in software, and can resolve no
  name but localhost. The map is {WIDTH} × {HEIGHT} CSS pixels. Each tool and size gets a fresh browser; pages open
  in a fresh context.
- {MOVES} moves of a ten-year window, each at any moment between two frames of the screen: from 1989–1998 on by a year
  to 2015–2024 and back. A peer is moved for 40 seconds up to 10,000 rows, beyond for 20 seconds, at least three times;
  *moves* says how many. A tool that has not answered in {LIMIT} s is stopped, and larger
  sizes are skipped.
- Attest: `timeline.set` and `paint` called in the page (*script*); apart from that, `timeline.set` and the frame
  after it (*repainted*). First marks: the first visitor of a fresh server, median of {OPENS}; the table was read
  before. Its marks, legend, histogram and doubt are drawn in full; peers draw plain circles with one day each,
  for they know no vague dates.
- Baselines. A repaint: a page with a canvas alone, which fills a square for each point of the window, at the place it
  has on Attest's map. First marks: a Streamlit page of one word, on a fresh server before each of Attest's. An answer:
  a Streamlit page with as many elements of each kind (controls as such, all else as a text), which works nothing out,
  and is clicked in turn with Attest's.
  A picture: `savefig` of an empty matplotlib figure of its size, as PNG of 300 dpi; a PDF is held against the same.
- Streamlit peers: an arrow key on `st.slider`; the end is when the script has ended and the chart is drawn (WebGL:
  a pixel read back after the last drawing; Leaflet: all circles on the map). `st_folium` is given the points as an
  exchanged feature group and a canvas, its fastest way.
- Attest, saved as one file: what *Download* gives, with land, attribution of every report and its card in it, opened
  from the disk; up to 100,000 rows.
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
- Mosaic: a raster of 3-pixel squares in vgplot over the view of Attest's map, and a histogram of days whose brush is
  moved as a drag moves it, after the squares were counted by day of the brush as Mosaic does when the pointer comes
  over it (not counted in a move). DuckDB over a file behind a small server of ours that speaks Mosaic's REST, for its
  own `duckdb-server` 0.34.2 answers nothing on Python 3.11; or DuckDB in the page with the points sent as Arrow, in a
  worker, whose memory is not in *page*. Its scripts are packed, as ours are. The end is the frame that has the new
  picture. It draws no land, no single reports, no discs, no spans of doubt, and says no source.
- deck.gl: a `ScatterplotLayer` of all points as typed arrays, `DataFilterExtension` on the day, over the view of
  Attest's map; WebGL drawn in software, where a graphics card would be much faster. The end is a pixel read back. It
  draws circles alone: no land, no counts, no histogram, no spans of doubt, no source.
- Bytes: HTTP bodies and headers, and websocket frames both ways. Server memory: resident, once still. Page memory:
  script objects and array buffers after a collection. 1 MB is 1,000,000 bytes.
- Times vary by some tens of per cent from run to run, more when something else runs."""

AGAIN = """\
```
make bench                                        # all of it
.venv/bin/python -m benchmarks --quick            # 1,000 and 10,000 rows
.venv/bin/python -m benchmarks --peers none       # Attest alone
.venv/bin/python -m benchmarks --rows 1000000     # one size
.venv/bin/python -m benchmarks --rows 10000000 --engines --map    # with PostgreSQL and Spark
.venv/bin/python -m benchmarks --map              # the map beside its peers, nothing else
.venv/bin/python -m benchmarks --rows 100000000 --peers none --map    # a quarter of an hour, once it is made up
```"""


def _listed(facts: Mapping[str, str]) -> str:
    return _grid(["", ""], [[name, value] for name, value in facts.items()])


def _bars(judged: Sequence[Bar]) -> str:
    return _grid(["bar", "measured", ""], [[bar.asked, bar.measured, bar.verdict] for bar in judged])


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
                shown(median, 1),
                shown(high(result.repainted), 1),
                str(len(result.repainted) or "–"),
                f"{median / ours:.1f}" if median and ours else "–",
                shown(middle(result.script), 1),
                shown(result.first_marks, 2, 1000),
                shown(result.load_bytes, 2, MB),
                shown(result.move_bytes, 1, 1000),
                shown(result.server, 0),
                shown(result.page, 0),
                " ".join(result.failure.replace("|", "/").split()),
            ]
        )
    return f"### {rows:,} rows\n\n" + _grid(head, lines)


def _large(vast: Sequence[Large]) -> str:
    columns = [facts_of(found) for found in vast]
    lines = [
        [name, *(shown(column[at][1], column[at][2]) for column in columns)]
        for at, (name, _, _) in enumerate(columns[0])
    ]
    failed = [["what failed", *(found.failure or "nothing" for found in vast)]]
    return _grid(["", *(f"{found.rows:,} rows" for found in vast)], lines + failed)


def _counted(counted: Sequence[Counted]) -> str:
    head = ["engine", "rows", "brought there, s", *(f"{name}, ms" for name in ASKED), "what failed"]
    lines = [
        [
            one.engine,
            f"{one.rows:,}",
            shown(one.brought, 0),
            *(shown(one.times.get(name), 0) for name in ASKED),
            one.failure or "nothing",
        ]
        for one in counted
    ]
    return _grid(head, lines)


def _alone(results: Sequence[Result]) -> str:
    ours = [result for result in results if result.tool == OURS and result.rows <= MILLION]
    lines: list[list[str]] = []

    def line(name: str, values: Sequence[str]) -> None:
        lines.append([name, *values])

    line("a blank Streamlit page opened, s", [shown(one.more.get("blank"), 2, 1000) for one in ours])
    line("first marks, first visitor of a fresh server, s", [shown(one.first_marks, 2, 1000) for one in ours])
    line("first marks, next visitor, s", [shown(one.more.get("second_first_marks"), 2, 1000) for one in ours])
    line("window moved, main thread, median, ms", [shown(middle(one.script), 1) for one in ours])
    line("window moved, main thread, 95 %, ms", [shown(high(one.script), 1) for one in ours])
    line("window moved to the end of its frame, median, ms", [shown(middle(one.repainted), 1) for one in ours])
    line("the same of a bare loop, median, ms", [shown(middle(one.more.get("bare", ())), 1) for one in ours])
    for name, key in (
        ("playback: frames a second", "frames"),
        ("playback: steps a second (of 16)", "steps"),
        ("playback: longest time between frames, ms", "longest"),
    ):
        line(name, [shown(one.more.get("playback", {}).get(key), 1) for one in ours])
    line("a new window in every frame: frames a second", [shown(one.more.get("dragged"), 1) for one in ours])
    line("bytes at load, MB", [shown(one.load_bytes, 2, MB) for one in ours])
    line("bytes per window change", [shown(one.move_bytes, 0) for one in ours])
    line("bytes when the window is let go, kB", [shown(one.more.get("released_bytes"), 1, 1000) for one in ours])
    line("sidebar filter to new sentence, median, ms", [shown(middle(one.more.get("filter", ())), 0) for one in ours])
    line(
        "sidebar filter to new sentence, highest, ms",
        [shown(max(one.more.get("filter") or [0]) or None, 0) for one in ours],
    )
    line(
        "rerun of an empty page with as many elements, median, ms",
        [shown(middle(one.more.get("rerun", ())), 0) for one in ours],
    )
    line("server memory, one session, MB", [shown(one.server, 0) for one in ours])
    line("server memory, highest, MB", [shown(one.more.get("server_highest"), 0) for one in ours])
    line("server memory added by a second session, MB", [shown(one.more.get("second_session"), 0) for one in ours])
    line("page memory, MB", [shown(one.page, 0) for one in ours])
    if any("size" in one.more for one in ours):
        line("map size, where not as asked", [one.more.get("size", "as asked") for one in ours])
    return _grid(["", *(f"{one.rows:,} rows" for one in ours)], lines)


def _grid(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns line up when printed."""
    widths = [max(3, *(len(line[at]) for line in [head, *lines])) for at in range(len(head))]

    def row(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"

    return "\n".join([row(head), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(row, lines)])
