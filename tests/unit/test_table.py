"""The shipped table against its rules and, where they are at hand, against the documents it codes."""

from __future__ import annotations

import calendar
import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from geodata.model import dates
from geodata.model.cells import Record
from geodata.model.records import Person, Place, Report, Source
from geodata.model.text import paragraph_numbers
from geodata.store.dataset import Dataset
from tests.server import ROOT
from tests.unit.test_neutrality import GRAVE

RUSSIAN = ("янв", "фев", "мар", "апр", "ма[йя]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
MONTHS = [f"{name[:3]}|{russian}" for name, russian in zip(list(calendar.month_name)[1:], RUSSIAN, strict=True)]
"""How a document writes each month, as a pattern."""


def reports(dataset: Dataset) -> list[dict[str, object]]:
    return dataset.fetch(dataset.reports.order_by("row")).to_pylist()


@pytest.fixture(scope="module")
def documents(shared: Path) -> dict[str, list[str]]:
    return {
        path.stem: [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for path in sorted((shared / "sources").glob("*.txt"))
    }


@pytest.fixture(scope="module")
def excluded() -> list[dict[str, str]]:
    return list(csv.DictReader((ROOT / "coding" / "excluded.csv").read_text(encoding="utf-8").splitlines()))


def with_text(dataset: Dataset, documents: dict[str, list[str]]) -> list[tuple[dict[str, object], tuple[int, ...]]]:
    """The reports of the documents that are at hand, each with the numbers of its paragraphs."""
    return [
        (row, paragraph_numbers(str(row["paragraphs"]))) for row in reports(dataset) if row["source_id"] in documents
    ]


def test_every_document_is_a_source_and_every_source_is_coded(
    shipped: Dataset, documents: dict[str, list[str]]
) -> None:
    assert set(documents) <= set(shipped.sources)
    assert {row["source_id"] for row in reports(shipped)} == set(shipped.sources)


def test_each_paragraph_of_each_document_is_cited_or_excluded(
    shipped: Dataset, documents: dict[str, list[str]], excluded: list[dict[str, str]]
) -> None:
    for source_id, paragraphs in documents.items():
        told = {
            number
            for row in (*reports(shipped), *excluded)
            if row["source_id"] == source_id
            for number in paragraph_numbers(str(row["paragraphs"]))
        }
        assert told == set(range(1, len(paragraphs) + 1)), source_id


def test_each_exclusion_has_a_reason(excluded: list[dict[str, str]]) -> None:
    assert excluded
    assert all(row["reason"].strip() for row in excluded)


def test_each_part_of_a_stated_date_occurs_in_the_cited_paragraphs(
    shipped: Dataset, documents: dict[str, list[str]]
) -> None:
    for row, paragraphs in with_text(shipped, documents):
        if row["date_basis"] != "stated":
            continue
        text = " ".join(documents[str(row["source_id"])][number - 1] for number in paragraphs)
        for year, month, day in re.findall(r"(\d{3}[\dX])(?:-(\d\d))?(?:-(\d\d))?", str(row["date"])):
            where = f"{row['incident_id']}: {row['date']}"
            assert year.replace("X", "0") in text or year in text, where
            if month:
                assert re.search(MONTHS[int(month) - 1], text, re.IGNORECASE), where
            if day:
                assert re.search(rf"(?<!\d)0?{int(day)}(?!\d)", text), where


@pytest.mark.parametrize(("theirs", "ours"), GRAVE.items(), ids=[ours.removeprefix(r"\b") for ours in GRAVE.values()])
def test_a_grave_word_of_a_paragraph_is_said_by_a_graphic_row_of_it(
    shipped: Dataset, documents: dict[str, list[str]], theirs: str, ours: str
) -> None:
    summaries: dict[tuple[str, int], list[str]] = {}
    for row, paragraphs in with_text(shipped, documents):
        for number in paragraphs:
            told = summaries.setdefault((str(row["source_id"]), number), [])
            told += [str(row["summary"])] if row["graphic"] else []
    grave = {
        (source_id, number): told
        for (source_id, number), told in sorted(summaries.items())
        if re.search(theirs, documents[source_id][number - 1], re.IGNORECASE)
    }
    assert grave, "no document has this word: take it out of GRAVE"
    assert not [where for where, told in grave.items() if not re.search(ours, " ".join(told), re.IGNORECASE)]


def test_no_text_of_the_project_repeats_a_document(shared: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(shared / "tools" / "own_words.py"), str(ROOT)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_each_place_has_four_decimals_a_radius_and_the_names_of_both_parties(shipped: Dataset) -> None:
    used = {str(row["place_id"]) for row in reports(shipped) if row["place_id"]}
    raw = {row["place_id"]: row for row in csv.DictReader((ROOT / "places.csv").read_text().splitlines())}
    for place_id in used:
        place = shipped.places[place_id]
        if place.has_coordinates:
            assert re.fullmatch(r"-?\d+\.\d{4}", raw[place_id]["latitude"]), place_id
            assert place.radius_km, place_id
        if place.country in ("AM", "AZ") and place.precision == "settlement":
            assert place.names_in["hy"], place_id
            assert place.names_in["az"], place_id


def test_coordinates_of_reports_are_those_of_their_places(shipped: Dataset) -> None:
    for row in reports(shipped):
        place = shipped.places.get(str(row["place_id"]))
        if row["latitude"] is not None:
            assert place is not None
            assert (row["latitude"], row["longitude"]) == (place.latitude, place.longitude), row["incident_id"]
            assert row["precision"] == place.precision, row["incident_id"]


ANNOUNCED = {"2024-02-regex-exercise": "the newsletter announces a workshop that ends on 1 March"}
"""Incidents that a document dates after itself, and why."""


def test_no_report_is_dated_after_the_document_that_tells_it(shipped: Dataset) -> None:
    published = {source_id: dates.parse(source.published).last for source_id, source in shipped.sources.items()}
    dated = [row for row in reports(shipped) if row["last_day"] is not None]
    assert {row["incident_id"] for row in dated if row["last_day"] > published[str(row["source_id"])]} == set(ANNOUNCED)


def test_nothing_told_as_done_stays_open_at_its_end(shipped: Dataset) -> None:
    assert not [row["incident_id"] for row in reports(shipped) if row["last_day"] == dates.OPEN_END]


def test_two_tellings_of_one_act_state_deaths_alike_unless_the_note_says_that_the_texts_differ(
    shipped: Dataset,
) -> None:
    told: dict[object, list[dict[str, object]]] = {}
    for row in reports(shipped):
        told.setdefault(row["incident_id"], []).append(row)
    for incident, rows in told.items():
        stated = {(row["deaths_low"], row["deaths_best"], row["deaths_high"]) for row in rows}
        assert len(stated) == 1 or any("texts differ" in str(row["note"]) for row in rows), (incident, stated)


NO_SIDE_IN_THE_TEXT = {
    "2020-10-amnesty-cluster-identification": "footage of munitions that was traced to a place; whose, is not said",
    "2020-nagorno-karabakh-journalists-targeted": "journalists who record the war; whose, is not said",
}
"""Reports of harm whose document does not name the side of the target, and what it says instead."""


def test_the_target_of_harm_names_its_side_where_the_document_does(shipped: Dataset) -> None:
    harm = [
        row for row in reports(shipped)
        if row["event_type"] in shipped.case.harm and row["place_role"] != "subject" and row["scope"] == "core"
    ]  # fmt: skip
    unnamed = {row["incident_id"] for row in harm if not re.search(SIDES, str(row["target"]))}
    assert unnamed == set(NO_SIDE_IN_THE_TEXT), f"name the side as one of {SIDES}, or say here what the text says"


SIDES = "Armenia|Azerbaijan|Nagorno-Karabakh"


def test_what_an_authority_does_is_an_event_in_its_country(shipped: Dataset) -> None:
    kinds = ("honour", "release", "arrest")
    deeds = [row for row in reports(shipped) if row["event_type"] in kinds]
    assert len(deeds) > 10
    assert not [row["incident_id"] for row in deeds if row["place_role"] != "event"]


def test_a_document_that_speaks_itself_has_its_own_side(shipped: Dataset) -> None:
    for row in reports(shipped):
        if row["claim_status"] == "asserted":
            assert row["claimant_side"] == shipped.sources[str(row["source_id"])].side, row["incident_id"]


def test_a_general_denial_stands_on_each_accusation_it_answers(shipped: Dataset) -> None:
    keghart = [row for row in reports(shipped) if row["source_id"] == "002_eef0960e507a5577"]
    answered = [row for row in keghart if set(paragraph_numbers(str(row["paragraphs"]))) & set(range(11, 26))]
    assert len(answered) > 20
    assert not [row["incident_id"] for row in answered if "general denial" not in str(row["disputed_by"])]


def test_an_unknown_number_is_blank_and_no_toll_is_summed_from_words(shipped: Dataset) -> None:
    sums = [row for row in reports(shipped) if "cumulative" in str(row["note"]).lower()]
    assert sums
    assert not [row["incident_id"] for row in sums if row["deaths_best"] is not None]


def test_incidents_told_by_several_documents_meet_under_one_id(shipped: Dataset) -> None:
    told: dict[object, set[object]] = {}
    for row in reports(shipped):
        told.setdefault(row["incident_id"], set()).add(row["source_id"])
    assert sum(len(documents) > 1 for documents in told.values()) >= 15
    assert len(told["2020-nagorno-karabakh-war"]) >= 3


def test_the_codebook_defines_every_word_of_every_vocabulary_as_the_case_does(shipped: Dataset) -> None:
    lines = (ROOT / "coding" / "codebook.md").read_text(encoding="utf-8").splitlines()
    for column in set(Report.model_fields) - {"event_type"}:
        for word, meaning in shipped.case.vocabulary(column).items():
            assert f"| `{word}` | {meaning} |" in lines, word
    for name, kind in shipped.case.kinds.items():
        assert f"| `{name}` | {kind.family} | {kind.meaning} | {kind.acled} |" in lines, name


@pytest.mark.parametrize("model", [Report, Source, Place, Person])
def test_the_codebook_tells_of_each_column_what_its_record_does(model: type[Record]) -> None:
    lines = (ROOT / "coding" / "codebook.md").read_text(encoding="utf-8").splitlines()
    for name, field in model.model_fields.items():
        column = "names_…" if name == "names_in" else name
        assert f"| `{column}` | {field.description} |" in lines, column
