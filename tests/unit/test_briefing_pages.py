"""Pages of chosen incidents, in each form: every report and document is in them, and nothing is cut."""

from __future__ import annotations

import dataclasses
import html
import io
import re
from collections import Counter
from pathlib import Path

import ibis
import pypdfium2
import pytest
from pptx import Presentation

from geodata.briefing import BRIEFINGS, Briefing, Unprintable
from geodata.briefing.incidents import GRAPHIC
from geodata.cli import main
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import facts
from tests.unit.printed import INCIDENTS, LINK, MADE, rows, words

pytestmark = pytest.mark.slow


# --- pages of incidents -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(shipped: Dataset) -> dict[str, bytes]:
    briefing = Briefing(shipped, INCIDENTS, MADE, link=LINK)
    return {form: write(briefing) for form, write in BRIEFINGS.items()}


def told_rows(dataset: Dataset) -> list[dict[str, object]]:
    return [row for row in rows(dataset, Selection()) if row["incident_id"] in INCIDENTS]


def text_of(deck: bytes) -> str:
    parts = []
    for slide in Presentation(io.BytesIO(deck)).slides:
        for shape in slide.shapes:
            if shape.has_table:
                parts += [cell.text for row in shape.table.rows for cell in row.cells]
            elif shape.has_text_frame:
                parts.append(shape.text_frame.text)
    return "\n".join(parts)


def plain_text(form: str, content: bytes) -> str:
    if form == "pdf":
        return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    if form == "pptx":
        return text_of(content)
    if form == "html":
        return html.unescape(re.sub(r"<[^>]*>", "", content.decode()))
    return re.sub(r"\\(.)", r"\1", content.decode())


@pytest.mark.parametrize("form", BRIEFINGS)
def test_each_form_holds_every_report_and_document(shipped: Dataset, written: dict[str, bytes], form: str) -> None:
    text = words(plain_text(form, written[form]))
    found = told_rows(shipped)
    assert {row["incident_id"] for row in found} == set(INCIDENTS)
    assert any(row["graphic"] for row in found)
    assert not all(row["graphic"] for row in found)
    for row in found:
        source = shipped.sources[row["source_id"]]
        stated = [row[name] for name in ("claimed_by", "title", "claim_status", "disputed_by")]
        for part in (*stated, facts.document_cited(source.label, row["paragraphs"]), source.reader_note):
            assert words(part) in text, part
        assert (words(row["summary"]) in text) is not row["graphic"]
        assert (words(row["note"]) in text) is not (row["graphic"] and bool(row["note"]))
    assert words(GRAPHIC) in text
    assert words("5 Nov 2026") in text


@pytest.mark.heavy
@pytest.mark.parametrize("form", BRIEFINGS)
def test_each_form_has_the_author_s_note_apart_from_what_documents_say(shipped: Dataset, form: str) -> None:
    note = "ask <b>who</b> else *tells* it, " * 8
    made = Briefing(shipped, INCIDENTS, MADE, notes={INCIDENTS[0]: note.strip()})
    text = " ".join(plain_text(form, BRIEFINGS[form](made)).split())
    assert f"Author's note: {' '.join(note.split())}" in text


@pytest.mark.heavy
@pytest.mark.parametrize("form", BRIEFINGS)
def test_each_form_tells_field_by_field_what_is_sharp_mild_one_sided_and_agreed(shipped: Dataset, form: str) -> None:
    chosen = Briefing(shipped, ("2016-sloyan-medal", "2023-09-nagorno-karabakh-displacement"), MADE)
    text = words(plain_text(form, BRIEFINGS[form](chosen)))
    for said in ("≠ sharp", "until 11 Apr 2016 and May 2016: 20 days apart", "≈ mild", "= agreed", "– not told",
                 "◐ only Gatestone Institute, Nov 2023 names the actor"):  # fmt: skip
        assert words(said) in text, said


@pytest.mark.heavy
@pytest.mark.parametrize("form", BRIEFINGS)
def test_an_incident_that_one_alone_tells_has_no_table_and_its_kind_and_deaths_all_the_same(
    shipped: Dataset, form: str
) -> None:
    text = words(plain_text(form, BRIEFINGS[form](Briefing(shipped, ("2020-10-ganja-airbase-attack",), MADE))))
    assert words("field by field") not in text
    assert words("Kind: shelling" if form in ("pdf", "md") else "Kind") in text
    assert words("Deaths stated") in text


def test_a_page_of_an_incident_stands_whole_in_the_largest_type_that_fits(shipped: Dataset) -> None:
    document = pypdfium2.PdfDocument(BRIEFINGS["pdf"](Briefing(shipped, ("2020-stepanakert-shelling",), MADE)))
    titled = [page for page in document if "2020-stepanakert-shelling" in page.get_textpage().get_text_range()]
    assert len(titled) == 1
    [page] = titled
    text = page.get_textpage()
    boxes = [text.get_rect(at) for at in range(text.count_rects())]
    assert all(box[0] > 0 and box[2] < page.get_width() for box in boxes)
    above_foot = [box for box in boxes if box[1] > 60]
    assert min(box[1] for box in above_foot) < 0.25 * page.get_height(), "the page is filled"


