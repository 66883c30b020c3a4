"""What is made of the layers of a case: the list of the map, the saved file, the print, the package, the check."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from dashboard.state import data
from geodata import cli
from geodata.briefing import layers as on_paper
from geodata.briefing import picture, wording
from geodata.briefing.print import Print
from geodata.exports import pack
from geodata.exports.html import to_html
from geodata.model.layers import look
from geodata.model.selection import Selection
from geodata.store import classroom
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table
from geodata.store.load import load
from geodata.timemap import layers, marks
from tests import layering
from tests.layering import CAMPS, DISTRICT, FRONT, HOSTILE, RIGHT_TO_LEFT, case_with, frame

CAUCASUS = (45.0, 39.0, 47.0, 41.0)
MADE = date(2026, 1, 2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A line that ended in 2019, an area of always, points of a hostile and a right-to-left name, a scan, a fault."""
    folder = tmp_path_factory.mktemp("case")
    frame([FRONT]).to_file(folder / "front.geojson", driver="GeoJSON")
    frame([DISTRICT]).to_file(folder / "district.shp")
    frame(CAMPS, name=[HOSTILE, RIGHT_TO_LEFT]).to_file(folder / "camps.gpkg", driver="GPKG")
    layering.png_with_world_file(folder / "old.png", CAUCASUS)
    return case_with(
        folder,
        {"file": "front.geojson", "title": "Front line", "source": "A journal", "terms": "CC BY 4.0", "last": "2019"},
        {"file": "district.shp", "title": "District", "source": "A statistics office"},
        {"file": "camps.gpkg", "title": "Camps", "source": "An agency", "first": "2020-09", "last": "2020-12"},
        {"file": "old.png", "title": "Old map", "source": "A survey of 1978"},
        {"file": "gone.kml", "title": "Gone"},
    )


@pytest.fixture(scope="module")
def layered(folder: Path) -> Dataset:
    return open_table(folder)


WAR = Selection(first=date(2020, 9, 27), last=date(2020, 11, 10))


# --- the map --------------------------------------------------------------------------------------------------------


def test_the_map_lists_each_layer_with_source_span_and_look(layered: Dataset) -> None:
    front, _, camps, old = marks.fixed(layered)["layers"]
    assert (front["title"], front["source"], front["terms"], front["span"]) == (
        "Front line", "A journal", "CC BY 4.0", "until 2019")  # fmt: skip
    assert (front["first"], front["last"]) == (None, (date(2019, 12, 31) - date(1970, 1, 1)).days)
    assert (front["colour"], tuple(front["dash"])) == look(1)
    assert [one["kind"] for one in (front, camps, old)] == ["lines", "points", "image"]
    assert old["edges"] == pytest.approx(CAUCASUS)
    assert "content" not in front, "shapes come after the marks, on their own"


def test_shapes_are_sent_as_rounded_numbers(layered: Dataset) -> None:
    content, kind = layers.content(layered.layers[1])
    [area] = json.loads(content)
    assert kind == "application/json"
    assert sorted({*area["rings"][0][::2]}) == [46.0, 46.8]
    assert (area["points"], area["lines"]) == ([], [])


def test_the_types_of_the_script_are_what_is_sent(layered: Dataset) -> None:
    text = (layering.ROOT / "geodata" / "timemap" / "types.d.ts").read_text(encoding="utf-8")
    sent: dict[str, dict[str, Any]] = {
        "LayerInfo": layers.embedded(layered)[0],
        "LayerFeature": layers.features(layered.layers[0].features)[0],
    }
    for interface, values in sent.items():
        body = re.search(rf"^export interface {interface} \{{\n(.*?)^\}}", text, re.MULTILINE | re.DOTALL)
        assert body
        assert set(re.findall(r"^  (\w+)\??:", body[1], re.MULTILINE)) == set(values), interface


def test_a_class_sees_the_layers_too(layered: Dataset) -> None:
    assert classroom.suitable(layered).layers == layered.layers


def test_a_changed_layer_changes_what_is_on_screen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_CASE", str(folder))
    _, before, _ = data.current()
    assert data.current()[1] == before
    world = folder / "old.pgw"
    told = world.read_text(encoding="ascii")
    world.write_text(told + "\n", encoding="ascii")
    dataset, after, faults = data.current()
    assert after != before
    assert faults == ()
    assert dataset
    assert len(dataset.layers) == 4


# --- the saved file -------------------------------------------------------------------------------------------------


def in_file(page: bytes) -> list[dict[str, Any]]:
    held = re.search(rb'id="attest-data">(.*?)</script>', page, re.DOTALL)
    assert held
    shown: list[dict[str, Any]] = json.loads(held[1])["fixed"]["layers"]
    return shown


