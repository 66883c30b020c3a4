"""What the map tells of the collection: the last message alone is enough, and what the map cannot know stays."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from dashboard.state import collected
from geodata.store.dataset import Dataset

ELSEWHERE = "an-incident-of-another-table"


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    held: dict[str, Any] = {collected.TEXTS: [f"{ELSEWHERE}~kept"]}
    monkeypatch.setattr(st, "session_state", held)
    return held


def rows_by_incident(dataset: Dataset) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in dataset.fetch(dataset.reports.select("row", "incident_id").order_by("row")).to_pylist():
        found.setdefault(row["incident_id"], []).append(row["row"])
    return found


@pytest.mark.usefixtures("state")
def test_incidents_that_the_table_does_not_have_stay_when_the_map_tells_of_others(small: Dataset) -> None:
    (first, rows), (second, others), *_ = rows_by_incident(small).items()
    collected.take_from_map(small, dict.fromkeys(rows, "a  note") | dict.fromkeys(others, ""), set())
    assert collected.now().notes == {ELSEWHERE: "kept", first: "a note", second: ""}
    collected.take_from_map(small, dict.fromkeys(others, ""), set(rows))
    assert collected.now().notes == {ELSEWHERE: "kept", second: ""}


def test_a_note_to_one_report_is_that_of_its_incident_and_the_map_is_told_so(
    small: Dataset, state: dict[str, Any]
) -> None:
    incident, rows = next((name, rows) for name, rows in rows_by_incident(small).items() if len(rows) > 1)
    none = dict.fromkeys(rows, "")
    for written in (rows[0], rows[-1]):
        collected.take_from_map(small, none, set())
        collected.take_from_map(small, none | {written: "seen"}, set())
        assert collected.now().notes[incident] == "seen"
        assert state["collected_set"]
        all_know = collected.told(small)["notes"]
        assert all_know == dict.fromkeys(rows, "seen")
        collected.take_from_map(small, all_know | {written: ""}, set())
        assert collected.now().notes[incident] == ""
    assert collected.told(small)["incidents"] == 2, "that of another table is in it too"


def test_a_map_that_knows_all_rows_is_told_nothing_and_one_that_knows_some_is_told_the_others(
    small: Dataset, state: dict[str, Any]
) -> None:
    incident, rows = next((name, rows) for name, rows in rows_by_incident(small).items() if len(rows) > 1)
    collected.take_from_map(small, dict.fromkeys(rows, ""), set())
    assert "collected_set" not in state
    collected.take_from_map(small, {}, set(rows))
    collected.take_from_map(small, {rows[0]: ""}, set())
    assert state["collected_set"] == 1
    assert incident in collected.now().notes
    collected.take_from_map(small, dict.fromkeys(rows[:-1], ""), {rows[-1]})
    assert incident not in collected.now().notes
