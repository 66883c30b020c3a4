"""Every page on a large table: it shows what it can of it, or says why not, and never fails."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens.contents import PAGES
from geodata.store.dataset import LOCAL_ROWS
from tests.server import ROOT

GED = ROOT / "tests" / "data" / "ged_extract.csv"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(GED))
    monkeypatch.setenv(LOCAL_ROWS, "5")
    return AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=60)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_a_large_table_or_says_what_is_too_many(page: AppTest, name: str) -> None:
    page.query_params["page"] = name
    page.run()
    assert [error.message for error in page.exception] == []
    said = " ".join(box.value for box in page.info)
    assert ("at once" in said) == (PAGES[name].reads_rows and page.session_state["page"] == name)


def test_a_search_without_reports_on_a_large_table_offers_a_way_out(page: AppTest) -> None:
    page.query_params["q"] = "zzzzqqq"
    page.run()
    assert [error.message for error in page.exception] == []
