"""The pages about who says what, measured: from a click on a filter to the page's answer, on two tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import made_up
from benchmarks.attest import dashboard_on
from benchmarks.empty import BOXES, in_turn
from benchmarks.measure import awaited, middle, page_of, settle
from dashboard.screens.contents import PAGES
from tests.server import ROOT

MEASURED = ("compare", "disagreements", "who-is-heard", "sources")
ROWS = 100_000

READY = f"() => {BOXES}.length > 0 && document.querySelector('.st-key-page') !== null"


@dataclass(frozen=True)
class Answers:
    """Medians in milliseconds of a page on a table, and of an empty page with as many elements."""

    title: str
    table: str
    took: float | None
    empty: float | None


def measured(browser: Browser, folder: Path) -> list[Answers]:
    """Each page on the shipped table and on `ROWS` made-up rows, each beside an empty one."""
    made = folder / f"pages-{ROWS}.parquet"
    made_up.write(made_up.table(ROWS, 1), made)
    tables = {"the shipped table": ROOT / "events.csv", f"{ROWS:,} rows": made}
    return [found for table, path in tables.items() for found in _of_table(browser, table, path)]


def _of_table(browser: Browser, table: str, path: Path) -> Iterator[Answers]:
    with dashboard_on(path) as server:
        for name in MEASURED:
            with page_of(browser) as page:
                page.goto(f"{server.address}/?page={name}")
                awaited(page, READY, f"the page {name} opened")
                settle(page)
                took, empty = in_turn(browser, page)
                yield Answers(PAGES[name].title, table, middle(took), middle(empty))
