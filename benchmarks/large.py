"""Attest on ten or a hundred million reports: imported, opened again, and looked at, on the real server."""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks import large_table, servers
from benchmarks.attest import CAMERA, FIRST_MARKS, MAP, RESIZE, SCRIPT_TIME, TO_FRAME
from benchmarks.empty import BLANK, OPENS, blank, opens
from benchmarks.measure import (
    HEIGHT,
    LIMIT,
    WIDTH,
    Camera,
    NoAnswerError,
    Result,
    Traffic,
    Window,
    awaited,
    middle,
    opened,
    page_memory,
    page_of,
    run,
    settle,
)
from tests.server import ROOT

KEPT_ROWS = 20_000_000
"""From so many on the imported table stays for the next run: to import it takes eleven minutes."""

PATIENCE = 7200
"""Seconds that an import may take."""

FILTERS, TILES, CLICKS, PANS = 4, 20, 8, 30

PANNED = f"""async (count) => {{
  {MAP}
  const times = [];
  for (let at = 0; at < count; at += 1) {{
    await bench.pause();
    const start = performance.now();
    map.views[0].map.panBy([at % 2 ? -20 : 20, 0], {{ animate: false }}); // which paints
    times.push(performance.now() - start);
  }}
  return times;
}}"""

FILTERED = f"""async (index) => {{
  {MAP}
  const boxes = document.querySelectorAll('[class*="st-key-sides-"] input[type=checkbox]');
  const {{ taken }} = map.far.worlds;
  const start = performance.now();
  boxes[index % boxes.length].click();
  while (map.far.worlds.taken === taken) await bench.frame();
  return await bench.frame() - start;
}}"""

DENSEST = f"""(count) => {{
  {MAP}
  const {{ table }} = map;
  const sums = new Map();
  for (let row = 0; row < table.x.length; row += 1) {{
    if (table.flags[row] & table.bit.unmapped) continue;
    const key = `${{table.x[row]}} ${{table.y[row]}}`;
    sums.set(key, (sums.get(key) ?? 0) + table.weight(row));
  }}
  const known = [...sums].sort((a, b) => b[1] - a[1]).slice(0, count);
  return known.map(([key]) => {{
    const [x, y] = key.split(' ').map(Number);
    return [360 * x - 180, Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI];
  }});
}}"""
"""Longitude and latitude of the squares of the world with most reports."""

TILED = f"""async ([what, places]) => {{
  {MAP}
  const {{ far }} = map;
  const times = [];
  for (const [lon, lat] of places) {{
    const box = [lon - 1.5, lat - 0.8, lon + 1.5, lat + 0.8].map((one) => one.toFixed(3)).join(',');
    const start = performance.now();
    await far.ask(what, `${{far.query}}&zoom=8&box=${{box}}`);
    times.push(performance.now() - start);
  }}
  return times;
}}"""
"""Of ``cells``, which a map of all days needs, or of their ``months``, which a window needs besides."""

LOOKED = f"""([lon, lat, zoom]) => {{
  {MAP}
  map.views[0].map.setView([lat, lon], zoom, {{ animate: false }});
}}"""

NEAREST = f"""() => {{
  {MAP}
  const {{ table, map: leaflet }} = map.views[0];
  const box = leaflet.getContainer().getBoundingClientRect();
  const [across, down] = [box.width / 2, box.height / 2];
  let nearest = [Infinity, 0, 0];
  for (let row = 0; row < table.x.length; row += 1) {{
    if (table.flags[row] & table.bit.unmapped || table.areaOf[row] >= 0) continue;
    const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * table.y[row]))) * 180 / Math.PI;
    const {{ x, y }} = leaflet.latLngToContainerPoint([lat, 360 * table.x[row] - 180]);
    const far = Math.hypot(x - across, y - down);
    if (far < nearest[0]) nearest = [far, box.x + x, box.y + y];
  }}
  return nearest.slice(1);
}}"""
"""Where on the page the square or report stands that is nearest to the middle of the map."""