def test_a_saved_map_holds_its_layers_and_no_text_of_them_acts_as_html(layered: Dataset) -> None:
    page = to_html(layered, Selection())
    shown = in_file(page)
    assert shown[3]["content"].startswith("data:image/webp;base64,")
    assert {one["name"] for one in shown[2]["content"]} == {HOSTILE, RIGHT_TO_LEFT}
    assert b"<img src=x" not in page


@pytest.mark.heavy
def test_what_is_too_large_for_a_saved_map_is_left_out_and_says_so(
    layered: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layers, "MOST_EMBEDDED", 200)
    front, *_ = in_file(to_html(layered, Selection()))
    assert front["content"] == [] or len(json.dumps(front["content"])) < 400
    assert any("Not in this file" in note for one in in_file(to_html(layered, Selection())) for note in one["notes"])


# --- the print ------------------------------------------------------------------------------------------------------


def painted(dataset: Dataset, chosen: Selection) -> np.ndarray[Any, Any]:
    page = picture.pages(Print(dataset, chosen, MADE), "slide")[0]
    return np.asarray(Image.open(io.BytesIO(page)).convert("RGB")).astype(int)


def test_a_print_draws_and_names_the_layers_that_its_window_touches(layered: Dataset) -> None:
    printed = Print(layered, WAR, MADE)
    assert [layer.number for layer in on_paper.drawn(printed)] == [2, 3, 4]
    caption = wording.caption(printed)
    assert "– Camps · source: An agency (Sep 2020 – Dec 2020)" in caption
    assert "Front line" not in caption
    with picture.drawing():
        texts = " ".join(text for text, _ in picture.draw(picture.compose(printed))[0].texts)
    assert "Layers: as their sources say; not reports" in texts
    assert "A statistics office" in texts
    assert "A journal" not in texts


@pytest.mark.slow
@pytest.mark.heavy
def test_the_signs_of_layers_are_on_the_page(layered: Dataset, small: Dataset) -> None:
    with_layers, without = painted(layered, WAR), painted(small, WAR)
    for number in (2, 3):
        colour = tuple(int(look(number)[0][at : at + 2], 16) for at in (1, 3, 5))
        near = [(np.abs(page - colour).max(axis=2) < 12).sum() for page in (with_layers, without)]
        assert near[0] > near[1] + 200, number
    scan = (np.abs(with_layers - (60, 60, 60)).max(axis=2) < 70).sum()
    assert scan > (np.abs(without - (60, 60, 60)).max(axis=2) < 70).sum() + 10_000


def test_layers_beyond_the_legend_are_named_in_the_foot(tmp_path: Path) -> None:
    frame([FRONT]).to_file(tmp_path / "one.geojson", driver="GeoJSON")
    many = [{"file": "one.geojson", "title": f"Line {number}"} for number in range(1, 9)]
    printed = Print(load(case_with(tmp_path, *many)), Selection(), MADE)
    assert on_paper.further(printed) == "Further layers: Line 7 · source: A journal; Line 8 · source: A journal."


# --- the verbs ------------------------------------------------------------------------------------------------------


def test_a_package_takes_the_layers_along_with_their_terms(folder: Path, layered: Dataset, tmp_path: Path) -> None:
    (folder / "district.docx").write_text("notes to oneself", encoding="utf-8")
    content = pack.packed(layered, folder)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = set(package.namelist())
        told = json.loads(package.read("datapackage.json"))["attest"]
    assert {"case/front.geojson", "case/district.shp", "case/district.dbf", "case/old.png", "case/old.pgw"} <= names
    assert "case/district.docx" not in names
    assert told["layers"][0] == {
        "path": "case/front.geojson", "title": "Front line", "source": "A journal", "terms": "CC BY 4.0"
    }  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        package.extractall(tmp_path)
    assert len(open_table(tmp_path / "case").layers) == 4


def test_check_lists_the_layers_and_tells_their_faults_after_the_reports(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert "layer 1: Front line · source: A journal, CC BY 4.0: 1 feature" in out
    assert "11 reports of 8 incidents" in out
    assert re.search(r"case.yaml line \d+, layers 5, file: gone.kml is not there; put it back", err)


def test_a_layer_is_named_with_its_source_and_its_terms_in_one_line(tmp_path: Path) -> None:
    frame([FRONT], name=["Front"]).to_file(tmp_path / "front.geojson")
    case = case_with(tmp_path, {"file": "front.geojson", "title": "Line", "source": "A journal", "terms": "CC BY 4.0"})
    [told] = marks.fixed(load(case))["layers"]
    assert told["credit"] == "Line · source: A journal, CC BY 4.0"
