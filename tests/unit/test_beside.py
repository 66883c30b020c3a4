"""What is written beside a table and the record of it: who, when, what; refused where the reader may only read."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.state import beside, opened
from geodata.exports.pack import packed
from geodata.model.faults import InvalidData
from geodata.model.mapping import TableMapping
from geodata.store import writing
from geodata.store.geocoding import decisions
from geodata.store.geocoding.decisions import BLANK, Decision
from geodata.store.importers import kept, open_table
from geodata.store.writing import Unwritten

BERD = Decision(place="Berd", decision=BLANK)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "incidents.csv"
    path.write_text("event_id,location\n1,Berd\n", encoding="utf-8")
    return path


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / beside.AUDIT).read_text(encoding="utf-8").splitlines()]


def test_each_write_has_a_line_that_says_who_when_and_what(table: Path) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    beside.put_decisions(table, lambda _: [BERD], 1)
    beside.put_mapping(table, TableMapping(incident_id="event_id"))
    first, second = lines(table.parent)
    assert before <= datetime.fromisoformat(first.pop("when")) <= datetime.now(UTC)
    assert first == {
        "who": "alone", "action": "decide places", "file": "incidents.places.csv", "counts": {"decisions": 1},
    }  # fmt: skip
    assert second["action"] == "keep mapping"
    assert second["file"] == "incidents.csv.attest.yaml"
    assert second["when"].endswith("+00:00")
    assert decisions.read(decisions.path_beside(table)) == [BERD]
    assert kept.read(table) == TableMapping(incident_id="event_id")


def test_a_case_has_one_record_and_a_line_names_the_table_by_its_folder(
    tables_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = shutil.copytree(tables_folder, tmp_path / "case")
    monkeypatch.setenv("ATTEST_EVENTS", str(case / "events.csv"))
    beside.put_decisions(case / "tables" / "ged.csv", lambda _: [BERD], 1)
    [line] = lines(case)
    assert line["file"] == "tables/ged.places.csv"
    assert b"attest-audit" not in packed(open_table(case), case), "who passes the case on passes no names on"


def test_a_write_that_fails_is_told_in_the_record_too(table: Path) -> None:
    decisions.path_beside(table).mkdir()
    with pytest.raises(Unwritten, match="it is a folder"):
        beside.put_decisions(table, lambda _: [BERD], 1)
    begun, failed = lines(table.parent)
    assert "failed" not in begun
    assert failed["failed"] == "incidents.places.csv cannot be written: it is a folder"


def test_where_the_record_cannot_be_written_nothing_is(table: Path) -> None:
    (table.parent / beside.AUDIT).mkdir()
    with pytest.raises(Unwritten, match=beside.AUDIT):
        beside.put_decisions(table, lambda _: [BERD], 1)
    assert not decisions.path_beside(table).exists()


def test_a_line_cut_by_a_power_cut_does_not_swallow_the_next(table: Path) -> None:
    (table.parent / beside.AUDIT).write_text('{"when": "2026-01-01T00:0', encoding="utf-8")
    beside.put_decisions(table, lambda _: [BERD], 1)
    cut, whole = (table.parent / beside.AUDIT).read_text(encoding="utf-8").splitlines()
    assert cut == '{"when": "2026-01-01T00:0'
    assert json.loads(whole)["file"] == "incidents.places.csv"


def test_a_name_with_a_line_feed_stays_in_its_line(tmp_path: Path) -> None:
    table = tmp_path / 'in\n{"who": "eve"}.csv'
    beside.put_decisions(table, lambda _: [BERD], 1)
    [line] = lines(tmp_path)
    assert line["file"] == 'in\n{"who": "eve"}.places.csv'


@pytest.mark.parametrize("way", ["reading", "signed-in"])
def test_who_may_only_read_writes_nothing_and_leaves_no_line(
    table: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setenv("ATTEST_ACCESS", way)
    before = {path: writing.mark(path) for path in table.parent.iterdir()}
    with pytest.raises(Unwritten, match="open for reading"):
        beside.put_decisions(table, lambda _: [BERD], 1)
    with pytest.raises(Unwritten, match="open for reading"):
        beside.put_mapping(table, TableMapping(incident_id="event_id"))
    with pytest.raises(InvalidData, match="no files are taken in"):
        opened.upload("a.csv", b"date\n2020\n")
    with pytest.raises(InvalidData, match="no files are taken in"):
        opened.Folder().keep("a.csv", b"date\n2020\n")
    with pytest.raises(InvalidData, match="stays as it is"):
        opened.read_with(TableMapping(incident_id="event_id"))
    assert {path: writing.mark(path) for path in table.parent.iterdir()} == before
