"""A search finds a place by any spelling, with a slip of the pen too, and says which place it took."""

from __future__ import annotations

import pytest

from geodata.dataset import Dataset
from geodata.search import understand
from geodata.selection import Selection, select


def places_found(dataset: Dataset, text: str) -> set[str]:
    chosen = Selection(text=understand(dataset, text).text)
    return set(dataset.fetch(select(dataset.reports, chosen).select("place_id"))["place_id"].to_pylist())


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
