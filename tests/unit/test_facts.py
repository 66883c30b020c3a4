"""What a report states, label by label: once for every medium."""

from __future__ import annotations

import pytest

from geodata.store.dataset import Dataset
from geodata.tell import facts

ROW = {
    "place": "Shusha", "place_id": "shushi", "place_role": "event", "precision": "settlement", "latitude": 39.76,
    "deaths_low": None, "deaths_best": None, "deaths_high": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "“Shusha” in the document: Shushi / Şuşa; precision: settlement; it is said to have happened there"),
        ({"place": "", "place_role": "subject"}, "Shushi / Şuşa; precision: settlement; a statement about the place"),
        (
            {"place_id": "", "precision": "", "latitude": None},
            "“Shusha” in the document; cannot be placed on the map; it is said to have happened there",
        ),
        (
            {"place_id": "line_of_contact", "precision": "region", "latitude": None},
            "“Shusha” in the document: Line of contact; precision: region; cannot be placed on the map; "
            "it is said to have happened there",
        ),
        ({"place": "", "place_id": "", "place_role": ""}, "not named; precision: settlement"),
        ({"place_id": "", "place_role": ""}, "“Shusha” in the document; precision: settlement"),
        ({"place": "", "place_id": "", "precision": "", "latitude": None, "place_role": ""}, "none given"),
    ],
)
def test_a_place_is_told_as_written_as_known_and_as_drawn(
    shipped: Dataset, changed: dict[str, object], told: str
) -> None:
    assert facts.place_in_words(ROW | changed, shipped.places) == told


def test_a_place_is_named_in_the_language_asked_for(shipped: Dataset) -> None:
    assert "document: Шуша" in facts.place_in_words(ROW, shipped.places, "ru")


@pytest.mark.parametrize(
    ("paragraphs", "told", "short"),
    [("3", "Keghart, paragraph 3", "Keghart, ¶\u00a03"), ("", "Keghart", "Keghart"),
     ("16-18", "Keghart, paragraphs 16–18", "Keghart, ¶¶\u00a016–18"),
     ("24;28;35;42", "Keghart, paragraphs 24, 28, 35 and 42", "Keghart, ¶¶\u00a024, 28, 35 and 42")],
)  # fmt: skip
def test_a_document_is_cited_with_its_paragraphs(paragraphs: str, told: str, short: str) -> None:
    assert facts.document_cited("Keghart", paragraphs) == told
    assert facts.cited_in_short("Keghart", paragraphs) == short


def test_deaths_are_told_as_stated_and_zero_is_a_number() -> None:
    assert facts.deaths(ROW) == "not stated"
    assert facts.deaths(ROW | {"deaths_best": 0}) == "0"
    assert facts.deaths(ROW | {"deaths_low": 2, "deaths_high": 5}) == "at least 2, at most 5"


def test_a_blank_fact_is_left_out_and_what_a_reader_must_know_never_is(shipped: Dataset) -> None:
    for row in shipped.fetch(shipped.reports).to_pylist():
        told = facts.of(shipped, row)
        assert all(told.values())
        assert {"Standing", "Document", "Date", "Place", "Deaths stated"} <= told.keys()
        assert ("Disputed by" in told) == bool(row["disputed_by"])
