"""A peer: Mosaic's vgplot, a raster as the map and a histogram with a brush; DuckDB on its server, or in the page."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page

from benchmarks import servers
from benchmarks.bare import mercator
from benchmarks.measure import (
    FIRST_START,
    HEIGHT,
    LIMIT,
    WIDTH,
    Camera,
    NoAnswerError,
    Result,
    Task,
    Traffic,
    Window,
    awaited,
    page_memory,
    page_of,
    run,
)
from benchmarks.peers import environment
from benchmarks.peers.folder import served
from tests.server import ROOT

PREPARER = ROOT / "benchmarks" / "peers" / "points_mosaic.py"

SERVER = ROOT / "benchmarks" / "peers" / "server_mosaic.py"

PAGE = """<!doctype html><meta charset=utf-8><title>Mosaic</title><link rel=icon href=data:,>
<body><script type=module src=page.js></script>"""
READY = "() => globalThis.peer?.isReady() && performance.now()"

MOVED = """async (window) => {
  await bench.pause();
  const start = performance.now();
  const painted = peer.painted();
  peer.move(window);
  return await painted - start;
}"""


def measured(is_in_page: bool, browser: Browser, task: Task) -> Result:
    """As many windows as the task's seconds allow, three at least unless one takes longer than the limit."""
    result = Result(f"Mosaic, DuckDB {'in the page' if is_in_page else 'on a server'}", task.rows)
    try:
        with ExitStack() as ends:
            folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="attest-mosaic-")))
            _prepared(folder, task.points)
            host = ends.enter_context(served(folder))
            server = None if is_in_page else ends.enter_context(_server(folder / "points.duckdb"))
            page = ends.enter_context(page_of(browser))
            asked = f"server={server.address}/" if server else "points=points.arrows"
            traffic = Traffic(page)
            page.goto(f"{host.address}/?box={_box(task.camera)}&{asked}", wait_until="commit")
            result.first_marks = awaited(page, READY, "the page opened", limit=LIMIT)
            # What a worker asks for is not in the page's traffic, and the server's answers are not the folder's.
            result.load_bytes = traffic.bytes if server else host.sent
            result.more["prepared"] = run(page, "() => peer.prepare()", "the squares counted by day")
            before = traffic.bytes
            _moved(page, task, result)
            result.move_bytes = (traffic.bytes - before) / len(result.repainted)
            result.server = server.settled_memory() if server else None
            result.page = page_memory(page)
    except (NoAnswerError, RuntimeError, environment.MissingError) as error:
        result.failure = str(error)
    return result


def _moved(page: Page, task: Task, result: Result) -> None:
    run(page, MOVED, "the first window", _days(Window(FIRST_START)))
    times: list[float] = []
    start = time.monotonic()
    for window in task.windows:
        if len(times) >= 3 and time.monotonic() - start > task.budget:
            break
        times.append(run(page, MOVED, "the brush moved", _days(window)))
        result.repainted = times


def _prepared(folder: Path, points: Path) -> None:
    """The page, its scripts and the points, in a folder."""
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    for file in environment.mosaic():
        shutil.copy(file, folder / file.name)
    outputs = [str(folder / name) for name in ("points.duckdb", "points.arrows")]
    command = [str(environment.python()), str(PREPARER), str(points), *outputs]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoAnswerError(f"the points were not written: {done.stderr.strip()[-200:]}")


@contextmanager
def _server(database: Path) -> Iterator[servers.Server]:
    """A server that answers Mosaic's questions, as a process of the peers' environment."""
    command = [str(environment.python()), str(SERVER), str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            if not address:
                raise RuntimeError("Mosaic's server did not start")
            yield servers.Server(address, process.pid)
        finally:
            process.kill()


def _box(camera: Camera) -> str:
    """West, south, east, north of the map in shares of the world, from west and from south."""
    x, y = (one[0] for one in mercator(np.array([camera.longitude]), np.array([camera.latitude])))
    across, down = (size / 2 / (256 * 2**camera.zoom) for size in (WIDTH, HEIGHT))
    return ",".join(f"{one:.8f}" for one in (x - across, 1 - y - down, x + across, 1 - y + down))


def _days(window: Window) -> dict[str, int]:
    return {"first": window.first, "last": window.last}
