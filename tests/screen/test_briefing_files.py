"""A file that was made for a briefing is kept for its button, and no longer than its view."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.state.made import MADE
from tests.server import ROOT


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(ROOT / "events.csv"))
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=60)
    app.query_params.update(page="briefing", incident="2020-shushi-shelling", q="Shushi")
    return app.run()


def made(app: AppTest) -> list[Any]:
    return [app.session_state[key] for key in MADE if key in app.session_state]


def make_pages_and_picture(app: AppTest) -> None:
    app.button(key="briefing_pages_make").click().run()
    app.button(key="briefing_make").click().run()
    assert not app.exception


def make_both(app: AppTest) -> None:
    make_pages_and_picture(app)
    assert [file.name for file in made(app)] == [
        "armenian-azerbaijani-conflict_shushi_core_map.png",
        "armenian-azerbaijani-conflict_2020-shushi-shelling.pdf",
    ]


def told(app: AppTest) -> list[str]:
    return [info.value for info in app.info if "has changed since" in info.value]


@pytest.mark.heavy
def test_a_file_stays_while_its_view_does(app: AppTest) -> None:
    make_both(app)
    app.segmented_control(key="page").set_value("map").run()
    app.segmented_control(key="page").set_value("briefing").run()
    assert [bool(file.data) for file in made(app)] == [True, True]
    assert told(app) == []


@pytest.mark.heavy
def test_a_file_goes_when_the_view_changes_on_another_page(app: AppTest) -> None:
    make_both(app)
    app.segmented_control(key="page").set_value("map").run()
    app.toggle(key="deaths").set_value(True).run()
    assert made(app) == [None, None]


@pytest.mark.heavy
def test_a_file_goes_when_something_else_is_asked_for_and_the_page_says_so(app: AppTest) -> None:
    make_both(app)
    app.selectbox(key="briefing_form").select("svg").run()
    app.segmented_control(key="briefing_pages_form").set_value("md").run()
    assert made(app) == [None, None]
    assert len(told(app)) == 2


def test_no_address_that_only_this_machine_can_open_is_printed(app: AppTest) -> None:
    assert any("No link is printed: localhost:8501" in caption.value for caption in app.caption)
    app.segmented_control(key="briefing_pages_form").set_value("md")
    make_pages_and_picture(app)
    picture, pages = made(app)
    for text in (picture.caption, pages.data.decode()):
        assert "localhost" not in text
        assert "This view:" not in text


@pytest.mark.heavy
def test_prints_link_to_the_public_address_that_the_author_gave_once(app: AppTest) -> None:
    app.segmented_control(key="briefing_pages_form").set_value("md")
    app.text_input(key="public_address").set_value("https://maps.example.org/attest").run()
    make_pages_and_picture(app)
    picture, pages = made(app)
    for text in (picture.caption, pages.data.decode()):
        assert re.search(r"This view: <?https://maps\.example\.org/attest\?\S*q=Shushi", text)
    app.segmented_control(key="page").set_value("download").run()
    assert any(code.value.startswith("https://maps.example.org/attest?") for code in app.code)
    assert not any("localhost" in code.value for code in app.code)
    app.segmented_control(key="page").set_value("briefing").run()
    assert app.text_input(key="public_address").value == "https://maps.example.org/attest"
    app.text_input(key="public_address").set_value("").run()
    assert made(app) == [None, None], "they bear a link that is asked for no longer"


@pytest.mark.parametrize("given", ["javascript:alert(1)", "maps.example.org", "http://192.168.1.20/"])
def test_what_is_no_public_address_is_refused_and_not_printed(app: AppTest, given: str) -> None:
    app.text_input(key="public_address").set_value(given).run()
    assert any("No link is printed" in warning.value for warning in app.warning)
    app.button(key="briefing_make").click().run()
    assert "This view:" not in made(app)[0].caption


def _extents() -> None:
    import streamlit as st

    from dashboard.screens import briefing
    from dashboard.state import link

    def extent(stands: str) -> tuple[float, ...]:
        link.learn(stands)
        return briefing._extent()

    looks = "camera=40,47,8"
    st.session_state["extents"] = [extent(looks + more) for more in ("", "&size=1100,640", "&size=2200,640", "&size=x")]


def test_as_on_screen_is_as_wide_as_the_map_was() -> None:
    app = AppTest.from_function(_extents).run()
    assert not app.exception
    unknown, usual, wide, edited = app.session_state["extents"]
    assert unknown == usual == edited
    assert wide[2] - wide[0] == pytest.approx(2 * (usual[2] - usual[0]))
    assert wide[1::2] == pytest.approx(usual[1::2])
