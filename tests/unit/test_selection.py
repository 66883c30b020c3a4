"""Which reports a selection means, on the shipped table."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from geodata.count.facets import facets
from geodata.model import dates
from geodata.model.filters import CHOICES
from geodata.model.selection import Selection, select, undated, unmapped
from geodata.store.dataset import Dataset
from geodata.store.load import load
from geodata.tell import words
from tests.server import ROOT

AUTUMN = Selection(first=date(2020, 9, 27), last=date(2020, 11, 10))


@pytest.fixture(scope="module")
def partly_undated(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The shipped table with the dates of its first ten reports taken out."""
    with (ROOT / "events.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    for row in table[:10]:
        row.update(date="", date_basis="")
    path = tmp_path_factory.mktemp("undated") / "events.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
    return load(path)


def rows(dataset: Dataset, chosen: Selection) -> list[dict[str, object]]:
    return dataset.fetch(select(dataset.reports, chosen)).to_pylist()


def test_an_empty_selection_keeps_every_report(shipped: Dataset) -> None:
    assert len(rows(shipped, Selection())) == len(shipped.fetch(shipped.reports))


def test_a_window_keeps_exactly_the_reports_whose_span_touches_it(shipped: Dataset) -> None:
    kept = {row["row"] for row in rows(shipped, AUTUMN)}
    for row in rows(shipped, Selection()):
        touches = bool(row["date"]) and dates.parse(str(row["date"])).touches(AUTUMN.first, AUTUMN.last)
        assert (row["row"] in kept) == touches, row["date"]


def test_surely_keeps_exactly_the_reports_with_no_possible_day_outside(shipped: Dataset) -> None:
    chosen = Selection(first=AUTUMN.first, last=AUTUMN.last, surely=True)
    kept = {row["row"] for row in rows(shipped, chosen)}
    assert 0 < len(kept) < len(rows(shipped, AUTUMN))
    for row in rows(shipped, Selection()):
        inside = bool(row["date"]) and dates.parse(str(row["date"])).surely_inside(chosen.first, chosen.last)
        assert (row["row"] in kept) == inside, row["date"]


def test_an_undated_report_is_in_no_window_and_counted_apart(partly_undated: Dataset) -> None:
    assert all(row["date"] for row in rows(partly_undated, AUTUMN))
    apart = partly_undated.fetch(undated(partly_undated.reports, AUTUMN)).to_pylist()
    assert {row["row"] for row in apart} == {row["row"] for row in rows(partly_undated, Selection()) if not row["date"]}
    assert len(apart) >= 10


@pytest.mark.parametrize("field", CHOICES)
def test_a_chosen_value_keeps_its_reports_and_no_other(with_tables: Dataset, field: str) -> None:
    value, number = next((value, number) for value, number in facets(with_tables, Selection())[field].items() if value)
    kept = rows(with_tables, Selection(**{field: (value,)}))
    assert len(kept) == number
    name = value.partition("=")[0]
    column, sought = (f"own:{name}", value.partition("=")[2]) if field == "own" else (CHOICES[field], value)
    assert {row[column] for row in kept} == {sought}


def test_a_count_beside_a_choice_leaves_its_own_question_open(shipped: Dataset) -> None:
    one = Selection(sides=("armenian",))
    assert len(facets(shipped, one)["sides"]) > 1
    assert sum(facets(shipped, one)["statuses"].values()) == len(rows(shipped, one))


@pytest.mark.parametrize("name", ["Stepanakert", "Xankəndi", "xankendi", "Ханкенди", "Խանքենդի"])
def test_text_finds_a_place_by_any_of_its_names(shipped: Dataset, name: str) -> None:
    assert "stepanakert" in {row["place_id"] for row in rows(shipped, Selection(text=name))}


def test_every_word_of_the_text_must_occur(shipped: Dataset) -> None:
    both = rows(shipped, Selection(text="Shushi rockets"))
    assert 0 < len(both) < len(rows(shipped, Selection(text="Shushi")))


def test_stated_deaths_and_graphic_are_questions_of_their_own(shipped: Dataset) -> None:
    stated = rows(shipped, Selection(deaths=True))
    assert stated
    assert all(any(row[f"deaths_{kind}"] is not None for kind in ("low", "best", "high")) for row in stated)
    assert not any(row["graphic"] for row in rows(shipped, Selection(graphic=False)))


def test_select_is_pure_and_composes(shipped: Dataset) -> None:
    one, other = Selection(sides=("armenian",)), Selection(scopes=("core",))
    both = Selection(sides=("armenian",), scopes=("core",))
    chained = shipped.fetch(select(select(shipped.reports, one), other))
    assert chained["row"].to_pylist() == shipped.fetch(select(shipped.reports, both))["row"].to_pylist()


def test_the_sentence_counts_what_is_shown_and_what_cannot_be(partly_undated: Dataset) -> None:
    summary = words.summarise(partly_undated, AUTUMN)
    kept = rows(partly_undated, AUTUMN)
    assert summary.reports == len(kept)
    assert summary.incidents == len({row["incident_id"] for row in kept})
    assert summary.unmapped == len(partly_undated.fetch(unmapped(partly_undated.reports, AUTUMN)))
    said = words.sentence(summary, AUTUMN)
    assert said.startswith(f"{len(kept)} reports of {summary.incidents} incidents, 27 Sep – 10 Nov 2020, told by ")
    assert f"{summary.unmapped} cannot be mapped" in said
    assert f"{summary.undated} more, without a date, cannot be placed" in said
    sure = len(rows(partly_undated, Selection(first=AUTUMN.first, last=AUTUMN.last, surely=True)))
    assert f"{sure} surely in this window, {len(kept) - sure} perhaps" in said


def test_the_balance_note_names_who_speaks_and_who_is_not_heard(shipped: Dataset) -> None:
    everything = words.summarise(shipped, Selection())
    assert "Armenian" in words.balance(shipped.case, everything)
    assert "Azerbaijani" in words.balance(shipped.case, everything)
    keghart = Selection(sources=("002_eef0960e507a5577",), statuses=("asserted",))
    assert "No Azerbaijani claimant is heard." in words.balance(shipped.case, words.summarise(shipped, keghart))


def test_nothing_found_is_said_in_words(shipped: Dataset) -> None:
    nothing = Selection(text="zzzz")
    assert words.sentence(words.summarise(shipped, nothing), nothing).startswith("No report matches")


@pytest.mark.parametrize(
    ("field", "value", "label", "meaning"),
    [
        ("sources", "004_35158a2b97b6a292", "Al-Ahram Weekly, 8 Oct 2020", ""),
        ("sides", "ngo", "NGO", ""),
        ("sides", "", "not stated", ""),
        ("places", "shushi", "Shushi / Şuşa", ""),
        ("types", "shelling", "shelling", ""),
        ("scopes", "core", "core", " (the Armenian–Azerbaijani conflict)"),
        ("statuses", "denied", "denied", " (the speaker denies it)"),
        ("statuses", "", "not stated", ""),
        ("publishers", "another table's", "another table's", ""),
    ],
)
def test_a_filters_value_has_one_label(shipped: Dataset, field: str, value: str, label: str, meaning: str) -> None:
    assert words.label_of(shipped, field, value) == label
    assert words.label_of(shipped, field, value, explained=True) == label + meaning


def test_a_place_to_choose_is_named_in_the_language_asked_for(shipped: Dataset) -> None:
    assert words.label_of(shipped, "places", "shushi", "ru") == "Шуша"
