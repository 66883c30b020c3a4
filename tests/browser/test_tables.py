"""Other tables on the real dashboard: a real export, a million rows' worth of density, and files that are broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests import server
from tests.conftest import opened
from tests.server import ROOT


def test_a_real_export_shows_marks_and_says_what_it_does_not_tell(reader: BrowserContext, tmp_path: Path) -> None:
    with server.running(ROOT / "tests" / "data" / "ged_extract.csv", tmp_path / "log.txt") as address:
        for screen in opened(reader, address, (1440, 900)):
            screen.open()
            expect(screen.page.get_by_text("This table does not tell:")).to_contain_text("claimant side")
            expect(screen.sentence).to_contain_text("20 reports of 20 incidents")
            screen.page.get_by_role("button", name="All", exact=True).click()
            screen.page.get_by_role("button", name="List marks").click()
            expect(screen.page.locator(".tm-jump").first).to_contain_text("report")


def test_many_rows_are_drawn_as_density_and_picked_exactly(reader: BrowserContext, tmp_path: Path) -> None:
    table = tmp_path / "many.csv"
    lines = ["id,date,latitude,longitude,source"]
    lines += [
        f"r{n},{1990 + n % 30}-01-{1 + n % 28:02d},{38 + (n % 400) / 100},{44 + (n // 400) / 10},s{n % 3}"
        for n in range(20000)
    ]
    table.write_text("\n".join(lines))
    with server.running(table, tmp_path / "log.txt") as address:
        for screen in opened(reader, address, (1440, 900)):
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
            expect(screen.page.locator(".st-key-card")).to_contain_text("not stated")


@pytest.mark.parametrize(
    "content", ["", "id,date\n1,2020-01-01\n", "id,date,latitude,longitude,source\n1,2020-13,40,45,x\n"]
)
def test_a_broken_table_gets_its_message_and_the_page_stays_up(
    reader: BrowserContext, tmp_path: Path, content: str
) -> None:
    table = tmp_path / "broken.csv"
    table.write_text(content)
    with server.running(table, tmp_path / "log.txt") as address:
        for screen in opened(reader, address, (1440, 900)):
            screen.page.goto(address)
            expect(screen.page.get_by_text("broken.csv")).to_be_visible()
            table.write_text("id,date,latitude,longitude,source\n1,2020-10-04,40,45,x\n")
            screen.page.reload()
            expect(screen.sentence).to_contain_text("1 report of 1 incident")
            table.write_text(content)
            screen.page.reload()
            expect(screen.page.get_by_text("broken.csv")).to_be_visible()
            expect(screen.sentence).to_contain_text("1 report of 1 incident")  # the last good table stays
