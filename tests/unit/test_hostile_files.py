"""Every file that is taken away from a hostile case and a hostile table: no link, no picture, no formula in it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from geodata import briefing
from geodata.briefing import BRIEFINGS, Briefing, Print
from geodata.formats import EXPORTS, LESSONS, PICTURES
from geodata.lessons import read_all
from geodata.model.selection import Selection
from geodata.store import classroom
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table
from tests import hostile_case

pytestmark = pytest.mark.attack

CANARY = "http://canary.example:8099"


class Elements(HTMLParser):
    """Collects the elements of a page or a picture of which an attribute names the canary, but for texts to read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = ("title", "alt", "aria-label", "content")
        if any("canary" in (value or "") for name, value in attrs if name not in said):
            self.found.append(f"{tag} {attrs}")


def links(content: bytes, ending: str) -> list[str]:
    """What in a file leads to the canary or fetches it: by the markup of HTML, SVG and KML, of PDF, and of Office."""
    if content.startswith(b"%PDF"):
        return re.findall(r"/URI\s*\([^)]*canary[^)]*", content.decode("latin-1"))
    if ending in ("xlsx", "pptx"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            texts = [packed.read(name).decode() for name in packed.namelist() if name.endswith((".rels", ".xml"))]
        return [one for text in texts for one in re.findall(r'Target="[^"]*canary|<f>[^<]*', text)]
    if ending == "kml":
        described = ElementTree.fromstring(content).iter("{http://www.opengis.net/kml/2.2}description")
        return [one for each in described for one in Elements(each.text or "").found]
    return Elements(content.decode()).found if ending in ("html", "svg") else []


@pytest.fixture(scope="module", params=["case", "table"])
def dataset(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("hostile")
    if request.param == "case":
        return open_table(hostile_case.made(folder / "case", CANARY))
    return open_table(hostile_case.table(folder / "table.csv", CANARY))


@pytest.mark.parametrize("ending", EXPORTS)
def test_no_export_has_a_link_or_a_picture_of_a_cell(dataset: Dataset, ending: str) -> None:
    assert links(EXPORTS[ending](dataset, Selection()), ending) == []


@pytest.mark.parametrize("ending", PICTURES)
def test_no_print_has_a_link_of_a_cell(dataset: Dataset, ending: str) -> None:
    for page in briefing.pages(Print(dataset, Selection(), date(2026, 1, 1)), "slide", ending, whole=True):
        assert links(page, ending) == []


@pytest.mark.parametrize("ending", BRIEFINGS)
def test_no_briefing_has_a_link_of_a_cell(dataset: Dataset, ending: str) -> None:
    incidents = dataset.fetch(dataset.reports.order_by("row").select("incident_id"))["incident_id"].to_pylist()
    made = BRIEFINGS[ending](Briefing(dataset, tuple(dict.fromkeys(incidents))[:3], date(2026, 1, 1)))
    assert links(made, ending) == []
    if ending == "md":
        assert b"://" not in made and not re.search(rb"(?<!\\)\[", made)


@pytest.mark.parametrize("ending", [ending for ending in LESSONS if ending != "md"])
def test_no_lesson_has_a_link_of_its_text(tmp_path: Path, ending: str) -> None:
    folder = hostile_case.made(tmp_path / "case", CANARY)
    dataset = open_table(folder)
    [lesson], _ = read_all(folder / "lessons", dataset.case)
    assert links(LESSONS[ending](classroom.suitable(dataset), lesson), ending) == []