FINER = f"() => {{ {MAP} return map.views[0].table.x !== map.table.x; }}"
"""Squares of the world stand in a view until its finer ones are here."""

WATCH_CLICK = f"""() => {{
  {MAP}
  map.far.found = null;
  bench.listed = null;
  addEventListener('click', async () => {{
    const start = performance.now();
    while (map.far.found === null || bench.all('.tm-report').length === 0) await bench.frame();
    bench.listed = performance.now() - start;
  }}, {{ capture: true, once: true }});
}}"""

WORLD = """() => performance.getEntriesByType('resource')
  .filter((one) => /\\/cells/.test(one.name)).map((one) => one.duration)[0]"""


@dataclass
class Large:
    """The figures of a size; times in milliseconds unless seconds are said, memory in MB, sizes in bytes."""

    rows: int
    imported: float | None = None
    """Seconds until the server listens for the first time, the import with it; ``None`` where it was done before."""
    imported_cpu: float | None = None
    """Seconds of the processor for it."""
    started: float | None = None
    """Seconds until the server listens on the kept file."""
    world: float | None = None
    """Until the squares of the world, asked for the first time, are in the browser."""
    first_marks: float | None = None
    blank: float | None = None
    """Until a blank Streamlit page is open."""
    first_bytes: float | None = None
    """Of what came before the first marks, beyond what a blank Streamlit page takes."""
    script: list[float] = field(default_factory=list)
    repainted: list[float] = field(default_factory=list)
    panned: list[float] = field(default_factory=list)
    filtered: list[float] = field(default_factory=list)
    tiles: list[float] = field(default_factory=list)
    months: list[float] = field(default_factory=list)
    listed: list[float] = field(default_factory=list)
    move_bytes: float | None = None
    load_bytes: float | None = None
    server: float | None = None
    server_highest: float | None = None
    page: float | None = None
    camera: Camera | None = None
    failure: str = ""


def measured(browser: Browser, rows: int, windows: list[Window]) -> Large:
    """All figures of one size; those that were reached when something fails."""
    found = Large(rows)
    try:
        table, _ = large_table.kept(rows)
        found.blank, beyond = _blank(browser)
        kept = large_table.folder() / "imported" if rows >= KEPT_ROWS else None
        with tempfile.TemporaryDirectory(prefix="attest-bench-", dir=large_table.folder()) as name:
            _imported(table, kept or Path(name), found)
            start = time.monotonic()
            with _dashboard(table, kept or Path(name)) as server:
                found.started = time.monotonic() - start
                _session(browser, server, windows, found, beyond)
    except (NoAnswerError, RuntimeError, large_table.TooSmallError) as error:
        found.failure = str(error)
    return found


def _imported(table: Path, kept: Path, found: Large) -> None:
    before = {*kept.glob("*.duckdb")}
    start = time.monotonic()
    with _dashboard(table, kept) as server:
        if {*kept.glob("*.duckdb")} - before:  # what another version of the program kept is not this one's
            found.imported, found.imported_cpu = time.monotonic() - start, server.processor()


def _dashboard(table: Path, kept: Path) -> AbstractContextManager[servers.Server]:
    environment = {"ATTEST_EVENTS": str(table.resolve()), "ATTEST_KEPT": str(kept.resolve())}
    page = ROOT / "dashboard" / "page.py"
    return servers.running(Path(sys.executable), page, ROOT, environment, patience=PATIENCE)


def _blank(browser: Browser) -> tuple[float | None, int]:
    """A Streamlit page of one word: milliseconds until it is open, the median of fresh servers, and its bytes."""
    times = middle([opens(browser) for _ in range(OPENS)])
    with blank() as server, page_of(browser) as page:
        traffic = Traffic(page)
        opened(page, server.address, BLANK)
        settle(page)
        return times, traffic.bytes


