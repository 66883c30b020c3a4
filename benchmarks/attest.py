"""Attest, measured: the real dashboard, started as a person starts it, on a table of one size."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks import servers
from benchmarks.empty import OPENS, in_turn, opens
from benchmarks.measure import (
    HEIGHT,
    WIDTH,
    Camera,
    NoAnswerError,
    Result,
    Traffic,
    Window,
    middle,
    opened,
    page_memory,
    page_of,
    run,
    settle,
)
from tests.server import ROOT

NAME = "Attest"
PLAY, DRAG = 5, 3
"""Seconds of playback, and of a window that moves in every frame."""

FIRST_MARKS = "() => bench.all('.tm-count').some((count) => /^[1-9].* on the map/.test(count.textContent))"
MAP = "const map = bench.all('.tm')[0].attest;"

RESIZE = """async ([width, height]) => {
  const box = bench.all('.tm')[0];
  box.style.width = `${width}px`;
  box.style.setProperty('--tm-height', 'auto');
  box.style.setProperty('--tm-map', `${height}px`);
  await bench.frame();
  await bench.frame();
  await bench.frame();
  const size = bench.all('.tm-map')[0].getBoundingClientRect();
  return [Math.round(size.width), Math.round(size.height)];
}"""

SCRIPT_TIME = f"""async (windows) => {{
  {MAP}
  const times = [];
  for (const window of windows) {{
    const start = performance.now();
    map.timeline.set(window);
    if (map.isStale) map.paint(); // the first move within a frame is painted at once
    times.push(performance.now() - start);
    await bench.frame();
    await bench.frame();
  }}
  return times;
}}"""

TO_FRAME = f"""async (windows) => {{
  {MAP}
  const times = [];
  for (const window of windows) {{
    await bench.pause();
    const start = performance.now();
    map.timeline.set(window);
    times.push(await bench.frame() - start);
  }}
  return times;
}}"""

PLAYBACK = f"""async ([first, last, seconds]) => {{
  {MAP}
  const time = map.timeline;
  const {{ bar }} = time;
  time.set({{ first, last }});
  bar.mode.value = "window";
  bar.step.value = "month";
  bar.speed.selectedIndex = bar.speed.options.length - 1;
  await bench.frame();
  let steps = 0;
  const set = time.set;
  time.set = function (...given) {{ steps += 1; return set.apply(this, given); }};
  time.toggle();
  const frames = [];
  const start = performance.now();
  while (performance.now() - start < seconds * 1000) frames.push(await new Promise(requestAnimationFrame));
  time.toggle();
  time.set = set;
  const gaps = frames.slice(1).map((frame, at) => frame - frames[at]);
  const rate = gaps.length / (frames.at(-1) - frames[0]) * 1000;
  return {{ frames: rate, steps: steps / seconds, longest: Math.max(...gaps) }};
}}"""

DRAGGED = f"""async ([first, last, seconds]) => {{
  {MAP}
  const frames = [];
  const start = performance.now();
  let shift = 0;
  while (performance.now() - start < seconds * 1000) {{
    map.timeline.set({{ first: first + shift, last: last + shift }});
    shift = (shift + 9) % 5000;
    frames.push(await new Promise(requestAnimationFrame));
  }}
  return (frames.length - 1) / (frames.at(-1) - frames[0]) * 1000;
}}"""

RELEASED = f"""async ([first, last]) => {{
  {MAP}
  map.timeline.set({{ first, last }}, {{ settle: true }});
}}"""

CAMERA = f"""() => {{
  {MAP}
  const {{ map: leaflet }} = map.views[0];
  const {{ lat, lng }} = leaflet.getCenter();
  return [lng, lat, leaflet.getZoom()];
}}"""

FILTERED = """async (index) => {
  const boxes = document.querySelectorAll('[class*="st-key-sides-"] input[type=checkbox]');
  const words = () => document.querySelector('.st-key-said p')?.textContent;
  const before = words();
  const box = boxes[index % boxes.length];
  if (!box) throw new Error('no checkbox of claimants is in the sidebar');
  const start = performance.now();
  box.click();
  while (words() === before) await bench.frame();
  return performance.now() - start;
}"""


def measured(browser: Browser, table: Path, rows: int, windows: list[Window]) -> Result:
    """All figures of one size; those that were reached when something fails."""
    result = Result(NAME, rows)
    try:
        _opens(browser, table, result)
        with dashboard_on(table) as server:
            _first_session(browser, server, windows, result)
    except (NoAnswerError, RuntimeError) as error:
        result.failure = str(error)
    return result


def dashboard_on(table: Path) -> Any:
    """The dashboard on a table, as a person starts it."""
    return servers.running(
        Path(sys.executable), ROOT / "dashboard" / "page.py", ROOT, {"ATTEST_EVENTS": str(table.resolve())}
    )


@contextmanager
def _explained(page: Page) -> Iterator[None]:
    """Adds what the page says to a failure."""
    try:
        yield
    except NoAnswerError as error:
        said = page.locator("[data-testid=stAlert], [data-testid=stException]").all_inner_texts()
        raise NoAnswerError(f"{error}{': ' + ' '.join(said)[:300] if said else ''}") from error


def _opens(browser: Browser, table: Path, result: Result) -> None:
    """The first visitor of a fresh server, which has read the table before it listens."""
    times: list[float] = []
    blank: list[float] = []
    for _ in range(OPENS):  # a blank page in turn, so that a machine which slows down slows both down
        blank.append(opens(browser))
        with dashboard_on(table) as server, page_of(browser) as page, _explained(page):
            times.append(opened(page, server.address, FIRST_MARKS))
    result.first_marks, result.more["blank"] = middle(times), middle(blank)


def _first_session(browser: Browser, server: servers.Server, windows: list[Window], result: Result) -> None:
    with page_of(browser) as page, _explained(page):
        traffic = Traffic(page)
        opened(page, server.address, FIRST_MARKS)
        settle(page)
        result.load_bytes = traffic.bytes
        size = run(page, RESIZE, "the map made 1120 by 520", [WIDTH, HEIGHT])
        if size != [WIDTH, HEIGHT]:
            result.more["size"] = f"{size[0]} × {size[1]}"
        result.more["camera"] = Camera(*page.evaluate(CAMERA))
        _windows(page, traffic, windows, result)
        result.more["filter"], result.more["rerun"] = in_turn(browser, page, FILTERED)
        result.page = page_memory(page)
        result.server = server.settled_memory()
        result.more["server_highest"] = server.highest_memory()
        _second_session(browser, server, result)


def _windows(page: Page, traffic: Traffic, windows: list[Window], result: Result) -> None:
    days = [{"first": window.first, "last": window.last} for window in windows]
    before, frames = traffic.bytes, traffic.frames
    result.script = run(page, SCRIPT_TIME, "the window moved", days)
    result.repainted = run(page, TO_FRAME, "the window moved", days)
    page.wait_for_timeout(500)
    result.move_bytes = (traffic.bytes - before) / (2 * len(days))
    result.more["move_frames"] = traffic.frames - frames
    start = [Window(1992).first, Window(1992).last]
    result.more["dragged"] = run(page, DRAGGED, "a new window in every frame", [*start, DRAG])
    result.more["playback"] = run(page, PLAYBACK, "playback", [*start, PLAY])
    settle(page)
    before = traffic.bytes
    run(page, RELEASED, "the window let go", [Window(2010).first, Window(2010).last])
    settle(page)
    result.more["released_bytes"] = traffic.bytes - before


def _second_session(browser: Browser, server: servers.Server, result: Result) -> None:
    with page_of(browser) as page:
        result.more["second_first_marks"] = opened(page, server.address, FIRST_MARKS)
        settle(page)
        result.more["second_session"] = server.settled_memory() - (result.server or 0)
