"""The script's own rules, run in the browser beside Python's on the same rows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page

from geodata import timemap
from geodata.count import counting
from geodata.model import dates
from geodata.model.selection import Selection, select
from geodata.store.dataset import Dataset
from geodata.timemap import marks

EPOCH = date(1970, 1, 1)


@pytest.fixture
def page(browser: Browser, shipped: Dataset) -> Iterator[Page]:
    """A blank page that holds ``table``, the shipped reports as the script has them."""
    opened = browser.new_page()
    opened.add_script_tag(content=timemap.joined("days", "table"))
    columns = marks.columns(shipped, shipped.fetch(shipped.reports.order_by("row")))
    arrays = {"lon": "Float32Array", "lat": "Float32Array", "radius": "Uint16Array", "first": "Int32Array",
              "last": "Int32Array", "side": "Uint8Array", "kind": "Uint8Array", "source": "Uint16Array",
              "flags": "Uint16Array"}  # fmt: skip
    opened.evaluate(
        """([arrays, columns, flags]) => { globalThis.flags = flags;
        globalThis.table = new Table(Object.fromEntries(Object.entries(arrays)
        .map(([name, type]) => [name, globalThis[type].from(columns[name])])), flags); }""",
        [arrays, {name: columns[name].to_pylist() for name in arrays}, marks.FLAGS],
    )
    yield opened
    opened.close()


def day(number: date) -> int:
    return (number - EPOCH).days


@pytest.mark.parametrize("surely", [False, True])
def test_the_browser_and_the_engine_find_the_same_rows_for_any_window(
    page: Page, shipped: Dataset, surely: bool
) -> None:
    choose = random.Random(7)
    for _ in range(40):
        first = date(1985, 1, 1) + timedelta(days=choose.randrange(15_000))
        last = first + timedelta(days=choose.choice([0, 1, 30, 400, 9_000]))
        chosen = Selection(first=first, last=last, surely=surely)
        expected = shipped.fetch(select(shipped.reports, chosen).order_by("row"))["row"].to_pylist()
        window = {"first": day(first), "last": day(last), "surely": surely}
        assert page.evaluate("window => Array.from(table.rowsIn(window))", window) == expected, (first, last)


def test_a_span_that_began_long_before_a_window_is_found(page: Page) -> None:
    found = page.evaluate(
        """() => {
        const many = 5000;
        const first = Int32Array.from({ length: many }, (_, at) => at);
        const last = first.slice();
        last[3] = 4900;
        const [zero, flat] = [new Uint8Array(many), new Float32Array(many)];
        const columns = { first, last, lon: flat, lat: flat, radius: new Uint16Array(many), side: zero, kind: zero };
        const long = new Table({ ...columns, source: new Uint16Array(many), flags: zero }, flags);
        return Array.from(long.rowsIn({ first: 4890, last: 4891 })); }"""
    )
    assert found == [3, 4890, 4891]


def test_the_mask_keeps_exactly_its_rows(page: Page, shipped: Dataset) -> None:
    azerbaijani = Selection(sides=("azerbaijani",))
    kept = shipped.fetch(select(shipped.reports, azerbaijani).order_by("row").select("row"))["row"]
    rows = page.evaluate(
        """mask => { table.setMask(Uint8Array.from(atob(mask), sign => sign.charCodeAt(0)));
        const rows = Array.from(table.rowsIn(null)); table.setMask(null); return rows; }""",
        marks.mask(counting.selection_mask(shipped, azerbaijani)),
    )
    assert rows == kept.to_pylist()


def test_whole_months_stay_whole_when_a_window_moves(page: Page) -> None:
    moved = page.evaluate(
        "([first, last]) => shiftedWindow({ first, last }, 'month', 1)", [day(date(2020, 1, 1)), day(date(2020, 1, 31))]
    )
    assert moved == {"first": day(date(2020, 2, 1)), "last": day(date(2020, 2, 29))}


def test_the_open_ends_are_the_same_days_in_both_languages(page: Page) -> None:
    assert page.evaluate("[OPEN_START, OPEN_END]") == [day(dates.OPEN_START), day(dates.OPEN_END)]
