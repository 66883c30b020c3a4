"""A search finds a place by any spelling, with a slip of the pen too, and says which place it took."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geodata.count.search import understand
from geodata.model.selection import Selection, select
from geodata.model.text import fold
from geodata.store.dataset import Dataset
from geodata.store.load import load


def places_found(dataset: Dataset, text: str) -> set[str]:
    chosen = Selection(text=understand(dataset, text).text)
    return set(dataset.fetch(select(dataset.reports, chosen).select("place_id"))["place_id"].to_pylist())


def rows_found(dataset: Dataset, text: str) -> dict[int, str]:
    """The rows that a search finds, with their folded words."""
    chosen = Selection(text=understand(dataset, text).text)
    found = dataset.fetch(select(dataset.reports, chosen).select("row", "words")).to_pylist()
    return {row["row"]: row["words"] for row in found}


@pytest.mark.heavy
@pytest.mark.slow
def test_every_name_of_a_place_finds_the_same_rows(shipped: Dataset) -> None:
    rows = shipped.fetch(shipped.reports.select("row", "place_id")).to_pylist()
    for place_id in {row["place_id"] for row in rows} & shipped.places.keys():
        found = {name: rows_found(shipped, name) for name in shipped.places[place_id].names}
        common = set.intersection(*map(set, found.values()))
        assert {row["row"] for row in rows if row["place_id"] == place_id} <= common
        for name, more in found.items():
            apart = [words for row, words in more.items() if row not in common]
            assert not [words for words in apart if f" {fold(name)}" in f" {words}"], name
            assert not apart or " " in fold(name), "only the words of a long name may occur apart"


def test_a_report_that_names_a_town_in_its_text_alone_is_found_by_either_partys_name(shipped: Dataset) -> None:
    assert "ganja_airbase" in places_found(shipped, "Stepanakert") & places_found(shipped, "Xankəndi")
    assert rows_found(shipped, "Stepanakert Ganja").keys() == rows_found(shipped, "Xankəndi Gəncə").keys() != set()


def test_a_name_of_two_places_is_told_and_the_other_names_of_each_find_it_alone(table_copy: Path) -> None:
    rows = list(csv.DictReader(table_copy.read_text(encoding="utf-8").splitlines()))
    rows[0].update(place="Martuni", place_id="martuni_gegharkunik", place_role="event", precision="settlement")
    rows[0].update(latitude="40.1403", longitude="45.3023")
    with table_copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    both = load(table_copy)
    assert {"martuni_nk", "martuni_gegharkunik"} <= places_found(both, "Martuni")
    assert "is a name of 2 places, all searched" in understand(both, "Martuni").notes[0]
    assert "martuni_gegharkunik" not in places_found(both, "Xocavənd")
    assert "martuni_nk" not in places_found(both, "Aşağı Qaranlıq")


@pytest.mark.parametrize(
    "spelling",
    ["Stepanakert", "Stepanakerdt", "Khankendi", "Xankəndi", "xankendi", "Ханкенди", "Խանքենդի", "Ստեփանակերտ"],
)
def test_any_spelling_in_any_script_finds_the_place_and_says_so(shipped: Dataset, spelling: str) -> None:
    assert "stepanakert" in places_found(shipped, spelling)
    assert understand(shipped, spelling).notes == (f"“{spelling}” is a name of Stepanakert / Xankəndi.",)


@pytest.mark.parametrize(
    ("slip", "place"),
    [("Stepanakret", "stepanakert"), ("Shoushi", "shushi"), ("Susha", "shushi"), ("Nerkin Hend", "nerkin_hand"),
     ("Хонкенди", "stepanakert"), ("Vardenys", "vardenis")],
)  # fmt: skip
def test_a_small_misspelling_finds_the_place_and_says_what_it_took(shipped: Dataset, slip: str, place: str) -> None:
    assert place in places_found(shipped, slip)
    [note] = understand(shipped, slip).notes
    assert f"“{slip}”" in note
    assert shipped.places[place].label in note


def test_a_word_that_occurs_is_never_taken_for_a_place(shipped: Dataset) -> None:
    understood = understand(shipped, "newsletter")
    assert (understood.text, understood.notes) == ("newsletter", ())


def test_a_slip_beside_another_word_is_mended_and_the_other_stays(shipped: Dataset) -> None:
    understood = understand(shipped, "Stepanokert shelling")
    assert understood.text == "stepanakert shelling"


def test_what_is_like_no_place_stays_and_finds_nothing(shipped: Dataset) -> None:
    assert understand(shipped, "zzzzzz").notes == ()
    assert places_found(shipped, "zzzzzz") == set()


def test_an_empty_search_means_everything(shipped: Dataset) -> None:
    assert understand(shipped, "  ").text.strip() == ""
