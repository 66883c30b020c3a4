"""What leaves is opened again with the tools its users use, and compared with what was shown."""

from __future__ import annotations

import base64
import csv
import dataclasses
import html
import io
import json
import re
import zipfile
from collections import Counter
from pathlib import Path

import geopandas as gpd
import ibis
import pandas as pd
import pyarrow as pa
import pytest
from fontTools.ttLib import TTFont

from geodata.cli import main
from geodata.exports import EXPORTS
from geodata.exports.attribution import withheld_sentence
from geodata.model.selection import Selection, select
from geodata.model.vocabulary import AREAS
from geodata.store.dataset import Dataset
from geodata.tell import legend
from geodata.tell.keys import KEYS
from geodata.timemap import marks

SHUSHI = Selection(scopes=("core",), text="Shushi")


@pytest.fixture
def rows(shipped: Dataset) -> pa.Table:
    return shipped.fetch(select(shipped.reports, SHUSHI).order_by("row"))


def closed(dataset: Dataset, source_id: str) -> Dataset:
    """The dataset with a document whose rows may not be passed on."""
    sources = {
        key: source.model_copy(update={"may_republish": key != source_id}) for key, source in dataset.sources.items()
    }
    return dataclasses.replace(dataset, sources=sources)


def test_csv_opens_in_pandas_with_every_report_and_its_attribution(shipped: Dataset, rows: pa.Table) -> None:
    frame = pd.read_csv(io.BytesIO(EXPORTS["csv"](shipped, SHUSHI)), keep_default_na=False)
    assert list(frame["incident_id"]) == rows["incident_id"].to_pylist()
    assert (frame["claimed_by"] != "").all()
    assert (frame["paragraphs"] != "").all()
    assert "Şuşa" in frame.loc[frame["place_id"] == "shushi", "place_names"].iloc[0]


def test_geojson_opens_in_geopandas_longitude_first(shipped: Dataset, rows: pa.Table) -> None:
    frame = gpd.read_file(io.BytesIO(EXPORTS["geojson"](shipped, SHUSHI)))
    assert len(frame) == len(rows)
    shushi = frame[frame["place_id"] == "shushi"].iloc[0]
    assert (shushi.geometry.x, shushi.geometry.y) == (46.7499, 39.7601)
    assert shushi["claimed_by"]


def test_whole_numbers_stay_whole_in_geojson(shipped: Dataset) -> None:
    features = json.loads(EXPORTS["geojson"](shipped, Selection(deaths=True)))["features"]
    assert all(isinstance(feature["properties"]["deaths_best"], int | None) for feature in features)


def test_an_unmapped_report_keeps_a_null_geometry(shipped: Dataset) -> None:
    features = json.loads(EXPORTS["geojson"](shipped, Selection()))["features"]
    blank = [feature for feature in features if feature["geometry"] is None]
    assert len(blank) == shipped.fetch(shipped.reports)["latitude"].null_count > 0


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(shipped: Dataset) -> None:
    poisoned = dataclasses.replace(shipped, reports=shipped.reports.mutate(note=ibis.literal("=HYPERLINK(1)")))
    frame = pd.read_csv(io.BytesIO(EXPORTS["csv"](poisoned, SHUSHI)), keep_default_na=False)
    assert set(frame["note"]) == {"'=HYPERLINK(1)"}


def test_rows_that_may_not_be_republished_are_left_out(shipped: Dataset, rows: pa.Table) -> None:
    frame = pd.read_csv(io.BytesIO(EXPORTS["csv"](closed(shipped, "002_eef0960e507a5577"), SHUSHI)))
    assert 0 < len(frame) < len(rows)
    assert "002_eef0960e507a5577" not in set(frame["source_id"])


def test_what_is_left_out_is_said_of_none_of_one_and_of_many() -> None:
    assert withheld_sentence(0) == ""
    assert withheld_sentence(1) == "1 report is left out: the terms of its table forbid passing it on."
    assert withheld_sentence(1204) == "1,204 reports are left out: the terms of their table forbid passing them on."


