"""A table of ten thousand sources: the most cited stand by name on every page, the rest together or found by typing."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts.controls import MOST_CHOICES
from dashboard.screens.contents import PAGES
from dashboard.screens.sources import MOST_OFFERED
from geodata.store.importers import open_table
from geodata.timemap import marks
from tests.screen import html
from tests.server import ROOT

SOURCES = 10_000


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "many.csv"
    lines = (f"{number},2020-10-{number % 28 + 1:02d},40.{number % 90},46.{number % 70},The paper of town number "
             f"{min(number, SOURCES - 1)}" for number in range(SOURCES + 20))  # fmt: skip
    path.write_text("\n".join(("id,date,latitude,longitude,source", *lines)), encoding="utf-8")
    return path


def opened(table: Path, page: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(table))
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    app.query_params["page"] = page
    return app.run()


def test_the_legend_names_nine_and_the_others_together(table: Path) -> None:
    scheme = marks.schemes(open_table(table))["document"]
    first, *_, last = (category.name for category in scheme.categories)
    assert (first, last) == (f"The paper of town number {SOURCES - 1}", "other sources")
    assert len(scheme.categories) == 10


@pytest.mark.heavy
@pytest.mark.parametrize("page", PAGES)
def test_no_page_lists_every_source(table: Path, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(table, page, monkeypatch)
    assert not app.exception
    offered = [*app.selectbox, *app.multiselect]
    if page != "briefing":  # it offers incidents, found by typing
        assert all(len(part.options) <= MOST_OFFERED + 2 for part in offered)
    assert len(app.checkbox) <= MOST_CHOICES
    assert all(part.count("<tr>") < 40 for part in html.shown(app))


def test_a_source_is_found_by_typing_a_part_of_its_name(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(table, "sources", monkeypatch)
    app.text_input(key="find_document").set_value("number 7777").run()
    assert app.selectbox(key="document").value == "The paper of town number 7777"
    assert "## The paper of town number 7777" in [part.value for part in app.markdown]


def test_a_source_to_compare_is_found_by_typing(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(table, "compare", monkeypatch)
    app.text_input(key="find_compared").set_value("number 7777").run()
    assert any("number 7777" in option for option in app.multiselect(key="set_b").options)
