"""What a server does at once, told on the page: readers, rows of a file, and work in its turn."""

from __future__ import annotations

import gc

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.server.options import options
from dashboard.state import seats
from geodata.formats import EXPORTS
from tests.conftest import SMALL
from tests.server import ROOT


@pytest.fixture(autouse=True)
def small_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_EVENTS", str(SMALL / "events.csv"))


def limited(monkeypatch: pytest.MonkeyPatch, name: str, value: int) -> None:
    monkeypatch.setenv(f"ATTEST_{name.upper()}", str(value))
    options.cache_clear()


def opened(page: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    if page:
        app.query_params["page"] = page
    return app.run()


def test_one_reader_too_many_is_told_so_and_comes_in_once_another_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    gc.collect()
    limited(monkeypatch, "sessions", len(seats._TAKEN) + 1)
    first, second = opened(), opened()
    assert not first.error
    [told] = second.error
    assert "readers at a time" in told.value
    assert not second.main.markdown, "nothing of the table is on that page"
    first.run()
    assert not first.error, "who is here stays"
    del first
    second.run()
    assert not second.error


def test_a_view_too_large_for_memory_is_told_so_and_only_what_is_sent_in_parts_is_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limited(monkeypatch, "rows_in_memory", 3)
    app = opened("download")
    [said] = [one.value for one in app.info if "more than 3 reports" in one.value]
    assert "CSV, GeoParquet, GeoJSON and KML are sent as they are written" in said
    buttons = {one.proto.label: one.proto for one in app.get("download_button")}
    links = {one.proto.label: one.proto.url for one in app.get("link_button")}
    for ending, offered in EXPORTS.items():
        if offered.in_parts:
            assert f"/file/{ending}?" in links[offered.name]
        else:
            assert buttons[offered.name].disabled is not offered.is_small, offered.name


def test_a_view_too_large_for_memory_is_not_printed_and_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, "rows_in_memory", 3)
    app = opened("briefing")
    assert [one for one in app.info if "more than 3 reports" in one.value]
    assert app.button(key="briefing_make").disabled
    assert app.button(key="briefing_film_make").disabled


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ATTEST_FRAME_ANCESTORS", "https://school.example", "Only pages of https"),
        ("ATTEST_FRAME_ANCESTORS", "*", ""),
        ("ATTEST_HOSTS", "maps.example.org", ""),
        ("ATTEST_SESSIONS", "10", "Only pages of this machine may show it until the server has a public name."),
    ],
)
def test_beside_the_code_of_a_frame_stands_which_pages_may_show_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    options.cache_clear()
    [about] = [one.value for one in opened("download").caption if "As wide as its place" in one.value]
    assert said in about
    assert ("may show it" in about) is bool(said)


def test_a_view_that_fits_has_every_button_and_no_word_about_memory() -> None:
    app = opened("download")
    assert not [one for one in app.info if "in memory" in one.value]
    assert len(app.get("download_button")) >= len(EXPORTS)
    assert not [one.proto.label for one in app.get("download_button") if one.proto.disabled]
