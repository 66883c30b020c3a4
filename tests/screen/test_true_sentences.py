"""Over a table of others no page and no file says what only the shipped case can say; the shipped case says it all."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from dashboard.parts import tour
from dashboard.screens.contents import PAGES
from geodata.briefing import BRIEFINGS, Briefing, Print, caption, pages
from geodata.exports import EXPORTS
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table
from geodata.timemap import marks
from tests.others import BARE, GED
from tests.screen import html
from tests.server import ROOT

pytestmark = pytest.mark.heavy

APP = str(ROOT / "dashboard" / "page.py")
DAY = date(2024, 1, 1)

OF_THE_CASE = (
    r"\b[Dd]ocuments?\b(?!\.\w)", "Coding of", "coordinates: GeoNames", "Armenian", "Azerbaijani", "Stepanakert",
    "Core region", "Caucasus", "where contested", r"in every language", r"\bscope", "claimant", "paragraph",
)  # fmt: skip
"""What only a case with coded documents can say, as patterns; the word before a dot is a script's."""

SILENCE = (
    r"No report shown tells", "no denial", "No denial", "Told by others and not here", "not in the text",
    r"tells who speaks", r"(?<![Dd]is)agree", "Adjudicated", "Admiralty", "by who claims", "both in",
)  # fmt: skip
"""What would be said of something that the table does not tell."""

WITHOUT_DEATHS = (r"Deaths (?:are|stated)", "state deaths", "tolls may")


def shown(app: AppTest) -> Iterator[str]:
    """Every text of a page: words, labels, helps, heads of tables."""
    for kind in ("markdown", "caption", "info", "warning", "error", "header", "subheader", "title", "code"):
        yield from (part.value for part in getattr(app, kind))
    yield from (part.value for part in app.text if not part.value.startswith("["))  # passages: their HTML is below
    for kind in ("button", "checkbox", "toggle", "selectbox", "multiselect", "text_input", "number_input", "expander"):
        yield from (part.label for part in getattr(app, kind))
    for kind in ("selectbox", "multiselect", "segmented_control"):
        yield from (str(option) for part in app.get(kind) for option in part.options)
    for kind in ("toggle", "text_input", "number_input"):
        yield from (part.help for part in getattr(app, kind) if part.help)
    for part in html.shown(app):
        yield re.sub(r"<[^>]+>", " ", part)
    for frame in app.dataframe:
        yield " ".join(map(str, frame.value.columns))


