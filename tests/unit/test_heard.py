"""What a map tells the page: each message is acted on once, in its order, whatever is told again."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from dashboard.parts import timemap


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def tell(session: dict[str, Any], teller: str, *messages: tuple[int, str, object]) -> None:
    session["map"] = {"told": {"teller": teller, "messages": [list(message) for message in messages]}}
    timemap._told("map", "any table")


def test_all_that_a_map_tells_at_once_is_acted_on(session: dict[str, Any]) -> None:
    tell(session, "a", (1, "window", ["2016-04-02", "2016-04-05"]), (2, "select", timemap.CLOSED), (3, "area", []))
    assert str(session["first"]) == "2016-04-02"
    assert str(session["last"]) == "2016-04-05"
    assert session["incident"] == ""
    assert session["area"] is None


def test_a_message_that_comes_again_changes_nothing(session: dict[str, Any]) -> None:
    window = (1, "window", ["2016-04-02", "2016-04-05"])
    tell(session, "a", window)
    session.update(first=None, last=None)  # cleared by the reader since
    tell(session, "a", window, (2, "area", [46, 39, 47, 40]))
    assert session["first"] is session["last"] is None
    assert session["area"].west == 46


def test_a_map_that_is_drawn_anew_is_heard_from_its_first_message(session: dict[str, Any]) -> None:
    tell(session, "a", (1, "area", []), (2, "area", []))
    tell(session, "b", (1, "window", []), (2, "area", [46, 39, 47, 40]))
    assert session["area"].north == 40
    assert session[timemap._heard("map")] == {"teller": "b", "number": 2}
