"""Coordinates that a person added to a table of others are marked: on the map, in words, in print and in files."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from geodata.briefing import signs
from geodata.briefing.composition import compose
from geodata.briefing.picture import draw
from geodata.briefing.print import Print
from geodata.briefing.sheet import drawing
from geodata.exports import EXPORTS
from geodata.model.row import Row
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.store.geocoding import decisions
from geodata.store.importers import open_table, read_table
from geodata.tell import facts, legend
from geodata.timemap import marks
from tests.unit.placing import columns, proposed

TABLE = """\
event_id,event_date,location,country,latitude,longitude,source
1,2021-01-01,Berd,Armenia,40.88,45.39,A
2,2021-01-02,Berd,Armenia,,,A
3,2021-01-03,Ann,Armenia,,,A
"""

BERD = decisions.Decision(
    place="Berd", country="Armenia", decision="accept", latitude=40.88, longitude=45.39, precision="settlement",
    origin="learned from 1 placed row of this table", decided_by="R. Reader", decided_on="2026-11-27",
)  # fmt: skip
TOLD = "learned from 1 placed row of this table; accepted by R. Reader"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("placing") / "incidents.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def placed(table: Path) -> Dataset:
    return read_table(table, decisions=[BERD])


def rows_of(dataset: Dataset) -> list[Row]:
    rows: list[Row] = dataset.fetch(dataset.reports.order_by("row")).to_pylist()
    return rows


def test_decisions_given_in_memory_fill_a_table_and_leave_no_file(table: Path, placed: Dataset) -> None:
    assert [row["placed_by"] for row in rows_of(placed)] == ["", TOLD, ""]
    assert [row["latitude"] for row in rows_of(placed)] == [40.88, 40.88, None]
    assert "1 row got coordinates by decisions on the page Places and is marked so." in placed.openings[0].notes
    assert not decisions.path_beside(table).exists()


def test_decisions_in_memory_stand_in_the_place_of_those_beside_the_table(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text(TABLE, encoding="utf-8")
    decisions.change(decisions.path_beside(path), lambda _: [BERD])
    assert [row["placed_by"] for row in rows_of(read_table(path))] == ["", TOLD, ""]
    assert [row["placed_by"] for row in rows_of(read_table(path, decisions=[]))] == ["", "", ""]


def test_a_table_without_a_column_of_coordinates_no_longer_lacks_them_once_some_are_added(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text("event_id,event_date,location,country\n1,2021-01-02,Berd,Armenia\n", encoding="utf-8")
    assert {"latitude", "longitude"} <= set(read_table(path).missing)
    assert not {"latitude", "longitude"} & set(read_table(path, decisions=[BERD]).missing)


def test_a_mark_with_added_coordinates_has_a_flag_of_its_own(placed: Dataset) -> None:
    drawn = marks.columns(placed, placed.fetch(placed.reports.order_by("row")))
    assert drawn.schema.field("flags").type == pa.uint16()
    assert [bool(flags & marks.FLAGS["added"]) for flags in drawn["flags"].to_pylist()] == [False, True, False]
    assert sum(marks.FLAGS.values()) == 2 ** len(marks.FLAGS) - 1, "each sign has a bit of its own"


def test_popup_tooltip_and_card_say_whence_added_coordinates_come(placed: Dataset) -> None:
    details = marks.details(placed, placed.fetch(placed.reports.order_by("row")))
    assert [detail["coordinates"] for detail in details] == ["", f"not in the table; {TOLD}", ""]
    told = [facts.of(placed, row).get("Coordinates") for row in rows_of(placed)]
    assert told == [None, f"not in the table; {TOLD}", None]


def test_the_legend_has_the_sign_only_where_coordinates_were_added(
    placed: Dataset, table: Path, shipped: Dataset
) -> None:
    assert marks.fixed(placed)["signs"]["added"] == legend.SIGNS["added"]
    for dataset in (open_table(table), shipped):
        assert "added" not in marks.fixed(dataset)["signs"]


def test_every_data_file_has_the_origin_of_added_coordinates_beside_its_mark(placed: Dataset) -> None:
    listed = list(csv.DictReader(io.StringIO(EXPORTS["csv"](placed, Selection()).decode("utf-8-sig"))))
    assert [row["placed_by"] for row in listed] == ["", TOLD, ""]
    assert [legend.SIGNS["added"] in row["drawn_as"] for row in listed] == [False, True, False]
    assert listed[2]["drawn_as"] == "no mark: no coordinates"
    features = json.loads(EXPORTS["geojson"](placed, Selection()))["features"]
    assert [feature["properties"]["placed_by"] for feature in features] == ["", TOLD, ""]
    kml = EXPORTS["kml"](placed, Selection()).decode()
    assert kml.count(f"&lt;b&gt;Coordinates:&lt;/b&gt; not in the table; {TOLD}") == 1


def test_an_area_that_was_added_is_drawn_as_both(placed: Dataset) -> None:
    row = rows_of(placed)[1] | {"precision": "province", "radius_km": 20.0}
    assert legend.drawn_as(row) == f"{legend.SIGNS['area']}; {legend.SIGNS['added']}"


def test_an_export_that_is_opened_again_keeps_the_mark(placed: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(EXPORTS["csv"](placed, Selection()))
    again = read_table(path)
    assert [row["placed_by"] for row in rows_of(again)] == [row["placed_by"] for row in rows_of(placed)]
    assert "added" in legend.signs(again)


@pytest.mark.parametrize("ending", EXPORTS)
def test_every_export_of_a_table_with_added_coordinates_is_written(placed: Dataset, ending: str) -> None:
    assert EXPORTS[ending](placed, Selection())


def test_a_print_draws_the_sign_beside_mark_key_and_legend_and_tells_the_origin(
    placed: Dataset, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[float] = []
    monkeypatch.setattr(signs, "added", lambda *drawn_at: drawn.append(drawn_at[-1]))
    for dataset, times in ((placed, 3), (open_table(table), 0)):
        drawn.clear()
        with drawing():
            made = compose(Print(dataset, Selection(), date(2026, 11, 27), scheme="document"), "slide", whole=True)
            sheets = draw(made)
        said = " ".join(text for sheet in sheets for text, _ in sheet.texts)
        assert [entry.sign.added for entry in made.shown.entries].count(True) == (times > 0)
        assert len(drawn) == times, "on the mark, beside the report's line, and in the legend"
        assert ("small square" in said) == ("accepted by R. Reader" in said) == (times > 0)


def test_a_decision_of_ones_own_is_told_as_by_hand() -> None:
    table = columns(("Ann", "", "", None, None))
    own = decisions.another(proposed(table)["Ann"], (19.9, 93.9), "settlement", "R. Reader", date(2026, 11, 27))
    assert facts.added_coordinates(own.placed_by) == "not in the table; by hand; accepted by R. Reader"
