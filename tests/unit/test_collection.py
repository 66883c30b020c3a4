"""A collection: what a link and a file keep of it, and what is said of a file that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.model.collection import MOST, Collection
from geodata.model.faults import InvalidData
from geodata.store import collection_file
from geodata.store.dataset import Dataset

FIRST, SECOND = "2023-10-armenia-blinken-warning", "undated-armenia-aliyev-threats"


@pytest.mark.parametrize("incident", [FIRST, "a~b", "7%7E", "Ağdərə – 3 ~", "a&b=c d"])
@pytest.mark.parametrize("note", ["", "ask for the day", "either ~ or", "100 % & more"])
def test_the_texts_of_a_link_give_the_same_collection_back(incident: str, note: str) -> None:
    collection = Collection("first set").having([incident, SECOND]).noted(incident, note)
    assert Collection.of(collection.name, collection.texts()) == collection


def test_what_is_taken_in_twice_keeps_its_place_and_its_note() -> None:
    collection = Collection().having([FIRST, SECOND]).noted(FIRST, "look again").having([SECOND, FIRST])
    assert list(collection.notes.items()) == [(FIRST, "look again"), (SECOND, "")]
    assert collection.without([FIRST]).ids == (SECOND,)
    assert collection.noted("not in it", "x") == collection


def test_a_note_is_one_line() -> None:
    assert Collection().having([FIRST]).noted(FIRST, " two\n lines ").notes[FIRST] == "two lines"


def test_a_collection_holds_no_more_than_a_person_can_look_through() -> None:
    assert len(Collection().having(map(str, range(MOST + 7))).ids) == MOST


def test_a_long_collection_does_not_fit_a_link() -> None:
    assert Collection().having([FIRST, SECOND]).fits_a_link
    assert not Collection().having(f"2020-10-incident-number-{number}" for number in range(300)).fits_a_link


def test_a_file_gives_the_same_collection_back_with_titles_for_a_reader(shipped: Dataset, tmp_path: Path) -> None:
    collection = Collection("For, the briefing").having([SECOND, FIRST]).noted(FIRST, 'said "once"')
    path = tmp_path / "set.csv"
    path.write_text(collection_file.text(collection, shipped), encoding="utf-8-sig")
    assert "Statement on a possible Azerbaijani invasion of Armenia" in path.read_text(encoding="utf-8-sig")
    assert collection_file.read(path, shipped) == collection


def test_each_line_of_a_file_that_cannot_be_read_is_told(shipped: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text(f"incident_id,title,note,collection\n{FIRST},,,x\n{SECOND}s,,,x\n,,no id,x\n")
    with pytest.raises(InvalidData) as raised:
        collection_file.read(path, shipped)
    told = [str(fault) for fault in raised.value.faults]
    assert len(told) == 2
    assert told[0].startswith("set.csv line 3, incident_id: ") and f"did you mean '{SECOND}'?" in told[0]
    assert told[1].startswith("set.csv line 4, incident_id: ")


def test_a_file_of_another_kind_is_refused(shipped: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name,age\nx,3\n")
    with pytest.raises(InvalidData, match="incident_id"):
        collection_file.read(path, shipped)
