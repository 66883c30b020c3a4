"""Tables of others: opened as they are, with what they lack said, and refused with one clear message a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import geopandas as gpd
import pandas as pd
import pytest

from geodata.model.faults import Fault, InvalidData
from geodata.model.selection import Selection, select
from geodata.model.text import fold
from geodata.store.importers import open_table
from geodata.store.importers.foreign import FOLDED
from geodata.tell import words
from geodata.timemap import marks
from tests.server import ROOT

SAMPLE = ROOT / "tests" / "data" / "ged_extract.csv"
"""Twenty rows of the UCDP Georeferenced Event Dataset 23.1 (CC BY 4.0)."""


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Callable[[pd.DataFrame], object]], Path]:
    """The extract after a change, as CSV."""

    def edit(change: Callable[[pd.DataFrame], object]) -> Path:
        frame = pd.read_csv(SAMPLE)
        changed = change(frame)
        path = tmp_path / "table.csv"
        (changed if isinstance(changed, pd.DataFrame) else frame).to_csv(path, index=False)
        return path

    return edit


def faults_of(path: Path) -> list[Fault]:
    with pytest.raises(InvalidData) as caught:
        open_table(path)
    return list(caught.value.faults)


def test_a_real_export_opens_as_it_is_and_says_what_it_does_not_tell() -> None:
    dataset = open_table(SAMPLE)
    frame = pd.read_csv(SAMPLE)
    rows = dataset.fetch(dataset.reports.order_by("row")).to_pylist()
    assert len(rows) == len(frame)
    assert sum(row["deaths_best"] for row in rows) == frame["best"].sum()
    assert {"claimant_side", "claim_status", "scope"} <= set(dataset.missing)
    assert all(row["claimant_side"] == "" for row in rows), "nothing is put in the place of what is missing"


def test_first_and_last_days_are_those_of_the_table() -> None:
    dataset = open_table(SAMPLE)
    frame = pd.read_csv(SAMPLE).sort_values(["date_start", "date_end"])
    rows = dataset.fetch(dataset.reports.order_by("row"))
    assert [str(day) for day in rows["first_day"].to_pylist()] == list(frame["date_start"])
    assert [str(day) for day in rows["last_day"].to_pylist()] == list(frame["date_end"])


def test_the_precision_of_a_real_export_becomes_ours() -> None:
    dataset = open_table(SAMPLE)
    kinds = set(dataset.fetch(dataset.reports)["precision"].to_pylist())
    assert kinds <= {"exact", "settlement", "district", "province", "region", "country"}
    assert len(kinds) > 1


def test_parquet_and_geoparquet_open_like_csv(tmp_path: Path) -> None:
    frame = pd.read_csv(SAMPLE)
    frame.to_parquet(tmp_path / "table.parquet")
    points = gpd.points_from_xy(frame.longitude, frame.latitude, crs="EPSG:4326")
    gpd.GeoDataFrame(frame.drop(columns=["latitude", "longitude"]), geometry=points).to_parquet(
        tmp_path / "geo.parquet"
    )
    told = [open_table(path) for path in (SAMPLE, tmp_path / "table.parquet", tmp_path / "geo.parquet")]
    places = [
        dataset.fetch(
            dataset.reports.order_by("incident_id").select("incident_id", "latitude", "longitude", "first_day")
        )
        for dataset in told
    ]
    assert places[0].to_pylist() == places[1].to_pylist() == places[2].to_pylist()


def test_both_foldings_of_letters_are_one() -> None:
    texts = (
        "Step’anakert d'Ivoire",
        "Xankəndi",
        "Ağdərə – Şuşa",
        "ЁЛКА",
        "Ստեփանակերտ",
        "21300.0",
        "a_b  c;d",
        "İrəvan",
    )
    folded = duckdb.sql(
        f"SELECT {FOLDED.format('text')} FROM (SELECT unnest($1) AS text)", params=[list(texts)]
    ).fetchall()
    assert [row[0] for row in folded] == [fold(text) for text in texts]


def test_selections_and_columns_work_on_an_imported_table() -> None:
    dataset = open_table(SAMPLE)
    summary = words.summarise(dataset, Selection())
    assert words.balance(dataset.case, summary) == "This table does not tell who speaks."
    assert len(marks.columns(dataset, dataset.fetch(dataset.reports.order_by("row")))) == summary.reports
    assert list(marks.schemes(dataset)) == ["document"]
    title = dataset.fetch(dataset.reports)["title"][0].as_py().split()[0]
    assert len(dataset.fetch(select(dataset.reports, Selection(text=title))))


@pytest.mark.parametrize(
    ("change", "column", "message"),
    [
        (lambda frame: frame.drop(columns="latitude"), "latitude", "no column tells it"),
        (
            lambda frame: frame.drop(columns=["source_article", "source_original", "source_office"]),
            "source",
            "no column",
        ),
        (lambda frame: put(frame, 2, "date_start", "04/10/2020"), "date", "row 3: '04/10/2020"),
        (lambda frame: put(frame, 0, "latitude", 146.0, "longitude", 40.0), "latitude", "swapped?"),
        (lambda frame: put(frame, 0, "longitude", 190.0), "longitude", "outside -180 to 180"),
        (lambda frame: put(frame, 1, "latitude", 0.0, "longitude", 0.0), "latitude", "no place of an incident"),
        (lambda frame: put(frame, 1, "latitude", None), "latitude", "half a coordinate"),
        (lambda frame: frame.assign(date_basis="reported"), "date_basis", "'reported' is not in the vocabulary"),
        (lambda frame: frame.assign(place_role="near"), "place_role", "'near' is not in the vocabulary"),
        (lambda frame: pd.concat([frame, frame.head(1)]), "id", "stands in an earlier row"),
        (lambda frame: frame.head(0), "", "has no rows"),
    ],
)
def test_a_fault_of_a_foreign_table_is_told_once_with_its_row(
    edited: Callable[..., Path], change: Callable[[pd.DataFrame], object], column: str, message: str
) -> None:
    (fault,) = faults_of(edited(change))
    assert fault.column == column
    assert message in str(fault)


def test_many_rows_with_one_fault_are_one_message(edited: Callable[..., Path]) -> None:
    (fault,) = faults_of(edited(lambda frame: frame.assign(latitude=0, longitude=0)))
    assert "rows 1, 2, 3 and 17 more" in fault.message


@pytest.mark.parametrize("name", ["broken.parquet", "broken.csv"])
def test_a_corrupt_file_is_told_and_gives_no_traceback(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"PAR1" + bytes(range(256)) * 40)
    (fault,) = faults_of(path)
    assert fault.file == name


def test_a_path_that_is_no_table_is_told(tmp_path: Path) -> None:
    assert "is a folder without case.yaml" in faults_of(tmp_path)[0].message
    assert "is not there" in faults_of(tmp_path / "nowhere.parquet")[0].message
    (tmp_path / "table.docx").write_text("x")
    assert "tables end in" in faults_of(tmp_path / "table.docx")[0].message


def put(frame: pd.DataFrame, row: int, *cells: object) -> None:
    for column, value in zip(cells[::2], cells[1::2], strict=True):
        if isinstance(value, str):
            frame[column] = frame[column].astype(object)
        frame.loc[row, column] = value
