"""A file that was made for a briefing is kept for its button, and no longer than its view."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens.briefing import MADE
from tests.server import ROOT


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(ROOT / "events.csv"))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    app.query_params.update(view="briefing", incident="2020-shushi-shelling", q="Shushi")
    return app.run()


def made(app: AppTest) -> list[Any]:
    return [app.session_state[key] for key in MADE if key in app.session_state]


def make_both(app: AppTest) -> None:
    app.button(key="briefing_pages_make").click().run()
    app.button(key="briefing_make").click().run()
    assert not app.exception
    assert [file.name for file in made(app)] == ["attest-briefing.png", "attest-briefing.pdf"]


def told(app: AppTest) -> list[str]:
    return [info.value for info in app.info if "has changed since" in info.value]


def test_a_file_stays_while_its_view_does(app: AppTest) -> None:
    make_both(app)
    app.segmented_control(key="view").set_value("reports").run()
    app.segmented_control(key="view").set_value("briefing").run()
    assert [bool(file.data) for file in made(app)] == [True, True]
    assert told(app) == []


def test_a_file_goes_when_the_view_changes_on_another_page(app: AppTest) -> None:
    make_both(app)
    app.segmented_control(key="view").set_value("reports").run()
    app.toggle(key="deaths").set_value(True).run()
    assert made(app) == [None, None]


def test_a_file_goes_when_something_else_is_asked_for_and_the_page_says_so(app: AppTest) -> None:
    make_both(app)
    app.selectbox(key="briefing_form").select("svg").run()
    app.segmented_control(key="briefing_pages_form").set_value("md").run()
    assert made(app) == [None, None]
    assert len(told(app)) == 2