@pytest.mark.parametrize("ending", EXPORTS)
def test_an_empty_selection_gives_a_file(shipped: Dataset, ending: str) -> None:
    assert isinstance(EXPORTS[ending](shipped, Selection(text="zzzz")), bytes)


def test_the_one_file_map_is_small_whole_and_says_what_it_leaves_out(shipped: Dataset) -> None:
    everything = EXPORTS["html"](shipped, Selection())
    assert len(everything) < 4_000_000
    text = EXPORTS["html"](closed(shipped, "002_eef0960e507a5577"), SHUSHI).decode()
    assert "1 report is left out: the terms of its table forbid passing it on." in text
    assert "Keghart" not in text.split("attest-data")[1].split("</script>")[0].split('"details"')[1]


def test_no_text_of_a_table_ends_a_script_or_acts_as_html(shipped: Dataset) -> None:
    hostile = ibis.literal("</script><img src=x onerror=alert(1)>")
    text = EXPORTS["html"](dataclasses.replace(shipped, reports=shipped.reports.mutate(title=hostile)), SHUSHI).decode()
    assert "onerror=alert(1)" in text, "the text is kept"
    assert "</script><img" not in text
    assert "<img" not in text


@pytest.mark.parametrize("ending", EXPORTS)
def test_the_export_command_writes_every_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    target = tmp_path / f"map.{ending}"
    assert main(["export", "--scope", "core", "--format", ending, "--from", "1900-01-01", "-o", str(target)]) == 0
    assert target.stat().st_size > 1000
    assert "reports written" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["html", "geojson", "gpkg", "kml", "zip"])
def test_the_legend_and_the_keys_are_in_the_file_in_words(shipped: Dataset, ending: str) -> None:
    data = EXPORTS[ending](shipped, Selection(sides=("azerbaijani",)))
    if ending == "zip":
        data = zipfile.ZipFile(io.BytesIO(data)).read("datapackage.json")
    said = data.decode("utf-8", errors="replace")
    drawn = (*legend.signs(shipped).values(), *KEYS, *KEYS.values())
    expected = (*drawn, *legend.NOTES) if ending == "html" else legend.NOTES
    for words in expected:
        assert words in said or words in html.unescape(html.unescape(said)), (ending, words)


def test_a_row_of_a_csv_says_how_its_mark_is_drawn(shipped: Dataset) -> None:
    rows = csv.DictReader(io.StringIO(EXPORTS["csv"](shipped, Selection()).decode("utf-8-sig")))
    drawn = {row["incident_id"] + row["source_id"] + row["claimed_by"]: row for row in rows}
    said = Counter(sign for row in drawn.values() for sign in row["drawn_as"].split("; "))
    assert {legend.SIGNS[sign] for sign in ("event", "subject", "vague", "denied", "confirmed", "area")} < {*said}
    for row in drawn.values():
        signs = row["drawn_as"].split("; ")
        if not row["latitude"]:
            assert signs == ["no mark: no coordinates"]
            continue
        if row["precision"] in AREAS:
            named = row["precision"] == "country" or float(row["radius_km"]) > 90
            assert signs == ["no mark: the area is named above the map" if named else legend.SIGNS["area"]]
            continue
        assert (legend.SIGNS["denied"] in signs) == (row["claim_status"] == "denied")
        assert (legend.SIGNS["subject"] in signs) == (row["place_role"] == "subject")
        assert (legend.SIGNS["vague"] in signs) == (not re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"]))


def test_the_letters_of_a_saved_map_are_in_it_for_machines_that_lack_them(shipped: Dataset) -> None:
    page = EXPORTS["html"](shipped, Selection()).decode()
    [font] = re.findall(r'src: url\("data:font/woff;base64,([^"]+)"\)', page)
    letters = TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()
    names = "".join(name for listed in marks.names(shipped.places.values(), shipped.case).values() for name in listed)
    assert {sign for sign in names if ord(sign) > 0xFF} <= {chr(code) for code in letters}
