"""A peer that is an app in a frame: GeoLibre, in a page that its Python package writes and serves."""

from __future__ import annotations

import select
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow.parquet
from playwright.sync_api import Browser, Frame, Page

from benchmarks import servers
from benchmarks.measure import (
    FIRST_START,
    HEIGHT,
    LIMIT,
    WIDTH,
    NoAnswerError,
    Result,
    Task,
    Traffic,
    Window,
    awaited,
    page_memory,
    page_of,
)
from benchmarks.peers import environment
from tests.server import ROOT

TOOL = "GeoLibre time slider"
SCRIPT = ROOT / "benchmarks" / "peers" / "page_geolibre.py"

CENTRE, ZOOM, TILE = (46.5, 40.2), 5, 512
"""The view of the page, as the script sets it, and MapLibre's tiles in pixels."""

QUIET = 300
"""Milliseconds without drawing after which the map is taken as drawn; they are not counted. The app lets filters follow
each other no faster than every 250."""

WATCH_CIRCLES = """
// Frames of the map: how many circles each draws, in which parts, and when the software renderer had finished it.
bench.frames = [];
for (const kind of [WebGLRenderingContext, WebGL2RenderingContext]) {
  const { shaderSource, attachShader, useProgram, drawElements } = kind.prototype;
  const circles = new WeakSet();
  kind.prototype.shaderSource = function (shader, text) {
    if (text.includes("u_scale_with_map")) circles.add(shader);  // a uniform of MapLibre's circles alone
    return shaderSource.call(this, shader, text);
  };
  kind.prototype.attachShader = function (program, shader) {
    if (circles.has(shader)) circles.add(program);
    return attachShader.call(this, program, shader);
  };
  kind.prototype.useProgram = function (program) {
    this.benchCircles = circles.has(program);
    return useProgram.call(this, program);
  };
  kind.prototype.drawElements = function (mode, count, ...rest) {
    drawElements.call(this, mode, count, ...rest);
    if (!this.canvas?.isConnected) return;
    const at = document.timeline.currentTime;
    let frame = bench.frames.at(-1);
    if (frame?.at !== at) {
      frame = { at, count: 0, parts: "", end: null };
      bench.frames.push(frame);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        this.readPixels(0, 0, 1, 1, this.RGBA, this.UNSIGNED_BYTE, new Uint8Array(4));
        frame.end = performance.now();
      };
      channel.port2.postMessage(0);
    }
    if (!this.benchCircles) return;
    frame.count += count / 6;  // two triangles each
    frame.parts += `${count} `;
  };
}
// The end of the first frame that shows what the last one shows, once that is all circles of a window.
bench.shown = ([count, quiet]) => {
  const last = bench.frames.at(-1);
  if (!last?.end || last.count !== count || performance.now() - last.end < quiet) return null;
  const other = bench.frames.findLastIndex((frame) => frame.parts !== last.parts);
  return { at: bench.frames[other + 1].end + performance.timeOrigin };
};
bench.step = (button) => {
  bench.frames = [];
  const start = performance.now() + performance.timeOrigin;
  document.querySelector(`.maplibregl-time-slider-dock ${button}`).click();
  return start;
};
"""

SHOWN = "(argument) => document.querySelector('.maplibregl-time-slider-dock') && bench.shown(argument)"


def measured(most: int, browser: Browser, task: Task) -> Result:
    """As many windows as the task's seconds allow, three at least; not tried with more than ``most`` rows."""
    result = Result(TOOL, task.rows)
    if task.rows > most:
        result.failure = f"not tried above {most:,} rows"
        return result
    file = task.points.with_name(f"geolibre-{task.rows}.html")
    try:
        with _served(task.points, file) as server, page_of(browser) as page:
            _session(page, server, task, result)
    except (NoAnswerError, environment.MissingError) as error:
        result.failure = str(error)
    finally:
        file.unlink(missing_ok=True)
    return result


