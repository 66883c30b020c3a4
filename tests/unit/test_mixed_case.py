"""A case with its own coding and a table of others beside it: each is spoken of in its own words, on its own terms."""

from __future__ import annotations

import shutil

import pytest

from geodata.count import silence
from geodata.model.case import OWN_TABLE
from geodata.model.selection import Selection
from geodata.store import case_file
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table
from geodata.tell import facts, nouns, terms, words
from tests.others import GED
from tests.server import ROOT
from tests.unit.importing import incidents_of


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("mixed")
    for name in case_file.FILES:
        shutil.copy(ROOT / name, folder / name)
    shutil.copy(GED, folder / "ged.csv")
    with (folder / "case.yaml").open("a", encoding="utf-8") as case:
        case.write("tables:\n  ged: {file: ged.csv, title: The GED extract}\n")
    return open_table(folder)


def test_both_words_stand_where_a_case_has_both(mixed: Dataset) -> None:
    assert nouns.of(mixed) == nouns.EITHER
    assert "documents and sources" in words.sentence(words.summarise(mixed, Selection()), Selection())


def test_each_report_is_spoken_of_in_its_own_word(mixed: Dataset) -> None:
    for row in mixed.fetch(mixed.reports).to_pylist():
        told = facts.of(mixed, row)
        assert ("Document" in told) == (row["origin"] == OWN_TABLE)
        assert ("Read from" in told) == (row["origin"] == "ged")


def test_the_terms_of_the_coding_and_of_each_table_stand_apart(mixed: Dataset, shipped: Dataset) -> None:
    said = terms.terms(mixed)
    assert "Coding of the documents: CC BY 4.0 unless a source says otherwise." in said
    assert "Terms of The GED extract: UCDP GED, CC BY 4.0." in said
    assert "GED" not in terms.terms(shipped)


def test_a_document_is_not_silent_on_what_only_a_table_of_others_tells(mixed: Dataset, shipped: Dataset) -> None:
    for source_id in shipped.sources:
        found, expected = (
            incidents_of(dataset, silence.unreported_incidents(dataset, Selection(), source_id)["row"].to_pylist())
            for dataset in (mixed, shipped)
        )
        assert found == expected


def test_a_side_is_silent_only_among_those_whose_side_is_stated(mixed: Dataset) -> None:
    from_table = Selection(sources=tuple(key for key in mixed.sources if nouns.is_of_others(mixed, key)))
    said = words.balance(mixed.case, words.summarise(mixed, from_table))
    assert said == "These reports do not tell on which side anyone speaks."
