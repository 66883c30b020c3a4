"""The class room: nothing graphic, no private person's name, and the rest as it was."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geodata.count.search import understand
from geodata.model.faults import Fault, InvalidData
from geodata.model.names import LABEL
from geodata.model.records import Person
from geodata.model.selection import Selection, select
from geodata.model.text import fold
from geodata.store.classroom import NAMING, Closed, id_in_class, suitable
from geodata.store.dataset import SCHEMA, Dataset
from geodata.store.importers import open_table
from geodata.store.load import load
from geodata.tell import card
from tests.server import ROOT

PERSONS = load(ROOT).persons or ()
PRIVATE = [person for person in PERSONS if not person.is_public]
PUBLIC = [person for person in PERSONS if person.is_public]


def rows_of(dataset: Dataset) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = dataset.fetch(dataset.reports.order_by("row")).to_pylist()
    return rows


@pytest.fixture(scope="module")
def classroom(shipped: Dataset) -> Dataset:
    return suitable(shipped)


@pytest.fixture(scope="module")
def before(shipped: Dataset) -> list[dict[str, Any]]:
    """The rows that class mode keeps, as they stand in the table."""
    return [row for row in rows_of(shipped) if not row["graphic"]]


@pytest.fixture(scope="module")
def after(classroom: Dataset) -> list[dict[str, Any]]:
    return rows_of(classroom)


@pytest.fixture
def listing(table_copy: Path) -> Callable[..., Path]:
    """A list of persons with these rows in the copied case instead of the shipped ones."""

    def write(*rows: tuple[str, str, str, str, str], header: tuple[str, ...] = tuple(Person.model_fields)) -> Path:
        path = table_copy.with_name("persons.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return path

    return write


def test_a_graphic_report_is_in_no_class_room_table(shipped: Dataset, after: list[dict[str, Any]]) -> None:
    graphic = sum(row["graphic"] for row in rows_of(shipped))
    assert graphic > 20
    assert len(after) == shipped.size - graphic
    assert not any(row["graphic"] for row in after)


@pytest.mark.slow
@pytest.mark.parametrize("person", PRIVATE, ids=lambda person: person.name)
def test_no_private_name_is_in_any_column_of_the_class_room_table(
    after: list[dict[str, Any]], before: list[dict[str, Any]], person: Person
) -> None:
    for row in after:
        for column, cell in row.items():
            for form in person.forms:
                assert form not in str(cell), (column, cell)
                assert f" {fold(form)} " not in f" {fold(str(cell))} ", (column, cell)
    assert len(after) == len(before)


def test_the_private_names_do_stand_in_the_table_as_it_is(shipped: Dataset) -> None:
    texts = "\n".join(str(row[column]) for row in rows_of(shipped) for column in NAMING)
    assert [person.name for person in PERSONS if person.name not in texts] == [], "listed and named nowhere"


@pytest.mark.slow
@pytest.mark.parametrize("person", PRIVATE, ids=lambda person: person.name)
def test_a_search_for_a_private_name_finds_nothing(shipped: Dataset, classroom: Dataset, person: Person) -> None:
    def found(dataset: Dataset, text: str) -> int:
        return dataset.fetch(select(dataset.reports, Selection(text=text))).num_rows

    assert found(shipped, person.name)
    for form in person.forms:
        assert found(classroom, form) == 0, form
        assert found(classroom, understand(classroom, form).text) == 0, form


@pytest.mark.parametrize("person", PUBLIC, ids=lambda person: person.name)
def test_public_office_holders_keep_their_names(
    before: list[dict[str, Any]], after: list[dict[str, Any]], person: Person
) -> None:
    for column in NAMING:
        for old, new in zip(before, after, strict=True):
            assert new[column].count(person.name) == old[column].count(person.name)


def test_what_names_nobody_stays_as_it_was(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    changed = {field.name: 0 for field in SCHEMA}
    for old, new in zip(before, after, strict=True):
        for column in changed:
            changed[column] += old[column] != new[column]
    assert {column for column, times in changed.items() if times} <= {*NAMING, "words", "row"}
    assert 0 < changed["summary"] < 60


def test_the_class_room_table_keeps_the_order_and_counts_its_rows_again(
    shipped: Dataset, classroom: Dataset, before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    assert [row["row"] for row in after] == list(range(len(before)))
    assert [(row["source_id"], row["paragraphs"], row["date"], row["event_type"]) for row in after] == [
        (row["source_id"], row["paragraphs"], row["date"], row["event_type"]) for row in before
    ]
    assert classroom.reports.schema() == shipped.reports.schema()
    assert classroom.size == len(before)
    assert (classroom.sources, classroom.places) == (shipped.sources, shipped.places)


def test_the_table_it_was_made_of_stays_whole(shipped: Dataset, classroom: Dataset) -> None:
    assert shipped.size > classroom.size
    assert any("Sloyan" in row["title"] for row in rows_of(shipped))


@pytest.mark.slow
def test_two_reports_keep_distinct_keys_and_two_incidents_distinct_slugs(
    before: list[dict[str, Any]], after: list[dict[str, Any]], shipped: Dataset
) -> None:
    keys = {(row["incident_id"], row["source_id"], row["claimed_by"]) for row in after}
    assert len(keys) == len(after)
    slugs = {incident: id_in_class(incident, PERSONS) for incident in {row["incident_id"] for row in rows_of(shipped)}}
    assert len(set(slugs.values())) == len(slugs)
    assert [slugs[row["incident_id"]] for row in before] == [row["incident_id"] for row in after]
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["incident_id"]) for row in after)


def test_sentences_stay_sentences(after: list[dict[str, Any]]) -> None:
    for row in after:
        assert row["title"][0].isupper(), row["title"]
        assert row["summary"][0].isupper(), row["summary"]
        for column in ("title", "summary", "actor", "target", "claimed_by"):
            assert not re.search(r"\b(an?|the) (an?|the|another)\b|\)'s|,,|  ", row[column]), row[column]
        assert len(row["title"].split()) <= 10, row["title"]


def test_a_link_to_a_case_leads_to_its_class_room_form() -> None:
    assert id_in_class("2016-04-sloyan-killing", PERSONS) == "2016-04-soldier-killing"
    assert id_in_class("undated-new-york-el-hajj-charge", PERSONS) == "undated-new-york-suspect-charge"
    assert id_in_class("2020-stepanakert-shelling", PERSONS) == "2020-stepanakert-shelling"


ORDINARY = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])")
NAME = re.compile(r"[A-ZÀ-Ý][\w'’.-]+(?: (?:bin |al-|de |van )?[A-ZÀ-Ý][\w'’.-]+)+")
BODIES = {
    "Armenian Patriarchate", "Azersun Holding", "BBC Russian", "Hamza Division", "Hezb-e Islami", "RL's Armenian",
    "Red Cross", "Tatoyan Foundation", "US Secretary", "United Nations", "Women's Resource Center",
}  # fmt: skip
"""Names of bodies and offices in which no word is an ordinary one of the table."""


def unlisted(rows: list[dict[str, Any]], dataset: Dataset) -> set[str]:
    """Names in actor, target and claimed_by that look like "First Last" and are on no list.

    A body's name holds an ordinary word, one that the table also has in lower case ("Foreign Ministry"); a person's
    does not.
    """
    ordinary = {word for row in rows for cell in NAMING[1:] for word in ORDINARY.findall(row[cell])}
    ordinary |= {word for source in dataset.sources.values() for word in ORDINARY.findall(source.reader_note)}
    known = BODIES | {name for place in dataset.places.values() for name in place.names}
    known |= {source.publisher for source in dataset.sources.values()}
    forms = sorted((form for person in PERSONS for form in person.forms), key=len, reverse=True)
    found = set()
    for row in rows:
        for column in ("actor", "target", "claimed_by"):
            cell = row[column]
            for form in forms:
                cell = cell.replace(form, "…")
            found |= {
                name
                for name in NAME.findall(cell)
                if name not in known and not ordinary & {word.lower() for word in re.split(r"[ '’-]", name)}
            }
    return found


def test_every_person_in_the_table_is_listed(shipped: Dataset) -> None:
    assert unlisted(rows_of(shipped), shipped) == set(), "list them in persons.csv"


@pytest.mark.parametrize("name", ["Anahit Petrosyan", "Elçin Məmmədov", "J. Smith", "Ivan de Groot", "Omar al-Khatib"])
def test_a_new_person_who_is_not_listed_is_noticed(shipped: Dataset, name: str) -> None:
    for column in ("actor", "target", "claimed_by"):
        rows = rows_of(shipped)
        rows[7][column] = f"family of {name}, resident of Stepanakert; Government of Armenia"
        assert unlisted(rows, shipped) == {name}


@pytest.mark.heavy
def test_a_table_without_a_list_of_persons_is_shown_to_no_class(table_copy: Path) -> None:
    with pytest.raises(Closed, match="opened alone"):
        suitable(open_table(ROOT / "tests" / "data" / "ged_extract.csv"))
    table_copy.with_name("persons.csv").unlink()
    with pytest.raises(Closed, match="no list of persons"):
        suitable(load(table_copy))


def test_a_list_that_names_nobody_opens_the_class_room_and_changes_no_word(
    table_copy: Path, before: list[dict[str, Any]], listing: Callable[..., Path]
) -> None:
    listing()
    rows = rows_of(suitable(load(table_copy)))
    assert [row["words"] for row in rows] == [row["words"] for row in before]


def test_a_class_room_can_be_made_of_a_class_room(classroom: Dataset, after: list[dict[str, Any]]) -> None:
    assert rows_of(suitable(classroom)) == after


def test_a_public_person_of_the_same_surname_keeps_the_name(table_copy: Path, listing: Callable[..., Path]) -> None:
    text = table_copy.read_text(encoding="utf-8")
    table_copy.write_text(text.replace("Lease of property", "Anna Margaryan and Margaryan", 1), encoding="utf-8")
    listing(
        ("Gurgen Margaryan", "Margaryan", "false", "an Armenian officer", "victim"),
        ("Anna Margaryan", "", "true", "", "minister"),
    )
    titles = {row["title"] for row in rows_of(suitable(load(table_copy)))}
    assert "Anna Margaryan and an Armenian officer in Jerusalem's Armenian Quarter" in titles


def test_a_list_of_public_persons_alone_changes_no_name(
    table_copy: Path, before: list[dict[str, Any]], listing: Callable[..., Path]
) -> None:
    listing(("Ilham Aliyev", "Aliyev", "true", "", "head of state"))
    rows = rows_of(suitable(load(table_copy)))
    assert [row["words"] for row in rows] == [row["words"] for row in before]


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (("Gurgen Margaryan", "", "perhaps", "an officer", "victim"), "is_public", "neither 'true' nor 'false'"),
        (("", "", "false", "an officer", "victim"), "name", "must not be blank"),
        (("Gurgen Margaryan", "", "false", "an officer", ""), "reason", "must not be blank"),
        (("Gurgen Margaryan", "", "false", "", "victim"), "instead", "must be given for a private person"),
        (("Gurgen Margaryan", "", "false", "(name not shown)", "victim"), "instead", "must be given"),
        (("Gurgen Margaryan", "", "true", "an officer", "victim"), "instead", "must be blank for a public person"),
        (("A B", "Sloyan", "false", "a soldier", "victim"), "variants", "'Sloyan' stands in line 2 too"),
        (("Kyaram Sloyan", "", "true", "", "victim"), "name", "'Kyaram Sloyan' stands in line 2 too"),
        (("A B", "", "false", "a friend of Sloyan", "victim"), "instead", "the name of a private person"),
    ],
)
def test_a_faulty_list_of_persons_is_refused_with_file_line_and_column(
    table_copy: Path, listing: Callable[..., Path], row: tuple[str, str, str, str, str], column: str, message: str
) -> None:
    listing(("Kyaram Sloyan", "Sloyan|sloyan", "false", "a soldier", "soldier"), row)
    with pytest.raises(InvalidData) as caught:
        load(table_copy)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.column) == ("persons.csv", 3, column)
    assert message in fault.message


def test_a_list_of_persons_without_a_column_is_refused(table_copy: Path, listing: Callable[..., Path]) -> None:
    listing(header=("name", "variants", "public", "instead", "reason"))
    with pytest.raises(InvalidData) as caught:
        load(table_copy)
    assert Fault("persons.csv", 1, "is_public", "the column is missing (is it 'public'?)") in caught.value.faults


def test_the_card_of_a_case_names_nobody_private_in_class(shipped: Dataset) -> None:
    fit = suitable(shipped)
    rows = fit.fetch(fit.reports.filter(fit.reports.title.lower().contains("soldier"))).to_pylist()
    said = json.dumps([card.of_row(fit, row["row"], LABEL) for row in rows], ensure_ascii=False).lower()
    assert "soldier" in said
    assert "sloyan" not in said
