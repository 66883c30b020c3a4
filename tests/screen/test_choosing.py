"""Pages of incidents begin with the open card or the collection, and others are found by word, date and claimant."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts.choosing import CHOSEN
from geodata.count.choosing import MOST_INCIDENTS, Sought, found
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from tests.server import ROOT

OPEN, OTHER = "2020-shushi-shelling", "2020-10-ganja-airbase-attack"


def app_on(monkeypatch: pytest.MonkeyPatch, **address: str | list[str]) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(ROOT / "events.csv"))
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=60)
    app.query_params.update(page="briefing", **address)
    app.run()
    assert not app.exception
    return app


def options(app: AppTest) -> list[str]:
    return list(app.multiselect(key=CHOSEN).options)


def test_the_choice_begins_with_the_open_card_and_stays_as_the_reader_left_it(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(monkeypatch, incident=OPEN)
    assert app.multiselect(key=CHOSEN).value == [OPEN]
    app.multiselect(key=CHOSEN).set_value([]).run()
    assert app.multiselect(key=CHOSEN).value == [], "what a reader took out does not come back"
    app.button(key="briefing_add_open").click().run()
    app.multiselect(key=CHOSEN).set_value([OPEN, OTHER]).run()
    app.segmented_control(key="page").set_value("map").run()
    app.segmented_control(key="page").set_value("briefing").run()
    assert app.multiselect(key=CHOSEN).value == [OPEN, OTHER]


@pytest.mark.heavy
def test_an_open_card_that_the_view_does_not_show_is_taken_too(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(monkeypatch, incident=OPEN, q="Ganja")
    assert app.multiselect(key=CHOSEN).value == [OPEN]
    app.button(key="briefing_pages_make").click().run()
    assert not app.exception
    assert app.session_state["briefing_pages"].data.startswith(b"%PDF")


def test_the_list_narrows_by_word_date_and_claimant_and_keeps_what_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(monkeypatch, incident=OPEN)
    every = len(options(app))
    app.text_input(key="briefing_words").set_value("Gandzak").run()
    assert 1 < len(options(app)) < every
    app.text_input(key="briefing_day").set_value("Oct 2020").run()
    app.selectbox(key="briefing_speaker").set_value("Azerbaijani officials").run()
    found = [line for line in options(app) if "Azerbaijani officials" in line]
    assert [line.partition(" · ")[0] for line in found] == ["Destruction of Ganja airbase reported"]
    assert app.multiselect(key=CHOSEN).value == [OPEN]
    app.text_input(key="briefing_day").set_value("1905").run()
    assert any("No incident of this view has all of this" in caption.value for caption in app.caption)
    assert app.multiselect(key=CHOSEN).value == [OPEN]


def test_a_date_that_cannot_be_read_is_said_and_narrows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(monkeypatch)
    every = options(app)
    app.text_input(key="briefing_day").set_value("the other day").run()
    assert any("is not a date that can be read" in caption.value for caption in app.caption)
    assert options(app) == every


def test_the_collection_is_taken_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(monkeypatch, collected=[f"{OPEN}~seen by two", OTHER])
    assert app.multiselect(key=CHOSEN).value == []
    app.button(key="briefing_take").click().run()
    assert app.multiselect(key=CHOSEN).value == [OPEN, OTHER]
    assert not [button for button in app.button if button.key == "briefing_take"]


def test_a_larger_collection_gives_its_first_incidents_and_the_button_says_so(
    monkeypatch: pytest.MonkeyPatch, shipped: Dataset
) -> None:
    held = list(found(shipped, Selection(), Sought()).lines)[: MOST_INCIDENTS + 2]
    app = app_on(monkeypatch, collected=held)
    assert app.button(key="briefing_take").label == f"Take the collection (the first {MOST_INCIDENTS} of {len(held)})"
    app.button(key="briefing_take").click().run()
    assert app.multiselect(key=CHOSEN).value == held[:MOST_INCIDENTS]