def _session(
    browser: Browser, server: servers.Server, windows: list[Window], found: Large, beyond: int
) -> None:  # fmt: skip
    with page_of(browser) as page:
        traffic = Traffic(page)
        found.first_marks = opened(page, server.address, FIRST_MARKS)
        found.first_bytes = max(0, traffic.bytes - beyond)
        settle(page)
        found.load_bytes = traffic.bytes
        found.world = page.evaluate(WORLD)
        run(page, RESIZE, "the map made 1120 by 520", [WIDTH, HEIGHT])
        settle(page)
        found.camera = Camera(*page.evaluate(CAMERA))
        days = [{"first": window.first, "last": window.last} for window in windows]
        before = traffic.bytes
        found.script = run(page, SCRIPT_TIME, "the window moved", days)
        found.repainted = run(page, TO_FRAME, "the window moved", days)
        page.wait_for_timeout(500)
        found.move_bytes = (traffic.bytes - before) / (2 * len(days))
        found.panned = run(page, PANNED, "the map panned", PANS)
        _asked(page, found)
        found.page = page_memory(page)
        found.server, found.server_highest = server.settled_memory(), server.highest_memory()


def _asked(page: Page, found: Large) -> None:
    """What the server is asked while a reader looks: filters, finer squares, lists."""
    for index in range(FILTERS):
        found.filtered.append(run(page, FILTERED, "a filter clicked", index))
        settle(page)
        run(page, FILTERED, "a filter clicked off", index)  # what is seen again is remembered: not counted
        settle(page)
    places = page.evaluate(DENSEST, TILES)
    found.tiles = run(page, TILED, "finer squares asked for", ["cells", places])
    found.months = run(page, TILED, "their months asked for", ["months", places])
    for longitude, latitude in places[:CLICKS]:
        page.evaluate(LOOKED, [longitude, latitude, 6])
        awaited(page, FINER, "the finer squares drawn", limit=LIMIT)
        page.wait_for_timeout(500)
        page.evaluate(WATCH_CLICK)
        page.mouse.click(*page.evaluate(NEAREST))
        found.listed.append(awaited(page, "() => bench.listed", "a click to the list"))


def as_result(found: Large) -> Result:
    """As a line beside the peers."""
    return Result(
        "Attest",
        found.rows,
        found.first_marks,
        found.repainted,
        found.script,
        found.load_bytes,
        found.move_bytes,
        found.server,
        found.page,
        found.failure,
        {} if found.camera is None else {"camera": found.camera},
    )


def facts(found: Large) -> list[tuple[str, float | None, int]]:
    """The figures as lines of a table: words with units, value, decimal places."""
    mega = 1e6
    return [
        ("first import, until the server listens, s", found.imported, 1),
        ("the same, processor, s", found.imported_cpu, 1),
        ("start from the kept file, s", found.started, 1),
        ("squares of the world, asked for the first time, s", _over(found.world, 1000), 2),
        ("first marks after the page opens, s", _over(found.first_marks, 1000), 2),
        ("bytes before them, beyond a blank Streamlit page, MB", _over(found.first_bytes, mega), 2),
        ("bytes at load, all, MB", _over(found.load_bytes, mega), 2),
        ("window under the hand, script, median, ms", middle(found.script), 1),
        ("window moved to the end of its frame, median, ms", middle(found.repainted), 1),
        ("bytes per window change", found.move_bytes, 0),
        ("map panned by 20 px, script, median, ms", middle(found.panned), 1),
        ("filter clicked to its new squares painted, median, ms", middle(found.filtered), 0),
        ("finer squares of a dense view, asked to here, median, ms", middle(found.tiles), 0),
        ("their months, which a window needs besides, median, ms", middle(found.months), 0),
        ("click on a square to its list, median, ms", middle(found.listed), 0),
        ("server memory, MB", found.server, 0),
        ("server memory, highest, MB", found.server_highest, 0),
        ("page memory, MB", found.page, 0),
    ]


def _over(value: float | None, unit: float) -> float | None:
    return None if value is None else value / unit
