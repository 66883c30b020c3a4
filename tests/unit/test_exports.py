"""What leaves is opened again with the tools its users use, and compared with what was shown."""

from __future__ import annotations

import dataclasses
import io
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geodata.__main__ import main
from geodata.dataset import Dataset
from geodata.exports import EXPORTS
from geodata.selection import Selection, select

AUTUMN_CORE = Selection(scopes=("core",), text="Shushi")


@pytest.fixture
def rows(shipped: Dataset):
    return shipped.fetch(select(shipped.reports, AUTUMN_CORE).order_by("row"))


def test_csv_opens_in_pandas_with_every_report_and_its_attribution(shipped: Dataset, rows) -> None:
    frame = pd.read_csv(io.BytesIO(EXPORTS["csv"](shipped, rows)), keep_default_na=False)
    assert list(frame["incident_id"]) == rows["incident_id"].to_pylist()
    assert (frame["claimed_by"] != "").all()
    assert (frame["paragraphs"] != "").all()
    assert "Ханкенди" not in frame.columns
    assert "Şuşa" in frame.loc[frame["place_id"] == "shushi", "place_names"].iloc[0]


def test_geojson_opens_in_geopandas_longitude_first(shipped: Dataset, rows) -> None:
    frame = gpd.read_file(io.BytesIO(EXPORTS["geojson"](shipped, rows)))
    assert len(frame) == len(rows)
    shushi = frame[frame["place_id"] == "shushi"].iloc[0]
    assert (shushi.geometry.x, shushi.geometry.y) == (46.7499, 39.7601)
    assert shushi["claimed_by"]


def test_an_unmapped_report_keeps_a_null_geometry(shipped: Dataset) -> None:
    everything = shipped.fetch(shipped.reports.order_by("row"))
    features = json.loads(EXPORTS["geojson"](shipped, everything))["features"]
    blank = [feature for feature in features if feature["geometry"] is None]
    assert len(blank) == everything["latitude"].null_count > 0


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(shipped: Dataset, rows) -> None:
    column = rows.column_names.index("note")
    poisoned = rows.set_column(column, "note", [["=HYPERLINK(1)", *rows["note"].to_pylist()[1:]]])
    frame = pd.read_csv(io.BytesIO(EXPORTS["csv"](shipped, poisoned)), keep_default_na=False)
    assert frame["note"][0] == "'=HYPERLINK(1)"


def test_rows_that_may_not_be_republished_are_left_out(shipped: Dataset, rows) -> None:
    closed = {
        key: source.model_copy(update={"may_republish": key != "002_eef0960e507a5577"})
        for key, source in shipped.sources.items()
    }
    frame = pd.read_csv(io.BytesIO(EXPORTS["csv"](dataclasses.replace(shipped, sources=closed), rows)))
    assert 0 < len(frame) < len(rows)
    assert "002_eef0960e507a5577" not in set(frame["source_id"])


@pytest.mark.parametrize("ending", EXPORTS)
def test_an_empty_selection_gives_a_file_that_opens(shipped: Dataset, rows, ending: str) -> None:
    assert isinstance(EXPORTS[ending](shipped, rows.slice(0, 0)), bytes)


def test_the_export_command_writes_the_scope_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "core.csv"
    assert main(["export", "--scope", "core", "-o", str(target)]) == 0
    assert set(pd.read_csv(target)["scope"]) == {"core"}
    assert "reports written" in capsys.readouterr().out
