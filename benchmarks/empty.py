"""The baselines that Streamlit gives: a blank page opened, and the rerun of an empty page with as many elements."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks import servers
from benchmarks.measure import awaited, middle, opened, page_of, run, settle
from tests.server import ROOT

OPENS = 5
"""Fresh servers, each with a fresh browser context, of which the median is taken."""

CLICKS = 10
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


def blank(browser: Browser, folder: Path) -> float:
    """Milliseconds to open a Streamlit page that holds one word, median of `OPENS`."""
    script = folder / "blank.py"
    script.write_text('import streamlit as st\n\nst.write("blank")\n')
    times = []
    for _ in range(OPENS):
        with servers.running(Path(sys.executable), script, ROOT, {}) as server, page_of(browser) as page:
            times.append(opened(page, server.address, BLANK))
    return sorted(times)[OPENS // 2]


def elements(page: Page) -> dict[str, int]:
    """How many elements of each kind a page of Streamlit shows."""
    found: dict[str, int] = page.evaluate(ELEMENTS)
    return found


def answers(page: Page, what: str) -> list[float]:
    """Milliseconds from a click on a checkbox of claimants to the page's answer, each clicked on, then off again."""
    times = []
    for click in range(CLICKS):
        times.append(run(page, ANSWERED, what, click // 2))
        settle(page)
    return times


def rerun(browser: Browser, wanted: Mapping[str, int]) -> float | None:
    """The median answer of an empty page with so many elements, in milliseconds."""
    environment = {"BENCH_ELEMENTS": json.dumps(wanted)}
    with servers.running(Path(sys.executable), SCRIPT, ROOT, environment) as server, page_of(browser) as page:
        page.goto(server.address)
        awaited(page, f"() => {BOXES}.length > 0", "the empty page opened")
        settle(page)
        return middle(answers(page, "an empty page asked again"))
