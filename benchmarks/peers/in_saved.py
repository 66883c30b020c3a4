"""Attest's own map saved as one file, beside the pages that folium saves: its size, its opening, its window."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.attest import FIRST_MARKS, RESIZE, SCRIPT_TIME, TO_FRAME
from benchmarks.measure import HEIGHT, WIDTH, NoAnswerError, Result, Task, Traffic, opened, page_memory, page_of, run
from geodata.exports.html import to_html
from geodata.model.selection import Selection
from geodata.store.importers import open_table

TOOL = "Attest, saved as one file"


def measured(most: int, browser: Browser, task: Task) -> Result:
    """All windows of the task, as the dashboard's map is moved; not tried with more than ``most`` rows."""
    result = Result(TOOL, task.rows)
    if task.rows > most:
        result.failure = f"not tried above {most:,} rows"
        return result
    file = task.points.with_name(f"saved-{task.rows}.html")
    try:
        _write(task, file)
        with page_of(browser) as page:
            traffic = Traffic(page)
            result.first_marks = opened(page, file.as_uri(), FIRST_MARKS)
            result.load_bytes = file.stat().st_size
            run(page, RESIZE, "the map made 1120 by 520", [WIDTH, HEIGHT])
            days = [{"first": window.first, "last": window.last} for window in task.windows]
            before = traffic.bytes
            result.script = run(page, SCRIPT_TIME, "the window moved", days)
            result.repainted = run(page, TO_FRAME, "the window moved", days)
            result.move_bytes = (traffic.bytes - before) / len(days)
            result.page = page_memory(page)
    except NoAnswerError as error:
        result.failure = str(error)
    finally:
        file.unlink(missing_ok=True)
    return result


def _write(task: Task, file: Path) -> None:
    dataset = open_table(task.events)
    file.write_bytes(to_html(dataset, Selection()))
