"""The pages about who says what, measured: from a click on a filter to the page's answer, on two tables."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import made_up
from benchmarks.attest import dashboard_on, settle
from benchmarks.measure import awaited, middle, page_of, run
from dashboard.screens.contents import PAGES
from tests.server import ROOT

MEASURED = ("compare", "disagreements", "who-is-heard", "sources")
CLICKS = 10
ROWS = 100_000

BOXES = """document.querySelectorAll('[class*="st-key-sides-"] input[type=checkbox]')"""
READY = f"() => {BOXES}.length > 0 && document.querySelector('.st-key-page') !== null"

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


def measured(browser: Browser, folder: Path) -> dict[str, list[float | None]]:
    """For each title of a page its median answer in milliseconds on the shipped table and on `ROWS` made-up rows."""
    made = folder / f"pages-{ROWS}.parquet"
    made_up.write(made_up.table(ROWS, 1), made)
    answers: dict[str, list[float | None]] = {PAGES[name].title: [] for name in MEASURED}
    for table in (ROOT / "events.csv", made):
        with dashboard_on(table) as server:
            for name, (title, medians) in zip(MEASURED, answers.items(), strict=True):
                with page_of(browser) as page:
                    page.goto(f"{server.address}/?page={name}")
                    awaited(page, READY, f"the page {title} opened")
                    settle(page)
                    times = []
                    for click in range(CLICKS):
                        times.append(run(page, ANSWERED, f"a filter on {title}", click // 2))  # each on, then off again
                        settle(page)
                    medians.append(middle(times))
    return answers