def test_graphic_texts_are_printed_when_asked_for(shipped: Dataset) -> None:
    text = words(text_of(BRIEFINGS["pptx"](Briefing(shipped, INCIDENTS[1:2], MADE, graphic_texts=True))))
    graphic = [row["summary"] for row in told_rows(shipped) if row["incident_id"] == INCIDENTS[1]]
    assert graphic
    assert all(words(summary) in text for summary in graphic)
    assert words(GRAPHIC) not in text


def test_slides_are_native_and_carry_no_time_of_their_making(written: dict[str, bytes]) -> None:
    deck = Presentation(io.BytesIO(written["pptx"]))
    assert deck.core_properties.created.date() == MADE
    assert (deck.slide_width.inches, deck.slide_height.inches) == (pytest.approx(13.333, abs=1e-3), 7.5)
    tables = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) >= len(INCIDENTS) + 1
    for table in tables:
        assert table.top + table.height <= deck.slide_height
    (map_shape,) = deck.slides[0].shapes
    assert "reports of 3 incidents" in map_shape._element.nvPicPr.cNvPr.get("descr")


@pytest.mark.heavy
def test_a_summary_longer_than_a_page_goes_on_and_is_not_cut(shipped: Dataset) -> None:
    numbered = " ".join(f"word{number}" for number in range(400))
    long = dataclasses.replace(shipped, reports=shipped.reports.mutate(summary=ibis.literal(numbered)))
    chosen = Briefing(long, INCIDENTS[:1], MADE)
    document = pypdfium2.PdfDocument(BRIEFINGS["pdf"](chosen))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert all(Counter(re.findall(r"word\d+", text))[f"word{number}"] == len(chosen.rows) for number in range(400))
    deck = BRIEFINGS["pptx"](chosen)
    slides = Counter(re.findall(r"word\d+", text_of(deck)))
    assert all(slides[f"word{number}"] == len(chosen.rows) for number in range(400))
    for slide in Presentation(io.BytesIO(deck)).slides:
        assert all(shape.top + shape.height <= 7.5 * 914400 for shape in slide.shapes)


def test_html_and_markdown_keep_a_hostile_cell_as_text(shipped: Dataset) -> None:
    hostile = ibis.literal("<img src=x> [a](b:c) *")
    poisoned = dataclasses.replace(shipped, reports=shipped.reports.mutate(title=hostile))
    chosen = Briefing(poisoned, INCIDENTS[:1], MADE)
    page = BRIEFINGS["html"](chosen).decode()
    assert "<img src=x" not in page
    assert "<script" not in page
    assert not re.findall(r'(?:src|href)="(?!data:)', page), "nothing is fetched"
    assert r"\<img src=x\> \[a\](b\:c) \*" in BRIEFINGS["md"](chosen).decode()


def test_the_one_link_of_a_text_is_that_of_its_view_and_shows_where_it_leads(shipped: Dataset) -> None:
    view = "https://maps.example.org/attest?q=Shushi&by=type"
    chosen = Briefing(shipped, INCIDENTS[:1], MADE, link=view)
    assert f"This view: <{view}>" in BRIEFINGS["md"](chosen).decode()
    shown = view.replace("&", "&amp;")
    assert f"<a href='{shown}' rel='noopener noreferrer'>{shown}</a>" in BRIEFINGS["html"](chosen).decode()
    hostile = Briefing(shipped, INCIDENTS[:1], MADE, link="javascript:alert(1)")
    assert not any("javascript" in BRIEFINGS[form](hostile).decode() for form in ("md", "html"))


def test_a_briefing_refuses_what_it_cannot_print(shipped: Dataset) -> None:
    many = tuple(dict.fromkeys(row["incident_id"] for row in rows(shipped, Selection())))
    for chosen, reason in (((), "1 to 20"), (many, "1 to 20"), (("no-such-incident",), "no-such-incident")):
        with pytest.raises(Unprintable, match=reason):
            Briefing(shipped, chosen, MADE)


# --- command line -------------------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_the_picture_command_writes_map_and_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "map.svg"
    asked = ["picture", "--shape", "column", "--format", "svg", "--scope", "core", "--from", "2020-09-27",
             "--to", "2020-11-10", "--text", "video", "--names", "ru", "--title", "Autumn 2020",
             "-o", str(target)]  # fmt: skip
    assert main(asked) == 0
    assert not target.with_stem("map-2").exists(), "one page, if nothing else is asked for"
    assert main([*asked, "--pages", "all", "--map", "opening"]) == 0
    assert target.read_bytes().startswith(b"<?xml")
    assert target.with_stem("map-2").exists()
    assert "Autumn 2020" in capsys.readouterr().out


def test_the_briefing_command_writes_or_says_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "briefing.md"
    assert main(["briefing", "--incident", INCIDENTS[0], "--format", "md", "-o", str(target)]) == 0
    assert "Amnesty International" in target.read_text(encoding="utf-8")
    assert main(["briefing", "--incident", "nope", "-o", str(target)]) == 1
    assert "not in this table: nope" in capsys.readouterr().err
