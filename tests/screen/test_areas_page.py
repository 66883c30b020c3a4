"""The page By area: sentence, table and the list of what is only somewhere agree, and follow the filters."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens import areas as page
from geodata.count import areas
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.store.load import load
from geodata.tell import areas as said
from geodata.tell import legend
from geodata.timemap import basemap
from tests.layering import DISTRICT, case_with, frame
from tests.server import ROOT
from tests.unit.importing import written

APP = str(ROOT / "dashboard" / "page.py")


def app_on(path: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(path))
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update(page="by-area", **query)
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return "\n".join(part.value for kind in (app.markdown, app.caption) for part in kind)


def numbers(app: AppTest) -> list[int]:
    """Those of the sentence: all reports shown, and their parts."""
    [sentence] = [part.value for part in app.markdown if part.value.startswith("**Of ")]
    in_areas = re.sub(r"in \d+ areas?|in one area", "", sentence)
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", in_areas)]


def test_sentence_table_and_list_agree_and_follow_the_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(ROOT / "events.csv", monkeypatch)
    whole, inside, *rest = numbers(app)
    assert whole == inside + sum(rest)
    [table] = [frame.value for frame in app.dataframe if "Surely in it" in frame.value]
    assert table["Surely in it"].sum() == inside
    assert (table["of them disputed"] <= table["Surely in it"]).all()
    assert "The places that are somewhere, in no area surely" in [box.label for box in app.expander]
    narrower = app_on(ROOT / "events.csv", monkeypatch, **{"from": "2020-09-27", "to": "2020-11-10"})
    assert numbers(narrower)[0] < whole


def test_what_the_numbers_do_not_say_stands_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    text = texts(app_on(ROOT / "events.csv", monkeypatch))
    for words in (said.NO_FINDING, said.OF_THE_LAND, basemap.DISCLAIMER, said.NOTHING_TOLD):
        assert words in text


def test_of_a_table_without_places_it_says_that_it_tells_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(written(tmp_path, "id,date,source,title\na,2020-10-04,W,t\n"), monkeypatch)
    assert [part.value for part in app.info] == ["This table does not tell where anything is."]
    assert not [part for part in app.markdown if part.value.startswith("**Of ")]


def test_the_page_with_no_report_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(ROOT / "events.csv", monkeypatch, q="zzzzzz")
    assert "No report is shown." in texts(app)
    assert not [frame for frame in app.dataframe if "Surely in it" in frame.value]


def test_the_file_of_the_table_adds_up_to_all_reports(small: Dataset) -> None:
    found = areas.count(small, Selection(), page.land(), legend.WIDEST)
    lines = [line | {"area": f"{at}", "country": ""} for at, line in enumerate(found.by_area.to_pylist())]
    rows = [*csv.DictReader(io.StringIO(page._csv(lines, found).decode("utf-8-sig")))]
    assert sum(int(row["inside"]) for row in rows) == found.reports
    assert [row["area"] for row in rows[-3:]] == [*page.REST.values()]


def test_areas_of_a_layer_of_the_case_are_counted_by_while_the_window_touches_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    districts = frame(
        [DISTRICT, DISTRICT.buffer(0.5)], name=["Inner", ""], since=["2000", "2019"], until=["2010", "2030"]
    )
    districts.to_file(folder / "districts.geojson")
    case_with(folder, {"file": "districts.geojson", "title": "Districts", "source": "A *new* survey",
                       "first_column": "since", "last_column": "until"})  # fmt: skip
    app = app_on(folder / "events.csv", monkeypatch)
    [chosen] = [box for box in app.selectbox if box.label == "Areas"]
    assert chosen.options == ["Provinces of the base map", "Districts"]
    chosen.select("layer 1").run()
    assert "The areas are those of the layer “Districts”, as its source has them: A \\*new\\* survey." in texts(app)
    dataset = load(folder)
    whole = page.layers(dataset, None, None)["layer 1"]
    later = page.layers(dataset, date(2020, 1, 1), date(2020, 12, 31))["layer 1"]
    assert list(whole.areas["name"]) == ["Inner", "Districts, area 2"]
    assert len(later.areas) == 1
    assert list(page.layers(dataset, date(1950, 1, 1), date(1960, 1, 1))) == ["provinces"]