@pytest.fixture(params=["ged", "bare"])
def table(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "ged":
        return GED
    bare = tmp_path / "bare.csv"
    bare.write_text(BARE, encoding="utf-8")
    return bare


def untrue(table: Path) -> tuple[str, ...]:
    return (*OF_THE_CASE, *SILENCE, *(() if table == GED else (*WITHOUT_DEATHS, r"(?<!GeoNames,\s)CC BY")))


def assert_true(text: str, table: Path) -> None:
    for pattern in untrue(table):
        found = re.search(rf".{{0,60}}(?:{pattern}).{{0,60}}", text)
        assert not found, (pattern, found)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_over_a_table_of_others_speaks_of_what_it_does_not_have(
    table: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTEST_EVENTS", str(table))
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params.update(page=page, incident=first_incident(table))
    app.run()
    assert not app.exception
    texts = [*shown(app)]
    if page == "table":  # it names our columns as they are, and what might fill them
        texts = [text for text in texts if "Deaths" not in text]
    assert_true("\n".join(texts), table)


def first_incident(table: Path) -> str:
    dataset = open_table(table)
    return str(dataset.fetch(dataset.reports.order_by("row").limit(1))["incident_id"][0].as_py())


def _of_html(data: bytes) -> str:
    """What a saved page says: its words and its data, and not its program."""
    text = data.decode()
    [kept] = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
    page = json.loads(kept)
    fixed = page["fixed"]
    tellings = [told for card in page["cards"] for told in card["tellings"]]
    spoken = [*fixed["signs"].values(), *fixed["caveats"], *(one["title"] for one in fixed["schemes"].values()),
              *(name for told in tellings for fact in told["facts"] for name in fact)]  # fmt: skip
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", text, flags=re.DOTALL)
    return "\n".join((words, *spoken))


def _of_zip(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        package = json.loads(files.read("datapackage.json"))
    return "\n".join((package["title"], package["description"], *(part["title"] for part in package["resources"])))


def _of_kml(data: bytes) -> str:
    return re.sub(r"<Schema .*?</Schema>|<SchemaData.*?</SchemaData>|<[^>]+>", " ", data.decode(), flags=re.DOTALL)


def _of_xlsx(data: bytes) -> str:
    about = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("About").to_python()
    return "\n".join(str(line) for [line] in about).partition("Columns of the reports")[0]


READ: dict[str, Callable[[bytes], str]] = {
    "html": _of_html, "zip": _of_zip, "kml": _of_kml, "xlsx": _of_xlsx,
    "csl.json": lambda data: data.decode().replace('"type": "document"', ""),  # a word of the format
    "csv": lambda data: data.decode().partition("\n")[2],
    "geojson": lambda data: json.loads(data)["description"].partition("place_role")[0],
    "gpkg": lambda data: data.decode("latin-1").partition("place_role 'subject'")[0][-2_000:],
    "bib": bytes.decode, "parquet": lambda data: data[:0].decode(),  # columns alone
}  # fmt: skip
"""How the words of each file are read, its names of columns left out."""


@pytest.mark.parametrize("ending", EXPORTS)
def test_no_file_of_a_table_of_others_speaks_of_what_it_does_not_have(table: Path, ending: str) -> None:
    text = READ[ending](EXPORTS[ending](open_table(table), Selection()))
    assert_true(re.sub("place_role 'subject' is a statement.*?for each row.", "", text, flags=re.DOTALL), table)


def _of_pdf(data: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def _of_pptx(data: bytes) -> str:
    shapes = [shape for slide in Presentation(io.BytesIO(data)).slides for shape in slide.shapes]
    cells = [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join([*cells, *(shape.text_frame.text for shape in shapes if shape.has_text_frame)])


@pytest.mark.slow
@pytest.mark.parametrize(("form", "read"), [("pdf", _of_pdf), ("pptx", _of_pptx), ("md", bytes.decode)])
def test_no_briefing_of_a_table_of_others_speaks_of_what_it_does_not_have(
    table: Path, form: str, read: Callable[[bytes], str]
) -> None:
    made = BRIEFINGS[form](Briefing(open_table(table), (first_incident(table),), DAY))
    assert_true(read(made), table)


@pytest.mark.slow
def test_no_print_of_a_table_of_others_speaks_of_what_it_does_not_have(table: Path) -> None:
    printed = Print(open_table(table), Selection(), DAY)
    [file] = pages(printed, "a4-portrait", "pdf")
    assert_true(_of_pdf(file).replace("\r\n", " "), table)
    assert_true(caption(printed), table)


def test_the_map_and_the_tour_speak_of_what_a_table_has(table: Path, shipped: Dataset) -> None:
    dataset = open_table(table)
    fixed = marks.fixed(dataset)
    said = [
        *fixed["signs"].values(),
        *fixed["caveats"],
        *(text for step in tour.steps(dataset) for text in (step.title, step.words)),
    ]
    assert_true("\n".join(said), table)
    assert "denied" in marks.fixed(shipped)["signs"]
    assert any("by document, by side, by standing" in step.words for step in tour.steps(shipped))


SAID = {
    "map": ("told by 5 documents", "Who speaks in these reports", "these documents do not tell of it", "Left out by"),
    "who-is-heard": ("claimants", "are denials", "of such harm is not counted here", "in which document"),
    "sources": ("Told by others and not here", "Admiralty", "How to cite it", "What to know"),
    "disagreements": ("told differently by two or more documents",),
    "help": ("Standing** is how a document stands", "Adjudicated", "CC BY 4.0", "Not a list of all losses"),
}
"""What the shipped case says, page by page."""


@pytest.mark.parametrize("page", SAID)
def test_the_shipped_case_says_all_that_it_has(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_EVENTS", str(ROOT / "events.csv"))
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params["page"] = page
    app.run()
    text = "\n".join(shown(app))
    assert all(said in text for said in SAID[page]), [said for said in SAID[page] if said not in text]
