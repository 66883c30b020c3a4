"""Two more cases, made for these tests: each does all that the shipped one does, and no word of that stands in it."""

from __future__ import annotations

import ast
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import geopandas as gpd
import pypdfium2
import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from geodata import briefing, lessons
from geodata.__main__ import main
from geodata.briefing import BRIEFINGS, Briefing, caption
from geodata.count import compare, disagreements, facets, voices
from geodata.count.compare import Pair
from geodata.exports import EXPORTS
from geodata.model.names import namings
from geodata.model.selection import Selection
from geodata.model.vocabulary import BLANK
from geodata.store import case_file
from geodata.store.classroom import Closed, suitable
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table
from geodata.store.load import load
from geodata.tell import words
from geodata.timemap import marks
from tests.server import ROOT
from tests.shipped_words import found_in

CASES = ROOT / "tests" / "cases"

MADE = date(2026, 1, 1)


@pytest.fixture(scope="module", params=["strike", "islands"])
def dataset(request: pytest.FixtureRequest) -> Dataset:
    return load(CASES / request.param)


@pytest.fixture(scope="module")
def strike() -> Dataset:
    return load(CASES / "strike")


@pytest.fixture(scope="module")
def islands() -> Dataset:
    return load(CASES / "islands")


def lessons_of(dataset: Dataset) -> list[lessons.Lesson]:
    folder = next(folder for folder in CASES.iterdir() if case_file.read(folder).title == dataset.case.title)
    read, faults = lessons.read_all(folder / case_file.LESSONS, dataset.case)
    assert not faults
    return list(read)


# --- each works -----------------------------------------------------------------------------------------------------


def test_each_case_is_checked_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("strike", "islands"):
        assert main(["check", str(CASES / name)]) == 0
        assert main(["lesson", str(CASES / name / "lessons"), str(CASES / name)]) == 0
    assert capsys.readouterr().out.count("all fit the table") == 2


def test_each_case_opens_on_its_scope_and_its_box_with_its_own_letters(dataset: Dataset) -> None:
    case = dataset.case
    fixed = marks.fixed(dataset)
    assert case.home
    assert (fixed["home"]["box"], fixed["home"]["name"]) == (case.home.extent, case.home.name)
    told = {one["name"]: (one["letter"], one["colour"]) for one in fixed["schemes"]["side"]["categories"]}
    own = {side.name: (side.letter, side.colour) for side in case.sides.values()}
    assert told == own | {"not stated": ("?", BLANK)}
    assert len({letter for letter, _ in told.values()}) == len({colour for _, colour in told.values()}) == len(told)
    shown = facets.facets(dataset, Selection(scopes=case.opening_scopes))
    assert set(shown["scopes"]) == set(case.scopes)
    assert list(fixed["names"]) == list(namings(case))


def test_a_case_may_bring_its_own_kinds_and_families(strike: Dataset) -> None:
    assert strike.case.harm == ("injury", "dismissal")
    assert [category.name for category in marks.schemes(strike)["type"].categories] == [
        *strike.case.families,
        "not stated",
    ]
    assert sum(voices.harmed(strike, Selection()).values()) == 3


def test_names_of_a_contested_place_stand_together_in_two_scripts(islands: Dataset, strike: Dataset) -> None:
    place = islands.places["limena"]
    assert place.own_names == ("Limena", "Porto Alone")
    assert place.label == "Halone Harbour (Limena / Porto Alone)"
    assert place.name_in("qaa") == "Λιμένα"
    assert islands.places["portoverra"].label == "Portoverra", "where nothing is contested the name stands alone"
    assert namings(islands.case)["label"] == "both where contested"
    assert namings(strike.case) == {"label": "English"}


def test_three_parties_are_named_in_the_order_of_the_case(islands: Dataset, strike: Dataset) -> None:
    counted = voices.matrix(islands, Selection())
    assert voices.sentence(islands.case, counted) == (
        "Of 16 reports shown, 3 come from Halonic claimants, 4 from Verran ones, 4 from Upland ones and 5 from others; "
        "1 is a denial."
    )
    one = Selection(sides=("verran",))
    assert "No Halonic and no Upland claimant is heard." in words.balance(islands.case, words.summarise(islands, one))
    targets = voices.Targets(islands.case)
    assert targets.named("Uplanders, and Halonian and Verran soldiers") == "Halonic, Verran and Upland"
    assert targets.named("villages of Verra") == "Verran"
    assert targets.named("Halonian residents of Verra") == "Halonic"
    assert voices.sentence(strike.case, voices.matrix(strike, Selection())).startswith(
        "Of 13 reports shown, 7 come from D"
    )


def test_two_sides_are_compared_and_disagreements_are_found(dataset: Dataset) -> None:
    first, second, *_ = dataset.case.parties
    found = compare.incidents(dataset, Selection(), Pair("sides", (first,), (second,)))
    assert {"a", "b", "both"} == set(found["told"].to_pylist())
    assert disagreements.ranked(dataset, Selection())["sharp"].max() >= 1


def test_a_lesson_runs_and_its_counts_are_those_of_the_case(dataset: Dataset) -> None:
    [lesson] = lessons_of(dataset)
    assert lessons.check(lesson, dataset) == ()
    assert lessons.parse(lessons.write(lesson), f"{lesson.name}.md", dataset.case) == lesson


