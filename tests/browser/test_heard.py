"""The page Who is heard: its sentence, its tables and its bars follow the filters."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import go
from tests.conftest import Screen


@pytest.mark.heavy
def test_who_is_heard_follows_the_filters(screen: Screen) -> None:
    page = go(screen, "?page=who-is-heard")
    said = page.locator("[data-testid=stHeading] h2, .stMarkdown h2").first
    expect(said).to_contain_text("come from Armenian claimants")
    before = said.inner_text()
    page.locator('[class*="st-key-sides-azerbaijani"] label').click()
    expect(said).not_to_have_text(before)
    expect(said).to_contain_text("none comes from Armenian claimants")
    expect(page.get_by_role("region", name="On whom harm is said to fall")).to_be_visible()
    bars = page.get_by_role("img", name=re.compile("Bars of the reports of each year"))
    expect(bars).to_be_visible()
    told = sum(int(part.rpartition(" ")[2]) for part in bars.locator("title").all_text_contents())
    expect(page.get_by_test_id("stText")).to_be_hidden()  # what the passage sets out
    rest = re.search(r"(\d+) others are not in it", page.locator(".attest-passage").inner_text())
    assert rest and f"Of {told + int(rest[1])} reports shown" in said.inner_text()
