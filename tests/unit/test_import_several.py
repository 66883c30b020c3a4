"""Several tables in one case, each with its own terms, mapping and colour; and every file of ours opened again."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.count import compare
from geodata.count.facets import facet
from geodata.exports import EXPORTS
from geodata.exports.attribution import rows_of
from geodata.model.faults import InvalidData
from geodata.model.selection import Selection, select
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table, read_table
from geodata.tell import words
from geodata.timemap import marks
from tests.unit.importing import rows_of as reports
from tests.unit.test_import_meaning import ACLED

CASE = """\
title: Two tables
sides: {press: {name: press}}
tables:
  acled: {file: tables/acled.csv, title: ACLED}
  own_list:
    file: tables/list.csv
    title: A list of our own
    mapping: {incident_id: nr, date: {start: tag, order: day-first}, sources: {name: The archive}, title: was}
"""


@pytest.fixture
def folder(table_copy: Path) -> Path:
    """The shipped case's tables under a case of its own title, with two tables beside them."""
    folder = table_copy.parent
    case = (folder / "case.yaml").read_text(encoding="utf-8")
    (folder / "case.yaml").write_text(case + CASE[CASE.index("tables:") :], encoding="utf-8")
    (folder / "tables").mkdir()
    (folder / "tables" / "acled.csv").write_text(ACLED, encoding="utf-8")
    (folder / "tables" / "list.csv").write_text("nr,tag,was\n7,04.10.2020,Eine Meldung\n", encoding="utf-8")
    return folder


def test_the_tables_of_a_case_stand_beside_its_own_and_keep_their_rows(folder: Path, shipped: Dataset) -> None:
    dataset = open_table(folder)
    assert facet(dataset, Selection(), "tables") == {"own": shipped.size, "acled": 3, "own_list": 1}
    assert [opening.file for opening in dataset.openings][-2:] == ["acled.csv", "list.csv"]
    [row] = dataset.fetch(dataset.reports.filter(dataset.reports.origin == "own_list")).to_pylist()
    assert (row["incident_id"], row["date"], row["source_id"]) == ("own_list:7", "2020-10-04", "The archive")
    in_order = dataset.fetch(dataset.reports.order_by("row"))
    assert in_order["row"].to_pylist() == list(range(dataset.size))
    days = [day for day in in_order["first_day"].to_pylist() if day is not None]
    assert days == sorted(days)


def test_each_table_keeps_its_terms_so_that_rows_of_acled_never_leave(folder: Path) -> None:
    dataset = open_table(folder)
    rows, withheld = rows_of(dataset, Selection())
    assert withheld == 3
    assert "acled" not in set(rows["origin"].to_pylist())
    assert b"XXX1" not in EXPORTS["csv"](dataset, Selection())


def test_tables_colour_filter_and_are_compared(folder: Path) -> None:
    dataset = open_table(folder)
    assert [category.name for category in marks.schemes(dataset)["table"].categories] == [
        "the case's own coding", "ACLED", "A list of our own",
    ]  # fmt: skip
    assert len(dataset.fetch(select(dataset.reports, Selection(tables=("acled",))))) == 3
    pair = compare.Pair("tables", ("acled",), ("own_list",))
    told = compare.incidents(dataset, Selection(), pair)["told"].to_pylist()
    assert sorted(told) == ["a", "a", "b"], "what only one of them tells"
    assert words.label_of(dataset, "tables", "acled") == "ACLED"


def test_a_table_that_is_not_there_is_told_by_its_name(folder: Path) -> None:
    (folder / "tables" / "acled.csv").unlink()
    with pytest.raises(InvalidData, match=r"tables, acled, file.*tables/acled.csv is not there"):
        open_table(folder)


SAME = ("incident_id", "source_id", "date", "first_day", "last_day", "latitude", "longitude", "precision", "actor",
        "claimed_by", "claim_status", "event_type", "deaths_best", "claimant_side", "scope", "graphic",
        "place")  # fmt: skip
"""What a report says that every file of ours bears."""


@pytest.mark.parametrize(
    "file", ["../outside.csv", "tables/../../outside.csv", "{folder}/outside.csv", "..\\\\outside.csv"]
)
def test_a_case_opens_no_table_outside_its_folder(folder: Path, file: str) -> None:
    """Nor are decisions written there: whoever hands a case on names no file of its reader."""
    outside = folder.parent / "outside.csv"
    outside.write_text("id,date\na,2020-01-01\n", encoding="utf-8")
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    named = file.format(folder=folder.parent)
    (folder / "case.yaml").write_text(text.replace("tables/acled.csv", f'"{named}"'), encoding="utf-8")
    with pytest.raises(InvalidData, match="must lie in the folder of the case"):
        open_table(folder)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson", "parquet", "gpkg", "kml", "zip"])
def test_every_table_that_is_written_opens_again_row_for_row(tmp_path: Path, small: Dataset, ending: str) -> None:
    path = tmp_path / f"attest.{ending}"
    path.write_bytes(EXPORTS[ending](small, Selection()))
    again = open_table(path)
    [opening] = again.openings
    assert (opening.rows, opening.shown) == (small.size, small.size)
    assert not len(opening.unread_cells)
    before, after = (
        sorted((tuple(row[name] for name in SAME) for row in reports(dataset)), key=str) for dataset in (small, again)
    )
    assert before == after


def test_a_saved_map_opens_again_row_for_row_on_the_days_and_places_that_it_draws(
    tmp_path: Path, small: Dataset
) -> None:
    path = tmp_path / "attest.html"
    path.write_bytes(EXPORTS["html"](small, Selection()))
    again = open_table(path)
    names = ("incident_id", "title", "summary", "claimed_by", "claim_status", "first_day", "last_day", "paragraphs",
             "event_type", "note", "graphic")  # fmt: skip
    before, after = (
        sorted((tuple(row[name] for name in names) for row in reports(dataset)), key=str) for dataset in (small, again)
    )
    assert before == after
    places = [{(row["latitude"] and round(row["latitude"], 3)) for row in reports(one)} for one in (small, again)]
    assert places[0] == places[1]
    assert not len(again.openings[0].unread_cells)


def test_days_of_an_export_colour_no_mark(tmp_path: Path, small: Dataset) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(EXPORTS["csv"](small, Selection()))
    assert not {category.name for category in open_table(path).categories} & {"first_day", "last_day"}


def test_an_export_of_an_imported_table_opens_again_with_its_own_columns(tmp_path: Path) -> None:
    path = tmp_path / "kinds.csv"
    path.write_text("id,date,latitude,longitude,source,remark\na,2020-10-04,39.8,46.7,Wire A,seen\n", encoding="utf-8")
    first = open_table(path)
    (tmp_path / "out.csv").write_bytes(EXPORTS["csv"](first, Selection()))
    again = read_table(tmp_path / "out.csv")
    [own] = again.own.values()
    assert "own:remark" in own.columns
    assert [row["title"] for row in reports(again)] == [row["title"] for row in reports(first)]
