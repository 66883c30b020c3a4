"""The pages about who says what, measured: from a click on a filter to the page's answer, on two tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import made_up
from benchmarks.attest import dashboard_on
from benchmarks.empty import BOXES, answers, elements, rerun
from benchmarks.measure import awaited, middle, page_of, settle
from dashboard.screens.contents import PAGES
from tests.server import ROOT

MEASURED = ("compare", "disagreements", "who-is-heard", "sources")
ROWS = 100_000
TABLES = ("the shipped table", f"{ROWS:,} rows")

READY = f"() => {BOXES}.length > 0 && document.querySelector('.st-key-page') !== null"


@dataclass(frozen=True)
class Answers:
    """Medians in milliseconds: of a page on each of `TABLES`, and of an empty page with as many elements."""

    title: str
    times: Sequence[float | None]
    empty: float | None


def measured(browser: Browser, folder: Path) -> list[Answers]:
    """Each page on the shipped table and on `ROWS` made-up rows, the empty page after it."""
    made = folder / f"pages-{ROWS}.parquet"
    made_up.write(made_up.table(ROWS, 1), made)
    times: dict[str, list[float | None]] = {name: [] for name in MEASURED}
    shown: dict[str, dict[str, int]] = {}
    for table in (ROOT / "events.csv", made):
        with dashboard_on(table) as server:
            for name in MEASURED:
                with page_of(browser) as page:
                    page.goto(f"{server.address}/?page={name}")
                    awaited(page, READY, f"the page {name} opened")
                    settle(page)
                    shown.setdefault(name, elements(page))
                    times[name].append(middle(answers(page, f"a filter on {name}")))
    return [Answers(PAGES[name].title, times[name], rerun(browser, shown[name])) for name in MEASURED]
