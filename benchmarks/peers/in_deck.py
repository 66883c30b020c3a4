"""A peer: deck.gl with ``DataFilterExtension``: all points sent once, filtered where they are drawn. No Streamlit."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow.parquet
from playwright.sync_api import Browser

from benchmarks.measure import (
    FIRST_START,
    NoAnswerError,
    Result,
    Task,
    Window,
    awaited,
    opened,
    page_memory,
    page_of,
    run,
)
from benchmarks.peers import environment
from benchmarks.peers.folder import served
from tests.server import ROOT

TOOL = "deck.gl, DataFilterExtension"
SCRIPT = ROOT / "benchmarks" / "peers" / "page_deck.js"

PAGE = """<!doctype html><meta charset=utf-8><title>deck.gl</title><link rel=icon href=data:,>
<div style="position: relative; width: 1120px; height: 520px"></div>
<script src=dist.min.js></script><script type=module src=page_deck.js></script>"""

MOVED = """async (window) => {
  await bench.pause();
  const start = performance.now();
  const at = await peer.move(window);
  return [at - start, at];
}"""


def measured(browser: Browser, task: Task) -> Result:
    """As many windows as the task's seconds allow, three at least unless one takes longer than the limit."""
    result = Result(TOOL, task.rows)
    try:
        with ExitStack() as ends:
            folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="attest-deck-")))
            _prepared(folder, task.points)
            host = ends.enter_context(served(folder))
            page = ends.enter_context(page_of(browser))
            camera = f"{task.camera.longitude},{task.camera.latitude},{task.camera.zoom}"
            opened(page, f"{host.address}/?camera={camera}", "() => true")
            awaited(page, "() => globalThis.peer?.isReady()", "the page opened")
            result.first_marks = run(page, MOVED, "the first window", _days(Window(FIRST_START)))[1]
            result.load_bytes = before = host.sent
            start = time.monotonic()
            times: list[float] = []
            for window in task.windows:
                if len(times) >= 3 and time.monotonic() - start > task.budget:
                    break
                times.append(run(page, MOVED, "the window moved", _days(window))[0])
                result.repainted = times
            result.move_bytes = (host.sent - before) / len(times)
            result.page = page_memory(page)
    except (NoAnswerError, environment.MissingError) as error:
        result.failure = str(error)
    return result


def _prepared(folder: Path, points: Path) -> None:
    """The page, its scripts, and the points as 32-bit numbers: all places, then all days."""
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    for file in (environment.deck(), SCRIPT):
        shutil.copy(file, folder / file.name)
    table = pyarrow.parquet.read_table(points)
    places = np.column_stack([np.asarray(table[name], dtype=np.float32) for name in ("longitude", "latitude")])
    with (folder / "points").open("wb") as target:
        target.write(places.tobytes())
        target.write(np.asarray(table["day"]).astype(np.float32).tobytes())


def _days(window: Window) -> dict[str, int]:
    return {"first": window.first, "last": window.last}