def test_class_mode_stays_closed_without_a_list_of_persons(strike: Dataset, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Closed):
        suitable(strike)
    folder = CASES / "strike"
    assert main(["lesson", str(folder / "lessons" / "two-papers.md"), str(folder), "-o", "/dev/null"]) == 1
    assert "Class mode stays closed" in capsys.readouterr().err


def test_class_mode_hides_whom_the_list_of_its_own_case_calls_private(islands: Dataset) -> None:
    room = suitable(islands)
    texts = json.dumps(room.fetch(room.reports).to_pylist(), default=str, ensure_ascii=False)
    assert "Brass" not in texts
    assert "a herdsman" in texts
    assert "Solano" in texts


# --- no word of the shipped case ------------------------------------------------------------------------------------


def pdf_text(content: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def pptx_text(content: bytes) -> str:
    shapes = [shape for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes]
    cells = [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join([*cells, *(shape.text_frame.text for shape in shapes if shape.has_text_frame)])


def html_text(content: bytes) -> str:
    """The page without its font and the cells of the land, which are no text."""
    page, cells = re.subn(r'"embedded":\{[^}]+\}', "", content.decode())
    assert cells == 1
    return re.sub(r"data:font/woff;base64,[^\"]+", "", page)


def zip_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def gpkg_text(content: bytes) -> str:
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        Path(file.name).write_bytes(content)
        return str(gpd.read_file(file.name).to_csv())


def parquet_text(content: bytes) -> str:
    return str(gpd.read_parquet(io.BytesIO(content)).to_csv())


def xlsx_text(content: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return "\n".join(str(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())


READERS: dict[str, Callable[[bytes], str]] = {
    "html": html_text,
    "pdf": pdf_text,
    "pptx": pptx_text,
    "zip": zip_text,
    "parquet": parquet_text,
    "gpkg": gpkg_text,
    "xlsx": xlsx_text,
}


@pytest.mark.parametrize("ending", EXPORTS)
def test_no_word_of_the_shipped_case_is_in_an_export(dataset: Dataset, ending: str) -> None:
    content = EXPORTS[ending](dataset, Selection())
    text = READERS.get(ending, bytes.decode)(content)
    assert "Attest" in text or next(iter(dataset.sources)) in text, "it is read"
    assert found_in(text) == []


@pytest.mark.heavy
@pytest.mark.parametrize("shape", ["slide", "column"])
def test_no_word_of_the_shipped_case_is_on_a_printed_map(dataset: Dataset, shape: str) -> None:
    view = briefing.Print(dataset, Selection(), MADE)
    [content] = briefing.pages(view, shape, "pdf")
    text = pdf_text(content)
    assert "Incidents and who says so" in text
    assert found_in(text) == []
    assert found_in(caption(view)) == []


@pytest.mark.heavy
@pytest.mark.parametrize("form", BRIEFINGS)
def test_no_word_of_the_shipped_case_is_on_the_pages_of_incidents(dataset: Dataset, form: str) -> None:
    incidents = dataset.fetch(dataset.reports.select("incident_id").distinct())["incident_id"].to_pylist()
    content = BRIEFINGS[form](Briefing(dataset, tuple(incidents), MADE))
    text = {"pdf": pdf_text, "pptx": pptx_text}.get(form, bytes.decode)(content)
    assert incidents[0] in text
    assert found_in(re.sub(r"base64,[\w+/=]+", "", text)) == []


@pytest.mark.heavy
@pytest.mark.parametrize("form", ["html", "pdf"])
def test_no_word_of_the_shipped_case_is_in_a_lesson(dataset: Dataset, form: str) -> None:
    [lesson] = lessons_of(dataset)
    text = READERS[form](lessons.LESSONS[form](dataset, lesson))
    assert lesson.title in text
    assert found_in(text) == []


@pytest.mark.heavy
def test_a_table_of_others_bears_no_word_but_its_own() -> None:
    path = ROOT / "tests" / "data" / "ged_extract.csv"
    others, own = open_table(path), set(found_in(path.read_text(encoding="utf-8")))
    assert set(found_in(html_text(EXPORTS["html"](others, Selection())))) <= own
    assert set(found_in(zip_text(EXPORTS["zip"](others, Selection())))) <= own
    assert marks.orientation(others) == []


# --- no word of it in the program -----------------------------------------------------------------------------------


def said(path: Path) -> list[str]:
    """The texts of a file of Python that are no docstring: an example there may be taken from anywhere."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in notes]
    return [node.value for node in texts if isinstance(node.value, str)]


def test_the_program_names_nothing_of_the_shipped_case() -> None:
    files = [*(ROOT / "geodata").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")]
    told = {path.name: found_in("\n".join(said(path))) for path in files}
    scripts = [*(ROOT / "geodata").rglob("*.js"), *(ROOT / "dashboard").rglob("*.js")]
    told |= {path.name: found_in(path.read_text(encoding="utf-8")) for path in scripts}
    assert len(told) > 100
    assert {name: found for name, found in told.items() if found} == {}


def test_the_words_that_are_looked_for_are_those_of_the_shipped_case() -> None:
    assert found_in("Names in Xankəndi, five documents; Zoom to the South Caucasus") == [
        "five documents", "the south caucasus", "xankendi",
    ]  # fmt: skip
    assert len(found_in((ROOT / "events.csv").read_text(encoding="utf-8"))) > 100
