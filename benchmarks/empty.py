"""The baselines that Streamlit gives: a blank page opened, and the rerun of an empty page with as many elements."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks import servers
from benchmarks.measure import awaited, opened, page_of, run, settle
from tests.server import ROOT

OPENS = 5
"""Fresh servers, each with a fresh browser context, of which the median is taken."""

CLICKS = 20
"""Ten checkboxes, each clicked on and off once: the filters of half of the answers were not asked for before."""

SCRIPT = ROOT / "benchmarks" / "peers" / "app_empty.py"

BLANK = "() => [...document.querySelectorAll('[data-testid=stMarkdown]')].some((one) => one.textContent === 'blank')"
BOXES = """document.querySelectorAll('[class*="st-key-sides-"] input[type=checkbox]')"""

ELEMENTS = """() => {
  const counts = {};
  for (const element of document.querySelectorAll('[data-testid=stElementContainer]')) {
    const kind = element.querySelector('[data-testid]')?.dataset.testid ?? 'other';
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}"""

ANSWERED = f"""async (index) => {{
  const boxes = {BOXES};
  const page = () => document.querySelector('[data-testid=stMain]')?.textContent;
  const app = document.querySelector('[data-testid=stApp]');
  const busy = () => app.getAttribute('data-test-script-state') !== 'notRunning';
  const before = page();
  const start = performance.now();
  let answered = null;
  boxes[index % boxes.length].click();
  // The page has answered when what it says was last changed before the script ended.
  let last = before;
  do {{
    await bench.frame();
    const now = page();
    if (now !== last) answered = performance.now() - start;
    last = now;
  }} while (answered === null || busy());
  return answered;
}}"""


@contextmanager
def blank() -> Iterator[servers.Server]:
    """A Streamlit page that holds one word, on a server of its own."""
    with tempfile.TemporaryDirectory(prefix="attest-bench-") as folder:
        script = Path(folder) / "blank.py"
        script.write_text('import streamlit as st\n\nst.write("blank")\n')
        with servers.running(Path(sys.executable), script, ROOT, {}) as server:
            yield server


def opens(browser: Browser) -> float:
    """Milliseconds until the blank page of a fresh server is open in a fresh context."""
    with blank() as server, page_of(browser) as page:
        return opened(page, server.address, BLANK)


def elements(page: Page) -> dict[str, int]:
    """How many elements of each kind a page of Streamlit shows."""
    found: dict[str, int] = page.evaluate(ELEMENTS)
    return found


def in_turn(browser: Browser, page: Page, answered: str = ANSWERED) -> tuple[list[float], list[float]]:
    """Milliseconds from a click on a checkbox of claimants to the answer of a page, and of an empty one with as many
    elements. A click on each in turn, so that a machine which slows down slows both down.
    """
    environment = {"BENCH_ELEMENTS": json.dumps(elements(page))}
    with servers.running(Path(sys.executable), SCRIPT, ROOT, environment) as server, page_of(browser) as beside:
        beside.goto(server.address)
        awaited(beside, f"() => {BOXES}.length > 0", "the empty page opened")
        settle(beside)
        ours, theirs = [], []
        for click in range(CLICKS):  # each checkbox is clicked on, then off again
            for one, task, times in ((page, answered, ours), (beside, ANSWERED, theirs)):
                one.bring_to_front()
                times.append(run(one, task, "a filter clicked", click // 2))
                settle(one)
        return ours, theirs
