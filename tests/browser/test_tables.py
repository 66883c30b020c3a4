"""Other tables on the real dashboard: files that are broken, a real export, and enough rows for a density.

One server follows them all: it starts on an empty file, and each test writes its table there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests import server
from tests.conftest import Screen, opened
from tests.server import ROOT

pytestmark = pytest.mark.heavy

HEAD = "id,date,latitude,longitude,source\n"


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    table = tmp_path_factory.mktemp("other") / "other.csv"
    table.touch()
    with server.running(table, table.with_suffix(".log")) as address:
        yield table, address


@pytest.fixture
def table(other: tuple[Path, str]) -> Path:
    return other[0]


@pytest.fixture
def screen(reader: BrowserContext, other: tuple[Path, str]) -> Iterator[Screen]:
    yield from opened(reader, other[1], (1440, 900))


def test_a_broken_table_gets_its_message_and_the_page_stays_up(screen: Screen, table: Path) -> None:
    screen.page.goto(screen.address)
    fault = screen.page.get_by_text("other.csv")
    expect(fault).to_be_visible()
    for rows, broken in enumerate(("", HEAD, "\x89PNG\r\n\x1a\n"), start=1):
        table.write_text(HEAD + "".join(f"{n},2020-10-04,40,45,x\n" for n in range(rows)))
        screen.page.reload()
        last_good = f"{rows} report{'s' if rows > 1 else ''} of {rows} incident"
        expect(screen.sentence).to_contain_text(last_good)
        expect(fault).to_have_count(0)
        table.write_bytes(broken.encode("latin-1"))
        screen.page.reload()
        expect(fault).to_be_visible()
        expect(screen.sentence).to_contain_text(last_good)


def test_a_real_export_shows_marks_and_says_what_it_does_not_tell(screen: Screen, table: Path) -> None:
    shutil.copyfile(ROOT / "tests" / "data" / "ged_extract.csv", table)
    screen.open()
    expect(screen.page.get_by_text("This table does not tell")).to_contain_text("sides")
    expect(screen.sentence).to_contain_text("24 reports of 20 incidents")
    screen.page.get_by_role("button", name="All", exact=True).click()
    screen.page.get_by_role("button", name="List marks").click()
    expect(screen.page.locator(".tm-jump").first).to_contain_text("report")


def test_many_rows_are_drawn_as_density_and_picked_exactly(screen: Screen, table: Path) -> None:
    rows = (
        f"r{n},{1990 + n % 30}-01-{1 + n % 28:02d},{38 + (n % 400) / 100},{44 + (n // 400) / 10},s{n % 3}\n"
        for n in range(20000)
    )
    table.write_text(HEAD + "".join(rows))
    screen.open()
    expect(screen.page.locator(".tm-density")).to_contain_text("Many reports")
    found = screen.page.locator(".tm").evaluate(
        """root => { const map = root.attest.views[0]; const row = 12345; const point = map.project(row);
        const item = map.itemAt({x: point[0], y: point[1]});
        return item && item.rows.slice(0, 200).includes(row); }"""
    )
    assert found, "the report under the pointer is among those picked"
    chosen = screen.page.locator(".tm").evaluate(
        """root => { const map = root.attest.views[0]; root.attest.choose(12345);
        return [map.density, map.items.filter(item => item.chosen).length]; }"""
    )
    assert chosen == [1, 1], "what is selected is drawn over the density"
    expect(screen.page.locator(".tm-panel")).to_contain_text("not stated")
