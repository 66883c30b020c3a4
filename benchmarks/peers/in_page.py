"""Peers that are one saved page: folium's two time sliders."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.measure import (
    FIRST_START,
    LIMIT,
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
from tests.server import ROOT

DAY = 86_400_000

READY = """() => typeof L === 'object'
  && Object.keys(globalThis).some((name) => name.startsWith('map_') && globalThis[name]?._loaded)"""

FIND = """
  const map = globalThis[Object.keys(globalThis).find((name) => name.startsWith('map_') && globalThis[name]?._loaded)];
  const count = () => { let found = 0; map.eachLayer((layer) => { if (layer.getLatLng) found += 1; }); return found; };
"""

TIMESTAMPED = "const move = (time) => map.timeDimension.setCurrentTime(time);"
"""What the control's slider calls when it is let go."""

TIMELINE = """
  const name = Object.keys(globalThis).find((one) => one.startsWith('timeline_slider_') && globalThis[one]?.setTime);
  const move = (time) => globalThis[name].setTime(time);
"""
"""What the control's slider calls at each input."""


@dataclass(frozen=True)
class SavedPage:
    """A peer's script that writes the page, and how its own slider is moved."""

    tool: str
    script: str
    move: str


TIMESTAMPED_GEOJSON = SavedPage("folium TimestampedGeoJson", "page_timestamped.py", TIMESTAMPED)
TIMELINE_SLIDER = SavedPage("folium TimelineSlider", "page_timeline.py", TIMELINE)


def measured(saved: SavedPage, browser: Browser, task: Task) -> Result:
    """As many windows as the task's seconds allow, three at least unless one takes longer than the limit."""
    result = Result(saved.tool, task.rows)
    file = task.points.with_name(f"{Path(saved.script).stem}-{task.rows}.html")
    try:
        _write(saved, task.points, file)
        with page_of(browser) as page:
            _session(saved, page, file, task, result)
    except (NoAnswerError, environment.MissingError) as error:
        result.failure = str(error)
    finally:
        file.unlink(missing_ok=True)
    return result


def _write(saved: SavedPage, points: Path, file: Path) -> None:
    command = [str(environment.python()), str(ROOT / "benchmarks" / "peers" / saved.script), str(points), str(file)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT)
    except subprocess.TimeoutExpired as error:
        raise NoAnswerError(f"no answer in {LIMIT} s (the page written)") from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"the process ended with {done.returncode}"]
        raise NoAnswerError(f"the page was not written: {lines[-1][:200]}")


def _session(saved: SavedPage, page: Page, file: Path, task: Task, result: Result) -> None:
    environment.scripts()
    environment.serve(page)
    traffic = Traffic(page)
    moved = f"""async (time) => {{
      {FIND}{saved.move}
      await bench.pause();
      const start = performance.now();
      move(time);
      const script = performance.now() - start;
      const repainted = await bench.frame() - start;
      return {{ script, repainted, count: count(), at: performance.now() }};
    }}"""
    page.goto(file.as_uri(), wait_until="commit")
    awaited(page, READY, "the page opened")
    shown = run(page, moved, "the first window", _time(Window(FIRST_START)))
    if not shown["count"]:
        raise NoAnswerError("no marks were drawn")
    result.first_marks = shown["at"]
    result.load_bytes = file.stat().st_size + traffic.bytes
    answers: list[dict[str, float]] = []
    before, start = traffic.bytes, time.monotonic()
    for window in task.windows:
        if len(answers) >= 3 and time.monotonic() - start > task.budget:
            break
        answers.append(run(page, moved, "the slider moved", _time(window)))
        result.repainted = [answer["repainted"] for answer in answers]
        result.script = [answer["script"] for answer in answers]
    result.move_bytes = (traffic.bytes - before) / len(answers)
    result.more["counts"] = [int(answer["count"]) for answer in answers]
    result.page = page_memory(page)


def _time(window: Window) -> int:
    """The window's last day in milliseconds: both tools show what began in the ten years before their slider."""
    return window.last * DAY
