"""Every page on a large table: it shows what it can of it, or says why not, and never fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts import timemap
from dashboard.parts.overview import Overview
from dashboard.screens.contents import PAGES
from geodata.store.dataset import LOCAL_ROWS
from tests.screen.order import listened
from tests.server import ROOT

GED = ROOT / "tests" / "data" / "ged_extract.csv"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    """Of a copy, for the program keeps a table that it has read, and another test may have read this one as small."""
    monkeypatch.setenv("ATTEST_EVENTS", str(shutil.copy(GED, tmp_path)))
    monkeypatch.setenv(LOCAL_ROWS, "5")
    return AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=60)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_a_large_table_or_says_what_is_too_many(page: AppTest, name: str) -> None:
    page.query_params["page"] = name
    page.run()
    assert [error.message for error in page.exception] == []
    said = " ".join(box.value for box in page.info)
    assert ("choose fewer" in said) == (PAGES[name].reads_rows and page.session_state["page"] == name)


@pytest.mark.parametrize("most", [1, 5])
def test_the_incidents_of_two_sets_are_listed_at_once_or_when_they_are_asked_for(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setenv(LOCAL_ROWS, str(most))
    page.query_params["page"] = "compare"
    page.run()
    assert [error.message for error in page.exception] == []
    assert any("only in A" in one.value for one in page.markdown) == (most == 5)
    if most == 1:
        page.session_state["told"] = True
        page.run()
        assert any("only in A" in one.value for one in page.markdown)


@pytest.mark.parametrize(
    ("name", "limit"), [("by-area", "at_places.MOST_PLACES"), ("disagreements", "disagreements.MOST_COMPARED")]
)
def test_a_page_that_the_engine_counts_says_what_is_too_many(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, limit: str
) -> None:
    monkeypatch.setenv("ATTEST_EVENTS", str(shutil.copy(GED, tmp_path)))  # what was answered of GED is remembered
    monkeypatch.setattr(f"geodata.count.{limit}", -1)  # no incident of these is told twice
    page.query_params["page"] = name
    page.run()
    assert [error.message for error in page.exception] == []
    [told] = [box.value for box in page.info if "choose fewer" in box.value]
    assert told.startswith(f"{PAGES[name].title}: up to -1 ")


def test_a_search_without_reports_on_a_large_table_offers_a_way_out(page: AppTest) -> None:
    page.query_params["q"] = "zzzzqqq"
    page.run()
    assert [error.message for error in page.exception] == []


def test_the_words_of_a_large_table_are_counted_after_its_map_is_sent(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = listened(monkeypatch, words=(Overview, "tell"), map=(timemap, "show"))
    page.run()
    assert came == ["map", "words"]
    assert page.main.markdown, "the words are there"
