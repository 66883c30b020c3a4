"""Each format of a table is opened with a tool its users use, and compared cell by cell with what was shown."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import sqlite3
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import frictionless
import geopandas as gpd
import ibis
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest

from geodata.exports import EXPORTS
from geodata.exports.attribution import COLUMNS, DAYS, attributed, rows_of
from geodata.model import dates
from geodata.model.selection import Selection
from geodata.model.vocabulary import CLAIM_STATUSES, DEATHS
from geodata.store.dataset import Dataset
from geodata.tell import facts

ALL = Selection()
FORMULA, SCRIPT = "=cmd|'/C calc'!A0", "<script>alert(1)</script>"
CELLS = (FORMULA, SCRIPT, 'He said "no",\nthey said; $[summary]', "]]><img src=x onerror=alert(1)>", "&lt;b&gt; \\ {")
DATES = ("2020-10~", "2023?", "../2016-04-11", "201X", "2020-09-27/2020-11", "")
KEGHART = "002_eef0960e507a5577"
KML = "{http://www.opengis.net/kml/2.2}"

Cells = list[dict[str, Any]]


@pytest.fixture(scope="module")
def hostile(shipped: Dataset) -> Dataset:
    """The shipped table with texts that other programs might run, and dates in every form."""
    reports = shipped.reports

    def each(values: tuple[Any, ...]) -> ibis.Value:
        return ibis.cases(*((reports.row % len(values) == n, value) for n, value in enumerate(values)))

    spans = [dates.parse(text) if text else None for text in DATES]
    first, last = (each(tuple(span and getattr(span, end) for span in spans)) for end in ("first", "last"))
    changed = reports.mutate(title=each(CELLS), note=each(CELLS), date=each(DATES), first_day=first, last_day=last)
    return dataclasses.replace(shipped, reports=changed)


@pytest.fixture(scope="module")
def shown(hostile: Dataset) -> Cells:
    return plain_days(attributed(hostile, ALL))


def plain_days(rows: Cells) -> Cells:
    """The rows with their days as texts: a file has dates where its format knows them."""
    return [row | {name: row[name] and str(row[name])[:10] for name in DAYS} for row in rows]


def closed(dataset: Dataset, source_id: str) -> Dataset:
    """The dataset with a document whose rows may not be passed on."""
    sources = dict(dataset.sources)
    sources[source_id] = sources[source_id].model_copy(update={"may_republish": False})
    return dataclasses.replace(dataset, sources=sources)


def saved(tmp_path: Path, dataset: Dataset, ending: str, chosen: Selection = ALL) -> Path:
    path = tmp_path / f"attest.{ending}"
    path.write_bytes(EXPORTS[ending](dataset, chosen))
    return path


def cells(frame: pd.DataFrame) -> Cells:
    """Plain Python values; NaN, NaT and NA are ``None``."""
    kept = frame[list(COLUMNS)].astype(object)
    return plain_days(kept.where(kept.notna(), None).to_dict("records"))


def read_package(path: Path) -> Cells:
    rows = frictionless.Package(str(path)).get_resource("reports").read_rows()
    return plain_days([{name: row[name] for name in COLUMNS} for row in rows])


READERS: dict[str, Callable[[Path], Cells]] = {
    "csv": lambda path: cells(pd.read_csv(path, keep_default_na=False, na_values={name: [""] for name in DEATHS})),
    "geojson": lambda path: [feature["properties"] for feature in json.loads(path.read_bytes())["features"]],
    "parquet": lambda path: cells(gpd.read_parquet(path)),
    "gpkg": lambda path: cells(gpd.read_file(path, layer="reports")),
    "kml": lambda path: cells(gpd.read_file(path)),
    "zip": read_package,
    "xlsx": lambda path: cells(pd.read_excel(path, engine="calamine", keep_default_na=False, na_values=[""])),
}


@pytest.mark.parametrize("ending", ["geojson", "parquet", "gpkg", "kml"])
def test_every_cell_of_every_report_opens_as_it_was_shown(
    tmp_path: Path, hostile: Dataset, shown: Cells, ending: str
) -> None:
    assert READERS[ending](saved(tmp_path, hostile, ending)) == shown
    assert any("Xankəndi" in row["place_names"] and "Ստեփանակերտ" in row["place_names"] for row in shown)


def test_the_package_opens_as_shown_with_formulas_made_harmless(tmp_path: Path, hostile: Dataset, shown: Cells) -> None:
    opened = READERS["zip"](saved(tmp_path, hostile, "zip"))
    expected = [
        {name: (f"'{cell}" if str(cell)[:1] == "=" else None if cell == "" else cell) for name, cell in row.items()}
        for row in shown
    ]
    assert [{name: float(cell) if name in ("latitude", "longitude", "radius_km") and cell is not None else cell
             for name, cell in row.items()} for row in opened] == expected  # fmt: skip
    assert {row["note"] for row in opened} == {f"'{FORMULA}", *CELLS[1:]}


@pytest.mark.parametrize("ending", ["parquet", "gpkg", "kml"])
def test_a_report_without_coordinates_is_kept_with_a_null_geometry(
    tmp_path: Path, hostile: Dataset, shown: Cells, ending: str
) -> None:
    path = saved(tmp_path, hostile, ending)
    frame = gpd.read_parquet(path) if ending == "parquet" else gpd.read_file(path)
    assert frame.crs == "EPSG:4326"
    points = [None if point is None else (point.x, point.y) for point in frame.geometry]
    assert points == [None if row["latitude"] is None else (row["longitude"], row["latitude"]) for row in shown]
    assert None in points


def test_whole_numbers_keep_a_type_of_their_own_beside_blanks(tmp_path: Path, shipped: Dataset) -> None:
    parquet = pq.read_schema(saved(tmp_path, shipped, "parquet"))
    assert {str(parquet.field(name).type) for name in DEATHS} == {"int64"}
    assert {str(parquet.field(name).type) for name in ("latitude", "radius_km")} == {"double"}
    frame = gpd.read_parquet(io.BytesIO(EXPORTS["parquet"](shipped, ALL)))
    assert {str(frame[name].dtype) for name in DEATHS} == {"Int64"}
    for ending, whole in (("gpkg", "int64"), ("kml", "int32")):
        read = pyogrio.read_info(saved(tmp_path, shipped, ending))
        types = dict(zip(read["fields"], read["dtypes"], strict=True))
        assert {types[name] for name in DEATHS} == {whole}
        assert types["graphic"] == "bool"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "zip", "geojson", "parquet", "gpkg", "kml"])
def test_every_format_has_the_days_that_a_date_allows_and_blanks_where_it_is_open(
    tmp_path: Path, hostile: Dataset, ending: str
) -> None:
    opened = READERS[ending](saved(tmp_path, hostile, ending))
    found = {row["date"] or "": tuple(row[name] or None for name in DAYS) for row in opened}
    assert found == {
        "2020-10~": ("2020-10-01", "2020-10-31"),
        "2023?": ("2023-01-01", "2023-12-31"),
        "../2016-04-11": (None, "2016-04-11"),
        "201X": ("2010-01-01", "2019-12-31"),
        "2020-09-27/2020-11": ("2020-09-27", "2020-11-30"),
        "": (None, None),
    }


def test_days_have_a_type_where_the_format_knows_one(tmp_path: Path, shipped: Dataset) -> None:
    for chosen in (ALL, Selection(text="zzzz")):  # with reports and without
        parquet = pq.read_schema(saved(tmp_path, shipped, "parquet", chosen))
        assert {str(parquet.field(name).type) for name in DAYS} == {"date32[day]"}
        read = pyogrio.read_info(saved(tmp_path, shipped, "gpkg", chosen))
        types = dict(zip(read["fields"], read["ogr_types"], strict=True))
        assert {types[name] for name in DAYS} == {"OFTDate"}


def test_a_file_without_reports_opens_as_an_empty_layer(tmp_path: Path, shipped: Dataset) -> None:
    nothing = Selection(text="zzzz")
    for ending in ("gpkg", "kml"):
        path = saved(tmp_path, shipped, ending, nothing)
        assert pyogrio.list_layers(path)[:, 0].tolist() == ["reports"]
        assert len(gpd.read_file(path)) == 0
    columns = pq.read_schema(saved(tmp_path, shipped, "parquet")).types
    assert pq.read_schema(saved(tmp_path, shipped, "parquet", nothing)).types == columns
    assert frictionless.validate(str(saved(tmp_path, shipped, "zip", nothing))).valid


@pytest.mark.parametrize("ending", [ending for ending in EXPORTS if ending != "html"])
def test_the_same_reports_give_the_same_bytes(shipped: Dataset, ending: str) -> None:
    assert EXPORTS[ending](shipped, ALL) == EXPORTS[ending](shipped, ALL)


@pytest.mark.parametrize("ending", READERS)
def test_no_format_holds_a_row_that_may_not_be_republished(tmp_path: Path, shipped: Dataset, ending: str) -> None:
    dataset = closed(shipped, KEGHART)
    rows, withheld = rows_of(dataset, ALL)
    opened = READERS[ending](saved(tmp_path, dataset, ending))
    assert len(opened) == len(rows) == shipped.size - withheld
    assert withheld > 0
    assert KEGHART not in {row["source_id"] for row in opened}


@pytest.mark.parametrize("ending", [ending for ending in EXPORTS if ending != "html"])
def test_what_may_not_be_republished_changes_no_byte_of_a_file(shipped: Dataset, ending: str) -> None:
    dataset = closed(shipped, KEGHART)
    reports = dataset.reports
    is_closed = reports.source_id == KEGHART
    texts = ("paragraphs", "title", "summary", "place", "claimed_by", "note")
    changed = reports.mutate(**{name: is_closed.ifelse("other words", reports[name]) for name in texts})
    other = dataclasses.replace(dataset, reports=changed)
    assert EXPORTS[ending](other, ALL) == EXPORTS[ending](dataset, ALL)


@pytest.mark.parametrize("ending", ["bib", "csl.json"])
def test_only_documents_of_reports_in_the_file_are_cited(shipped: Dataset, ending: str) -> None:
    def keys(dataset: Dataset, chosen: Selection) -> list[str]:
        text = EXPORTS[ending](dataset, chosen).decode()
        return re.findall(r"^@\w+\{(.+),$", text, re.M) if ending == "bib" else [it["id"] for it in json.loads(text)]

    assert sorted(keys(shipped, ALL)) == sorted(shipped.sources)
    assert sorted(keys(closed(shipped, KEGHART), ALL)) == sorted(shipped.sources.keys() - {KEGHART})
    assert keys(shipped, Selection(sources=(KEGHART,))) == [KEGHART]
    assert keys(shipped, Selection(text="zzzz")) == []


def test_a_geoparquet_file_says_where_its_points_are(tmp_path: Path, shipped: Dataset) -> None:
    geo = json.loads(pq.read_schema(saved(tmp_path, shipped, "parquet")).metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["primary_column"] == "geometry"
    assert geo["columns"]["geometry"]["encoding"] == "WKB"
    assert geo["columns"]["geometry"]["geometry_types"] == ["Point"]


def test_a_geopackage_has_one_layer_a_fixed_time_and_the_number_left_out(tmp_path: Path, shipped: Dataset) -> None:
    path = saved(tmp_path, closed(shipped, KEGHART), "gpkg")
    assert pyogrio.list_layers(path).tolist() == [["reports", "Point"]]
    with sqlite3.connect(path) as package:
        assert package.execute("PRAGMA application_id").fetchone() == (0x47504B47,)  # "GPKG"
        ((table, changed, said),) = package.execute("SELECT table_name, last_change, description FROM gpkg_contents")
    assert (table, changed) == ("reports", "1980-01-01T00:00:00.000Z")
    assert f"{rows_of(closed(shipped, KEGHART), ALL)[1]} reports are left out" in said


@pytest.fixture(scope="module")
def placemarks(hostile: Dataset) -> list[ET.Element]:
    return ET.fromstring(EXPORTS["kml"](hostile, ALL)).findall(f".//{KML}Placemark")


def test_a_placemark_tells_who_says_it_with_what_standing_and_where(placemarks: list[ET.Element], shown: Cells) -> None:
    for placemark, row in zip(placemarks, shown, strict=True):
        lines = said(placemark)[1].splitlines()
        assert f"Claimed by: {row['claimed_by']}" in lines
        assert f"Standing: {row['claim_status']}: {CLAIM_STATUSES[row['claim_status']]}" in lines
        assert f"Paragraphs: {facts.paragraphs_listed(row['paragraphs'])}" in lines
        assert next(line for line in lines if line.startswith("Document: ")).endswith(".")
        assert (row["summary"] in lines) != row["graphic"]
    assert any(row["graphic"] for row in shown)


def test_no_text_of_a_table_acts_as_html_in_a_placemark(placemarks: list[ET.Element], shown: Cells) -> None:
    assert {element.tag.removeprefix(KML) for placemark in placemarks for element in placemark.iter()} == {
        "Placemark", "name", "Snippet", "description", "TimeSpan", "begin", "end", "styleUrl", "ExtendedData",
        "SchemaData", "SimpleData", "Point", "coordinates",
    }  # fmt: skip
    for placemark, row in zip(placemarks, shown, strict=True):
        tags, text = said(placemark)
        assert tags <= {"p", "b"}
        assert text.startswith(row["title"]), "the text is kept"
        assert "$[" not in (placemark.findtext(f"{KML}description") or "")
        assert "<" not in (placemark.findtext(f"{KML}name") or "<")


def said(placemark: ET.Element) -> tuple[set[str], str]:
    """The tags and the text that a viewer makes of a description."""
    tags: set[str] = set()
    text: list[str] = []

    class Viewer(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.add(tag)
            assert not attrs

        def handle_data(self, data: str) -> None:
            text.append(data)

    viewer = Viewer()
    viewer.feed(placemark.findtext(f"{KML}description") or "")
    viewer.close()
    return tags, "".join(text)


@pytest.mark.parametrize(
    ("date", "begin", "end"),
    [
        ("2020-10~", "2020-10-01", "2020-10-31"),
        ("../2016-04-11", None, "2016-04-11"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("", None, None),
    ],
)
def test_a_placemark_spans_the_days_its_date_allows(
    placemarks: list[ET.Element], shown: Cells, date: str, begin: str | None, end: str | None
) -> None:
    found = [place for place, row in zip(placemarks, shown, strict=True) if row["date"] == date]
    assert found
    for placemark in found:
        assert placemark.findtext(f"{KML}TimeSpan/{KML}begin") == begin
        assert placemark.findtext(f"{KML}TimeSpan/{KML}end") == end


def test_a_sign_that_no_xml_may_hold_does_not_break_the_kml(shipped: Dataset) -> None:
    dirty = dataclasses.replace(shipped, reports=shipped.reports.mutate(note=ibis.literal("a\x01b\x0cc")))
    first = ET.fromstring(EXPORTS["kml"](dirty, ALL)).find(f".//{KML}SimpleData[@name='note']")
    assert first is not None
    assert first.text == "abc"


def test_frictionless_finds_no_fault_in_the_package(tmp_path: Path, hostile: Dataset) -> None:
    report = frictionless.validate(str(saved(tmp_path, hostile, "zip")))
    assert report.flatten(["type", "note", "rowNumber", "fieldName"]) == []
    assert [task.name for task in report.tasks] == ["reports", "sources", "places"]
