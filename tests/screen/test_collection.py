"""The collection beside the chips: its fields show what it holds, and it leaves a filter of others alone."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.state import collected
from tests.server import ROOT

FIRST, SECOND = "2020-shushi-shelling", "2020-10-ganja-airbase-attack"
NOTE = f"collected_note_{FIRST}"


def app_on(monkeypatch: pytest.MonkeyPatch, **address: list[str]) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(ROOT / "events.csv"))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    app.query_params.update(address)
    app.run()
    assert not app.exception
    return app


def test_a_note_that_another_place_has_changed_stands_in_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(monkeypatch, collected=[f"{FIRST}~before"])
    app.text_input(key=NOTE).set_value("mine").run()
    app.session_state[collected.TEXTS] = [f"{FIRST}~of the card"]
    app.run()
    assert app.text_input(key=NOTE).value == "of the card"


def test_the_switch_follows_a_chip_that_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(monkeypatch, collected=[FIRST])
    app.toggle(key="collection_alone").set_value(True).run()
    assert app.session_state["incidents"] == (FIRST,)
    app.button(key="chip_incidents").click().run()
    assert app.toggle(key="collection_alone").value is False


def test_a_filter_of_other_incidents_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(monkeypatch, incidents=[FIRST, SECOND], collected=[FIRST])
    assert app.toggle(key="collection_alone").value is False
    app.text_input(key=NOTE).set_value("a note").run()
    assert set(app.session_state["incidents"]) == {FIRST, SECOND}


def test_shown_alone_the_filter_follows_the_collection(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(monkeypatch, collected=[FIRST, SECOND])
    app.toggle(key="collection_alone").set_value(True).run()
    app.button(key="collected_out_0").click().run()
    assert app.session_state["incidents"] == (SECOND,)
