"""From a click on a report to its incident's card, painted: what the browser has at once, and then the whole of it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser

from benchmarks.attest import dashboard_on
from benchmarks.measure import awaited, middle, page_of, run, settle
from tests.server import ROOT

CLICKS = 12
AT_ONCE = 100
"""Milliseconds within which a click seems to be answered at once."""

READY = "() => bench.all('.tm-report').length > 20"

CLICKED = """async (index) => {
  const title = () => bench.all('.tm-head h2')[0]?.textContent ?? "";
  const isWhole = () => bench.all('.tm-told').length > 0;
  bench.all('.tm-tabs [data-is=tab-reports]')[0]?.click();
  await bench.frame();
  const row = bench.all('.tm-report')[index];
  const start = performance.now();
  row.click();
  while (!title() || title() === 'Reports shown') await bench.frame();
  await bench.frame();
  const first = performance.now() - start;
  while (!isWhole()) await bench.frame();
  return [first, performance.now() - start];
}"""


@dataclass(frozen=True)
class Times:
    """Medians in milliseconds: until the card's first words are painted, and until all of it is."""

    first: float | None
    whole: float | None


def measured(browser: Browser) -> Times:
    """On the shipped table, 1440 × 900."""
    firsts, wholes = [], []
    with dashboard_on(ROOT / "events.csv") as server, page_of(browser) as page:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(f"{server.address}/?panel=reports")
        awaited(page, READY, "the list of reports")
        settle(page)
        for click in range(CLICKS):
            first, whole = run(page, CLICKED, "a click on a report", click)
            firsts.append(first)
            wholes.append(whole)
            settle(page)
    return Times(middle(firsts), middle(wholes))
