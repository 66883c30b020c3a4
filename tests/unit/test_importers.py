"""A real export opens as it is, a mapping is kept and read again, and what cannot be read at all is one clear fault."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb
import geopandas as gpd
import pandas as pd
import pytest

from geodata.model.faults import Fault, InvalidData
from geodata.model.mapping import TableMapping, changed
from geodata.model.selection import Selection, select
from geodata.model.text import fold
from geodata.store import search_words
from geodata.store.importers import build, kept, open_table, read_table
from geodata.tell import words
from geodata.timemap import marks
from tests.server import ROOT
from tests.unit.importing import HEAD, column, notes, rows_of, written

SAMPLE = ROOT / "tests" / "data" / "ged_extract.csv"
"""Twenty rows of the UCDP Georeferenced Event Dataset 23.1 (CC BY 4.0)."""


def faults_of(path: Path) -> list[Fault]:
    with pytest.raises(InvalidData) as caught:
        open_table(path)
    return list(caught.value.faults)


def test_the_office_of_ged_is_the_source_and_its_original_source_the_speaker() -> None:
    dataset = open_table(SAMPLE)
    frame = pd.read_csv(SAMPLE)
    offices = {name for cell in frame["source_office"].dropna() for name in cell.split(";")}
    assert offices <= set(dataset.sources)
    assert len(set(column(dataset, "telling"))) == len(frame)
    said = {row["telling"]: row["claimed_by"] for row in rows_of(dataset)}
    assert [said[n + 1] for n in range(len(frame)) if isinstance(frame["source_original"][n], str)] == list(
        frame["source_original"].dropna()
    )


def test_every_column_of_ged_is_read_or_stands_among_the_others() -> None:
    dataset = open_table(SAMPLE)
    [opening], [own] = dataset.openings, dataset.own.values()
    assert opening.mapping is not None
    assert {*opening.mapping.used(), *own.columns} == set(pd.read_csv(SAMPLE).columns)
    assert all(name in notes(dataset) for name in own.columns)
    assert [category.name for category in dataset.categories] == [
        "type_of_violence", "conflict_name", "adm_1", "event_clarity",
    ]  # fmt: skip


def test_first_and_last_days_are_those_of_the_table() -> None:
    dataset = open_table(SAMPLE)
    frame = pd.read_csv(SAMPLE)
    exact = frame["date_prec"] <= 2
    days = {row["telling"]: (str(row["first_day"]), str(row["last_day"])) for row in rows_of(dataset)}
    for number in frame.index[exact]:
        assert days[number + 1] == (frame["date_start"][number], frame["date_end"][number])


def test_parquet_and_geoparquet_open_like_csv(tmp_path: Path) -> None:
    frame = pd.read_csv(SAMPLE)
    frame.to_parquet(tmp_path / "table.parquet")
    points = gpd.points_from_xy(frame.longitude, frame.latitude, crs="EPSG:4326")
    gpd.GeoDataFrame(frame.drop(columns=["latitude", "longitude"]), geometry=points).to_parquet(
        tmp_path / "geo.parquet"
    )
    told = [open_table(path) for path in (SAMPLE, tmp_path / "table.parquet", tmp_path / "geo.parquet")]
    names = ("incident_id", "source_id", "latitude", "longitude", "first_day", "deaths_best")
    places = [[tuple(row[name] for name in names) for row in rows_of(dataset)] for dataset in told]
    assert places[0] == places[1] == places[2]


def test_each_text_of_an_imported_table_is_folded_by_the_one_rule(tmp_path: Path) -> None:
    texts = (
        "Step’anakert d'Ivoire", "O’Neil’s ﬁeld", "Straße nach Ağdərə – Şuşa", "ЁЛКА", "Ստեփանակերտ", "21300.0",
        "a_b  c;d", "İrəvan", "50 % of `it`", "Æther", *(f"a{chr(code)}b" for code in range(32, 127) if code != 34),
    )  # fmt: skip
    lines = (f'{number},2020-01-01,1,2,W,"{text}"' for number, text in enumerate(texts))
    dataset = open_table(written(tmp_path, "\n".join((HEAD, *lines))))
    told = {row["incident_id"]: row for row in rows_of(dataset)}
    for number, text in enumerate(texts):
        row = told[str(number)]
        assert row["words"] == fold(" ".join(row[name] for name in search_words.READ if row[name])), text
        assert fold(text) in row["words"]


def test_selections_and_columns_work_on_an_imported_table() -> None:
    dataset = open_table(SAMPLE)
    summary = words.summarise(dataset, Selection())
    assert len(marks.columns(dataset, dataset.fetch(dataset.reports.order_by("row")))) == summary.reports
    assert {"document", "own:type_of_violence"} <= set(marks.schemes(dataset))
    title = dataset.fetch(dataset.reports)["title"][0].as_py().split()[0]
    assert len(dataset.fetch(select(dataset.reports, Selection(text=title))))


def test_reports_are_numbered_by_first_day_and_undated_ones_come_last(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEAD}\na,,1,2,W,t\nb,2020-02-01,1,2,W,t\nc,2020-01-01,1,2,W,t\n")
    dataset = open_table(path)
    in_order = dataset.fetch(dataset.reports.order_by("row"))
    assert in_order["incident_id"].to_pylist() == ["c", "b", "a"]
    assert in_order["row"].to_pylist() == [0, 1, 2]


def test_a_mapping_kept_beside_a_table_opens_it_without_a_question(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEAD}\na,04/05/2020,39.8,46.7,Wire A,t\n")
    asked = open_table(path)
    mapping = asked.openings[0].mapping
    assert asked.openings[0].questions and mapping is not None
    kept.keep(changed(mapping, "date.order", "day-first"), path)
    again = open_table(path)
    assert column(again, "date") == ["2020-05-04"]
    assert not again.openings[0].questions


def test_a_fault_of_a_kept_mapping_is_told_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEAD}\na,2020-10-04,39.8,46.7,Wire A,t\n")
    kept.beside(path).write_text("incident_id: id\ndate:\n  begin: date\n")
    [fault] = faults_of(path)
    assert (fault.file, fault.line) == ("table.csv.attest.yaml", 3)
    assert "no field here" in fault.message


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("date: {start: date, order: dmy}", "'dmy' is not in the vocabulary"),
        ("position: {precision: title, units: {1: nonsense}}", "'nonsense' is not in the vocabulary"),
        ("sources: {columns: source, pattern: '('}", "is no regular expression"),
        ("sources: {columns: source, pattern: '(?=W)'}", "is no regular expression"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused_and_gives_no_traceback(
    tmp_path: Path, lines: str, told: str
) -> None:
    path = written(tmp_path, f"{HEAD}\na,2020-10-04,39.8,46.7,Wire A,t\n")
    kept.beside(path).write_text(f"incident_id: id\n{lines}\n")
    [fault] = faults_of(path)
    assert (fault.file, fault.line) == ("table.csv.attest.yaml", 2)
    assert told in fault.message


def test_a_sign_between_cells_or_sources_keeps_its_blanks(tmp_path: Path) -> None:
    path = written(tmp_path, "date\tsource\n2020-10-04\tSand Sheet and Wire A\n")
    kept.beside(path).write_text(
        'form: {separator: "\\t"}\ndate: {start: date}\nsources: {columns: source, separator: " and "}\n'
    )
    assert column(open_table(path), "source_id") == ["Sand Sheet", "Wire A"]


@pytest.mark.parametrize("path", ["list[0", "list[x]", "list[0]..name", "list[0]name"])
def test_a_path_into_json_that_is_none_reads_nothing(tmp_path: Path, path: str) -> None:
    file = written(tmp_path, 'date,list\n2020-10-04,"[{""name"": ""Seen""}]"\n')
    for name, title in (("list[0].name", "Seen"), (path, "row 1")):
        mapping = TableMapping.model_validate({"date": {"start": "date"}, "title": name})
        assert column(read_table(file, mapping), "title") == [title]


@pytest.mark.parametrize("name", list(kept.shipped()))
def test_a_shipped_mapping_is_read_back_as_it_is_written_and_names_its_table(name: str) -> None:
    mapping = kept.shipped()[name]
    assert kept.parse(kept.write(mapping), name) == mapping
    assert mapping.about and mapping.signs


def test_a_mapping_can_read_one_column_for_several_fields(tmp_path: Path) -> None:
    path = written(tmp_path, "what,when\nA blast,2020-10-04\n")
    mapping = TableMapping.model_validate({"date": {"start": "when"}, "title": "what", "summary": "what"})
    [row] = rows_of(read_table(path, mapping))
    assert (row["title"], row["summary"]) == ("A blast", "A blast")


@pytest.mark.parametrize("name", ["broken.parquet", "broken.csv"])
def test_a_corrupt_file_is_told_and_gives_no_traceback(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"PAR1" + bytes(range(256)) * 40)
    (fault,) = faults_of(path)
    assert fault.file == name


@pytest.mark.parametrize("name", [" .csv", "\u202eevil\n.csv", "\u200b.csv"])
def test_a_table_is_opened_whatever_its_name(tmp_path: Path, name: str) -> None:
    title = open_table(written(tmp_path, HEAD + "\na,2020-10-04,39.8,46.7,Wire,Fire\n", name)).case.title
    assert title.isprintable()
    assert title == title.strip() != ""


def test_the_mark_between_two_files_that_were_joined_is_no_part_of_a_name(tmp_path: Path) -> None:
    dataset = open_table(written(tmp_path, HEAD + "\na,2020-10-04,39,46,Wire,x\n\ufeffa,2020-10-05,39,46,Wire,y\n"))
    assert column(dataset, "incident_id") == ["a", "a"]


def test_a_name_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.csv"))
    path.write_text(HEAD)
    assert faults_of(path)[0].message.endswith("that is not UTF-8; rename it")
    assert faults_of(path)[0].file == "a\ufffd.csv"


def test_a_name_that_steers_a_terminal_is_told_by_its_signs(tmp_path: Path) -> None:
    told = str(faults_of(written(tmp_path, "", "\x1b[2Ja\u202eb.csv"))[0])
    assert told.startswith("\\x1b[2Ja\\x202eb.csv: is empty")


def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "table.csv")
    assert "is a pipe or a device" in faults_of(tmp_path / "table.csv")[0].message
    (tmp_path / "link.csv").symlink_to("table.csv")
    assert "is a pipe or a device" in faults_of(tmp_path / "link.csv")[0].message


def test_a_path_that_is_no_table_is_told(tmp_path: Path) -> None:
    assert "is a folder without case.yaml" in faults_of(tmp_path)[0].message
    assert "is not there" in faults_of(tmp_path / "nowhere.parquet")[0].message
    assert "is empty" in faults_of(written(tmp_path, "", "empty.csv"))[0].message


class Recording:
    """A connection that keeps the plan of each query that makes the reports."""

    def __init__(self) -> None:
        self.connection, self.plans = build.connect(), list[str]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)

    def execute(self, query: str, *more: object) -> duckdb.DuckDBPyConnection:
        if query.startswith("INSERT INTO reports_0 "):
            self.plans.append(self.connection.execute(f"EXPLAIN {query}").fetchall()[0][1])
        return self.connection.execute(query, *more)


def test_words_that_are_looked_for_in_each_cell_are_no_joins(tmp_path: Path) -> None:
    path = written(tmp_path, "id,date,latitude,longitude,event_type,source\na,2020-10-04,39.8,46.7,Battles,NA\n")
    recording = Recording()
    build.read(recording, path)  # type: ignore[arg-type]
    [plan] = recording.plans
    # Dates (twice), places, deaths, order (twice), precision and graphic marks are joined, and the words for claims.
    assert plan.count("Join Type") <= 9