@contextmanager
def _served(points: Path, file: Path) -> Iterator[servers.Server]:
    command = [str(environment.python()), str(SCRIPT), str(points), str(file)]
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            if process.stdout is None or not select.select([process.stdout], [], [], LIMIT)[0]:
                raise NoAnswerError(f"no answer in {LIMIT} s (the page written)")
            address = process.stdout.readline().strip()
            if not address:
                log.seek(0)
                lines = log.read().strip().splitlines() or [f"the process ended with {process.wait()}"]
                raise NoAnswerError(f"the page was not written: {lines[-1][:200]}")
            yield servers.Server(address, process.pid)
        finally:
            process.kill()


def _session(page: Page, server: servers.Server, task: Task, result: Result) -> None:
    days = _days_in_view(task.points)
    page.add_init_script(WATCH_CIRCLES)
    traffic = Traffic(page)
    refused: list[str] = []
    page.on("requestfailed", lambda request: refused.append(request.url))
    page.goto(server.address, wait_until="commit")
    frame = page.locator("#geolibre-frame").element_handle().content_frame()
    if frame is None:
        raise NoAnswerError("the page has no frame with the app")
    try:
        at = _shown(frame, days, Window(FIRST_START), "the page opened")
    except NoAnswerError as error:
        failed = f"; {len(refused)} requests failed, the last to {refused[-1][:100]}" if refused else ""
        raise NoAnswerError(f"{error}; {_found(frame)}{failed}") from error
    result.first_marks = at - page.evaluate("performance.timeOrigin")
    result.load_bytes = traffic.bytes
    times: list[float] = []
    before, start, year = traffic.bytes, time.monotonic(), FIRST_START
    for window in task.windows:
        if len(times) >= 3 and time.monotonic() - start > task.budget:
            break
        pressed = frame.evaluate("(button) => bench.step(button)", ".ts-next" if window.year > year else ".ts-prev")
        year = window.year
        try:
            times.append(_shown(frame, days, window, "the slider moved") - pressed)
        except NoAnswerError as error:
            raise NoAnswerError(f"{error}; {_found(frame)}") from error
        result.repainted = times
    result.move_bytes = (traffic.bytes - before) / len(times)
    result.server = server.settled_memory()
    result.page = page_memory(page)


def _days_in_view(points: Path) -> np.ndarray:
    """The days of the points in the tiles that the map shows; MapLibre draws no others."""
    table = pyarrow.parquet.read_table(points)
    x, y = _tile(np.asarray(table["longitude"]), np.asarray(table["latitude"]))
    across, down = _tile(*(np.array([degrees]) for degrees in CENTRE))
    shown = np.ones(len(table), dtype=bool)
    for at, middle, half in ((x, across, WIDTH / 2), (y, down, HEIGHT / 2)):
        shown &= (np.floor(at) >= np.floor(middle - half / TILE)) & (np.floor(at) <= np.floor(middle + half / TILE))
    return np.asarray(table["day"])[shown]


def _tile(longitude: np.ndarray, latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Columns and rows of the Mercator tiles of ``ZOOM``, with fractions."""
    across, down = (longitude + 180) / 360, (1 - np.arcsinh(np.tan(np.radians(latitude))) / np.pi) / 2
    return across * 2**ZOOM, down * 2**ZOOM


def _shown(frame: Frame, days: np.ndarray, window: Window, what: str) -> float:
    """When all circles of a window were drawn that lie in the tiles in view, in milliseconds since 1970."""
    count = int(((days >= window.first) & (days <= window.last)).sum())
    return float(awaited(frame, SHOWN, f"{what}, {count:,} circles", [count, QUIET])["at"])


def _found(frame: Frame) -> str:
    last = frame.evaluate("globalThis.bench?.frames?.at(-1)?.count ?? null")
    return "no map was drawn" if last is None else f"the last frame drew {last:,.0f}"
