"""The data package: what its description tells, and what a reader of packages refuses."""

from __future__ import annotations

import dataclasses
import json
import zipfile
from pathlib import Path
from typing import Any

import frictionless
import pytest

from geodata.exports.attribution import COLUMNS, rows_of
from geodata.model.text import number_of
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table
from tests.server import ROOT
from tests.unit.test_formats import ALL, KEGHART, closed, saved


def descriptor(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        found: dict[str, Any] = json.loads(archive.read("datapackage.json"))
        return found


@pytest.mark.heavy
def test_frictionless_finds_no_fault_in_a_package_of_an_imported_table(tmp_path: Path) -> None:
    table = open_table(ROOT / "tests" / "data" / "ged_extract.csv")
    report = frictionless.validate(str(saved(tmp_path, table, "zip")))
    assert report.flatten(["type", "note", "rowNumber", "fieldName"]) == []
    assert report.tasks[0].stats["rows"] == table.size


def test_the_package_refuses_a_word_outside_its_vocabulary_and_a_lost_document(
    tmp_path: Path, shipped: Dataset
) -> None:
    path = saved(tmp_path, shipped, "zip")
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    files["reports.csv"] = files["reports.csv"].replace(",attributed,", ",proven,", 1)
    files["sources.csv"] = "\n".join(line for line in files["sources.csv"].splitlines() if KEGHART not in line)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    report = frictionless.validate(str(path))
    assert {kind for (kind,) in report.flatten(["type"])} == {"constraint-error", "foreign-key"}


def test_the_package_describes_every_column_and_every_value(tmp_path: Path, shipped: Dataset) -> None:
    path = saved(tmp_path, closed(shipped, KEGHART), "zip")
    told = descriptor(path)
    for resource in told["resources"]:
        fields = resource["schema"]["fields"]
        with zipfile.ZipFile(path) as archive:
            header = archive.read(resource["path"]).decode().splitlines()[0].split(",")
        assert [field["name"] for field in fields] == header
        assert all(field["title"] and field["description"].endswith(".") for field in fields)
    by_name = {field["name"]: field for field in told["resources"][0]["schema"]["fields"]}
    assert list(by_name) == list(COLUMNS)
    for column, values in told["vocabularies"].items():
        assert by_name[column]["constraints"]["enum"] == list(values)
        assert all(values.values()), "each value has a definition"
    assert by_name["source_side"]["constraints"]["enum"] == by_name["claimant_side"]["constraints"]["enum"]
    assert by_name["date"]["type"] == "string"


def test_the_package_says_what_is_left_out_and_bears_no_time_of_making(tmp_path: Path, shipped: Dataset) -> None:
    path = saved(tmp_path, closed(shipped, KEGHART), "zip")
    told, withheld = descriptor(path), rows_of(closed(shipped, KEGHART), ALL)[1]
    assert told["reports_left_out"] == withheld
    assert f"{withheld} reports are left out" in told["description"]
    packed = number_of(shipped.size - withheld, "report")
    assert f"{packed} of " in told["description"], "the sentence counts what the package holds"
    assert f", told by {number_of(len(told['sources']), 'document')};" in told["description"]
    assert len(told["sources"]) == len(shipped.sources) - 1
    assert [licence["name"] for licence in told["licenses"]] == ["CC-BY-4.0"]
    assert "created" not in told
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_package_names_no_licence_that_a_document_does_not(tmp_path: Path, shipped: Dataset) -> None:
    sources = {
        key: source.model_copy(update={"licence": "the table's own terms"} if key == KEGHART else {})
        for key, source in shipped.sources.items()
    }
    dataset = dataclasses.replace(shipped, sources=sources)
    assert "licenses" not in descriptor(saved(tmp_path, dataset, "zip"))
