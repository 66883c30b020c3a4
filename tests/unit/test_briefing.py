"""The printed map and pages: every mark is attributed, nothing is lost or covered, and the same input gives the same
bytes. Files are opened again with the programs that read them.
"""

from __future__ import annotations

import dataclasses
import hashlib
import html
import io
import itertools
import json
import os
import re
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from math import hypot
from pathlib import Path

import ibis
import numpy as np
import pypdfium2
import pytest
from geopy.distance import geodesic
from pptx import Presentation

from geodata.briefing import BRIEFINGS, PICTURES, SHAPES, Briefing, Print, Unprintable, caption, pages
from geodata.briefing.frame import disc, fitted, graticule
from geodata.briefing.incidents import GRAPHIC
from geodata.briefing.labels import sign_box
from geodata.briefing.numbered import KeyEntry
from geodata.briefing.panels import bins
from geodata.briefing.picture import Composition, compose, draw
from geodata.briefing.sheet import Box, drawing, legible, measure
from geodata.briefing.typeset import Block
from geodata.cli import main
from geodata.model.names import name_of, namings
from geodata.model.selection import Selection, select
from geodata.store.dataset import Dataset
from geodata.timemap.basemap import DISCLAIMER
from tests.server import ROOT

pytestmark = pytest.mark.slow

MADE = date(2026, 11, 5)
LINK = "https://example.net/?scopes=core&from=2020-09-27"
CORE = Selection(scopes=("core",))
WAR = Selection(scopes=("core",), first=date(2020, 9, 27), last=date(2020, 11, 10))
MARAGHA = Selection(text="Maragha")
INCIDENTS = ("2020-cluster-munitions", "2016-04-sloyan-killing", "2012-08-margaryan-extradition")


def view(dataset: Dataset, chosen: Selection = CORE, **more: object) -> Print:
    return Print(dataset, chosen, MADE, link=LINK, **more)


def rows(dataset: Dataset, chosen: Selection) -> list[dict[str, object]]:
    return dataset.fetch(select(dataset.reports, chosen).order_by("row")).to_pylist()


def words(text: str) -> str:
    """The text without its spaces: a line may break anywhere between words."""
    return re.sub(r"\s+", "", text)


def told(block: Block) -> str:
    return words("".join(run.text for line in block.lines for _, run in line))


def told_entry(entry: KeyEntry) -> str:
    return words(f"{entry.claimant} ({entry.standing}): {entry.title}.")


@pytest.fixture(scope="module")
def core(shipped: Dataset) -> Composition:
    with drawing():
        return compose(view(shipped), "slide")


@pytest.fixture(scope="module")
def war(shipped: Dataset) -> Composition:
    with drawing():
        return compose(view(shipped, WAR), "a4-portrait")


@pytest.fixture(scope="module", params=[*((shape, CORE) for shape in SHAPES), ("slide", WAR), ("column", WAR)],
                ids=lambda pair: f"{pair[0]}-{'war' if pair[1].has_window else 'all'}")  # fmt: skip
def made(request: pytest.FixtureRequest, shipped: Dataset) -> Composition:
    shape, chosen = request.param
    with drawing():
        return compose(view(shipped, chosen), shape)


# --- attribution --------------------------------------------------------------------------------------------------


def test_every_selected_report_is_in_the_key_once(shipped: Dataset, made: Composition) -> None:
    selected = [row["row"] for row in rows(shipped, made.view.chosen)]
    assert sorted(entry.row for entry in made.shown.entries) == selected
    blocks = Counter(told(one.block) for leaf in made.leaves for one in leaf.key)
    for entry in made.shown.entries:
        found = [text for text in blocks if text.startswith(told_entry(entry)) and words(entry.cited) in text]
        assert any(words(entry.date) in text for text in found), entry
    written = sum(number for text, number in blocks.items()
                  if any(text.startswith(told_entry(entry)) for entry in made.shown.entries))  # fmt: skip
    assert written == len(selected)


def test_the_numbers_on_the_map_are_those_of_the_key(core: Composition) -> None:
    numbers = [mark.number for mark in core.shown.marks]
    assert numbers == list(range(1, len(numbers) + 1)) == [label.number for label in core.labels]
    assert [mark.y for mark in core.shown.marks] == sorted((mark.y for mark in core.shown.marks), reverse=True)
    for mark in core.shown.marks:
        assert {entry.number for entry in mark.entries} == {mark.number}
        assert all(entry.claimant and entry.document and entry.paragraphs for entry in mark.entries)


def test_an_entry_stands_under_the_heading_of_its_place(core: Composition) -> None:
    names = {words(mark.name): mark.number for mark in core.shown.marks}
    order = [told(one.block) for leaf in core.leaves for one in leaf.key]
    heading, seen = 0, Counter()
    for text in order:
        if text.startswith("Somewhereinawiderarea"):
            break
        for name, number in names.items():
            if re.match(re.escape(name) + r"(·|,continued|:somewhere)", text):
                heading = number
        here = [entry for mark in core.shown.marks if mark.number == heading for entry in mark.entries]
        seen[heading] += any(text.startswith(told_entry(entry)) for entry in here)
    assert seen == Counter({mark.number: len(mark.entries) for mark in core.shown.marks} | {0: 0})


def test_the_pdf_holds_every_claim_as_text(war: Composition) -> None:
    (file,) = pages(war.view, "a4-portrait", "pdf")
    document = pypdfium2.PdfDocument(file)
    assert len(document) == len(war.leaves) > 1
    text = words("".join(page.get_textpage().get_text_range() for page in document))
    for claim, number in Counter(map(told_entry, war.shown.entries)).items():
        assert text.count(claim) == number, claim
    for mark in war.shown.marks:
        assert words(mark.name) in text
    assert words(DISCLAIMER) in text
    assert words(LINK) in text


def test_the_svg_draws_what_was_composed(shipped: Dataset) -> None:
    shown = view(shipped, Selection(text="Keghart video Karabakh"))
    with drawing():
        sheets = draw(compose(shown, "a4-portrait"))
    files = pages(shown, "a4-portrait", "svg")
    assert len(files) == len(sheets)
    for file, sheet in zip(files, sheets, strict=True):
        notes = re.findall(r"<!-- (.*?) -->", file.decode())
        assert [html.unescape(note) for note in notes] == [text.replace("--", "- -") for text, _ in sheet.texts]
        assert b"<text" not in file, "letters are outlines"


def test_a_country_is_no_disc_and_a_wide_area_no_pin(core: Composition, shipped: Dataset) -> None:
    assert {"Azerbaijan", "Armenia", "Israel"} <= set(core.shown.wide)
    assert all(mark.kilometres <= 90 for mark in core.shown.marks)
    unmapped = [row["row"] for row in rows(shipped, CORE) if row["latitude"] is None]
    assert [entry.row for entry in core.shown.unmapped] == unmapped
    assert "Budapest" in core.shown.outside


def test_a_dispute_is_told_in_the_key(core: Composition) -> None:
    disputed = [entry for entry in core.shown.entries if entry.disputed]
    blocks = [told(one.block) for leaf in core.leaves for one in leaf.key]
    for entry in disputed:
        said = words(f"Disputed by {entry.disputed}")
        assert any(text.startswith(told_entry(entry)) and said in text for text in blocks)


def test_rows_that_may_not_be_passed_on_are_left_out_and_counted(shipped: Dataset) -> None:
    closed = {key: source.model_copy(update={"may_republish": not key.startswith("002")})
              for key, source in shipped.sources.items()}  # fmt: skip
    with drawing():
        made = compose(view(dataclasses.replace(shipped, sources=closed)), "slide")
    assert made.shown.withheld > 0
    assert not [entry for entry in made.shown.entries if entry.source_id.startswith("002")]
    assert f"{made.shown.withheld} reports are left out" in caption(made.view)


# --- places on the page -------------------------------------------------------------------------------------------


def circle_covered(x: float, y: float, radius: float, box: Box) -> bool:
    return hypot(max(box.x - x, 0, x - box.right), max(box.y - y, 0, y - box.top)) < radius


def test_labels_overlap_neither_each_other_nor_a_mark(made: Composition) -> None:
    for one, other in itertools.combinations(made.labels, 2):
        assert not one.box.overlaps(other.box), (one, other)
    pins = [mark for mark in made.shown.marks if not mark.is_area]
    for label, mark in itertools.product(made.labels, pins):
        assert not circle_covered(mark.x, mark.y, mark.radius, label.box), (label, mark.name)
    for one, other in itertools.combinations(pins, 2):
        assert hypot(one.x - other.x, one.y - other.y) > max(one.radius, other.radius)


def test_labels_and_marks_stand_in_the_frame_and_no_panel_covers_it(made: Composition) -> None:
    frame = made.frame.box
    for label in made.labels:
        assert frame.holds(label.box)
    for mark in made.shown.marks:
        assert mark.is_area or frame.holds(sign_box(mark, made.unit), slack=0)
    panels = {name: box for name, box in made.places.items() if name != "map"}
    for name, box in panels.items():
        assert not box.overlaps(frame, -0.01), name
        assert box.height >= 0, name
    for (name, one), (_, other) in itertools.combinations(panels.items(), 2):
        assert not one.overlaps(other, -0.01), name
    page = Box(0, 0, made.shape.width, made.leaves[0].height)
    assert all(page.holds(box) for box in made.places.values())


def test_no_line_of_the_key_leaves_its_column(made: Composition) -> None:
    width = made.shape.width - made.shape.margin
    for leaf in made.leaves:
        for one in leaf.key:
            assert one.top - one.block.height > made.shape.margin
            for line in one.block.lines:
                shift, run = line[-1]
                end = one.x + one.block.indent + shift + measure(run.text, one.block.size, run.style)
                assert end <= width + 0.5, run.text


def test_the_smallest_type_can_be_read(shipped: Dataset) -> None:
    for shape, least in {"slide": 9, "a4-portrait": 6.5, "column": 5.5}.items():
        with drawing():
            drawn = draw(compose(view(shipped, MARAGHA), shape))
        assert min(size for sheet in drawn for _, size in sheet.texts) >= least


def test_one_incident_fits_one_page(shipped: Dataset) -> None:
    for shape in SHAPES:
        with drawing():
            assert len(compose(view(shipped, MARAGHA), shape).leaves) == 1


# --- geography ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("extent", [None, (46.3, 39.5, 47.4, 40.2), (25, 30, 60, 48), (-170, -60, 170, 80)])
def test_the_scale_bar_is_true_in_the_middle(
    shipped: Dataset, shape: str, extent: tuple[float, float, float, float] | None
) -> None:
    with drawing():
        made = compose(view(shipped, MARAGHA, extent=extent), shape)
    x, y = made.frame.box.middle
    half = made.scale.length / 2
    (west, south), (east, north) = made.frame.degrees(x - half, y), made.frame.degrees(x + half, y)
    assert geodesic((south, west), (north, east)).km == pytest.approx(made.scale.kilometres, rel=0.01)
    assert made.scale.length < made.places["scale"].width / 3


def test_the_frame_shows_the_whole_extent_and_points_go_there_and_back() -> None:
    frame = fitted((44.3, 38.7, 48.2, 41.3), Box(10, 20, 300, 200))
    for longitude, latitude in ((44.3, 38.7), (48.2, 41.3), (46.0, 40.0)):
        x, y = frame.page(longitude, latitude)
        assert 10 <= x <= 310
        assert 20 <= y <= 220
        assert frame.degrees(x, y) == pytest.approx((longitude, latitude), abs=1e-6)


def test_a_disc_has_its_radius_on_the_globe() -> None:
    frame = fitted((44.3, 38.7, 48.2, 41.3), Box(0, 0, 400, 300))
    for x, y in disc(frame, 46.6969, 39.9874, 60.0):
        longitude, latitude = frame.degrees(x, y)
        assert geodesic((39.9874, 46.6969), (latitude, longitude)).km == pytest.approx(60, rel=1e-3)


def test_the_graticule_lies_where_its_names_say() -> None:
    frame = fitted((44.3, 38.7, 48.2, 41.3), Box(0, 0, 400, 300))
    lines = {line.name: line for line in graticule(frame)}
    assert {"40°N", "46°E"} <= set(lines)
    assert {round(frame.degrees(x, y)[1], 4) for x, y in lines["40°N"].pieces[0]} == {40.0}
    assert frame.degrees(lines["46°E"].edge, 0)[0] == pytest.approx(46, abs=1e-3)


@pytest.mark.parametrize("extent", [(-100, -40, 130, 70), (22, 28, 62, 52)])
def test_a_crowded_or_distant_view_loses_no_report(shipped: Dataset, extent: tuple[float, float, float, float]) -> None:
    with drawing():
        made = compose(view(shipped, Selection(), extent=extent), "slide")
        draw(made)
    assert sorted(entry.row for entry in made.shown.entries) == list(range(shipped.size))
    test_labels_overlap_neither_each_other_nor_a_mark(made)


@pytest.mark.parametrize("extent", [(44, 41, 48, 39), (170, 38, -170, 41), (0, -91, 10, 0)])
def test_an_extent_that_is_none_is_refused(shipped: Dataset, extent: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="not an extent"):
        pages(view(shipped, MARAGHA, extent=extent))


# --- time ---------------------------------------------------------------------------------------------------------


def test_the_timeline_counts_every_dated_report(shipped: Dataset) -> None:
    shown = bins(view(shipped, WAR), 120)
    assert shown is not None
    dated = [row for row in rows(shipped, CORE) if row["first_day"] is not None]
    assert sum(shown.solid) + sum(shown.possible) == pytest.approx(len(dated))
    assert list(shown.edges) == sorted(shown.edges)


def test_an_empty_selection_gives_a_picture_that_says_so(shipped: Dataset) -> None:
    (file,) = pages(view(shipped, Selection(text="zzzz")), "slide", "pdf")
    text = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range()
    assert "No report matches these filters" in text
    assert "No report shown has a date" in text


# --- letters ------------------------------------------------------------------------------------------------------


def test_every_name_of_every_place_has_its_letters_in_the_fonts(shipped: Dataset) -> None:
    for place in shipped.places.values():
        for naming, style in itertools.product(namings(shipped.case), ("regular", "bold")):
            assert legible(name_of(place, naming), style) == name_of(place, naming)
    assert legible("中\u00a0ə") == "\ufffd\u00a0ə", "a sign the font lacks is seen to be lacking"


@pytest.mark.parametrize("naming", ["hy", "az", "ru"])
def test_names_in_each_language_are_drawn_without_a_warning(shipped: Dataset, naming: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        some = Selection(places=("hadrut", "stepanakert", "shushi", "syunik"))
        files = pages(view(shipped, some, naming=naming), "column", "svg")
    assert f"<!-- {name_of(shipped.places['hadrut'], naming)} -->" in files[0].decode()


HOSTILE = "<script>alert(1)</script> $x^2$ \\frac{1}{2} & " + "W" * 300


def test_a_hostile_cell_is_drawn_as_the_text_it_is(shipped: Dataset) -> None:
    poisoned = dataclasses.replace(
        shipped,
        reports=shipped.reports.mutate(title=ibis.literal(HOSTILE), claimed_by=ibis.literal("$\\alpha$ </svg>")),
    )
    files = pages(view(poisoned, MARAGHA, title=HOSTILE), "column", "svg")
    assert not [file for file in files if re.search(rb"<script|alert\(1\)</", file)]
    (file,) = pages(view(poisoned, MARAGHA, title=HOSTILE), "column", "pdf")
    text = words("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)))
    assert text.count(words(HOSTILE)) >= 3
    assert "$\\alpha$</svg>" in text
    with drawing():
        made = compose(view(poisoned, MARAGHA), "column")
    test_no_line_of_the_key_leaves_its_column(made)


# --- the same input, the same bytes -------------------------------------------------------------------------------

PRINT = """
import hashlib, json, sys
from datetime import date
from pathlib import Path
from geodata.briefing import BRIEFINGS, Briefing, Print, pages
from geodata.store.load import load
from geodata.model.selection import Selection
dataset = load(".")
view = Print(dataset, Selection(text="Maragha"), date(2026, 11, 5), link=sys.argv[1])
briefing = Briefing(dataset, tuple(sys.argv[2:]), date(2026, 11, 5))
made = {form: b"".join(pages(view, "column", form)) for form in ("png", "svg", "pdf")}
made["pptx"] = BRIEFINGS["pptx"](briefing)
print(json.dumps({name: hashlib.sha256(content).hexdigest() for name, content in made.items()}))
"""


@pytest.fixture(scope="module", autouse=True)
def elsewhere() -> Iterator[subprocess.Popen[str]]:
    """Another process that prints the same, with another seed and in another time zone; it works beside the tests."""
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", PRINT, LINK, INCIDENTS[0]], cwd=ROOT, env=environment,
                          stdout=subprocess.PIPE, text=True) as process:  # fmt: skip
        yield process


def test_another_process_prints_the_same_bytes(shipped: Dataset, elsewhere: subprocess.Popen[str]) -> None:
    here = {form: b"".join(pages(view(shipped, MARAGHA), "column", form)) for form in PICTURES}
    here["pptx"] = BRIEFINGS["pptx"](Briefing(shipped, INCIDENTS[:1], MADE))
    there = json.loads(elsewhere.communicate()[0])
    assert there == {name: hashlib.sha256(content).hexdigest() for name, content in here.items()}


def test_two_threads_draw_as_one(shipped: Dataset) -> None:
    asked = [(view(shipped, MARAGHA), "column", "svg"), (view(shipped, MARAGHA, naming="hy"), "column", "svg")]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda one: pages(*one), asked))
    assert together == [pages(*one) for one in asked]


def test_a_png_has_300_dots_an_inch_and_the_size_of_its_page(shipped: Dataset) -> None:
    from PIL import Image

    (file,) = pages(view(shipped, MARAGHA), "slide", "png")
    picture = Image.open(io.BytesIO(file))
    assert picture.size == (4000, 2250)
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert picture.info["Title"].startswith("Incidents")
    assert np.asarray(picture.convert("L")).std() > 10, "something is drawn"


# --- caption ------------------------------------------------------------------------------------------------------


def test_the_caption_tells_what_when_by_whom_and_where_to_see_it(shipped: Dataset) -> None:
    said = caption(view(shipped, WAR))
    for part in ("27 Sep – 10 Nov 2020", "scope core", "Keghart, 7 May 2021", "Reliability D", "5 Nov 2026", LINK,
                 DISCLAIMER, "GeoNames, CC BY 4.0", "no evidence that nothing happened"):  # fmt: skip
        assert part in said


def test_a_scheme_a_naming_a_shape_or_a_format_that_is_none_is_refused(shipped: Dataset) -> None:
    for wrong in ({"scheme": "mood"}, {"naming": "xx"}):
        with pytest.raises(ValueError, match="one of"):
            view(shipped, **wrong)
    with pytest.raises(ValueError, match="one of"):
        pages(view(shipped), "poster")
    with pytest.raises(ValueError, match="one of"):
        pages(view(shipped), "slide", "gif")


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


@pytest.mark.parametrize("form", BRIEFINGS)
def test_each_form_holds_every_report_and_document(shipped: Dataset, written: dict[str, bytes], form: str) -> None:
    content = written[form]
    if form == "pdf":
        text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    elif form == "pptx":
        text = text_of(content)
    elif form == "html":
        text = html.unescape(re.sub(r"<[^>]*>", "", content.decode()))
    else:
        text = re.sub(r"\\(.)", r"\1", content.decode())
    text = words(text)
    found = told_rows(shipped)
    assert {row["incident_id"] for row in found} == set(INCIDENTS)
    assert any(row["graphic"] for row in found)
    assert not all(row["graphic"] for row in found)
    for row in found:
        source = shipped.sources[row["source_id"]]
        stated = [row[name] for name in ("claimed_by", "title", "claim_status", "disputed_by")]
        several = "" if row["paragraphs"].isdecimal() else "s"
        for part in (*stated, f"{source.label}, paragraph{several} {row['paragraphs']}", source.reader_note):
            assert words(part) in text, part
        assert (words(row["summary"]) in text) is not row["graphic"]
        assert (words(row["note"]) in text) is not (row["graphic"] and bool(row["note"]))
    assert words(GRAPHIC) in text
    assert words("5 Nov 2026") in text


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
    assert r"\<img src=x\> \[a\](b:c) \*" in BRIEFINGS["md"](chosen).decode()


def test_a_briefing_refuses_what_it_cannot_print(shipped: Dataset) -> None:
    many = tuple(dict.fromkeys(row["incident_id"] for row in rows(shipped, Selection())))
    for chosen, reason in (((), "1 to 20"), (many, "1 to 20"), (("no-such-incident",), "no-such-incident")):
        with pytest.raises(Unprintable, match=reason):
            Briefing(shipped, chosen, MADE)


# --- command line -------------------------------------------------------------------------------------------------


def test_the_picture_command_writes_map_and_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "map.svg"
    asked = ["picture", "--shape", "column", "--format", "svg", "--scope", "core", "--from", "2020-09-27",
             "--to", "2020-11-10", "--text", "video", "--names", "ru", "--title", "Autumn 2020",
             "-o", str(target)]  # fmt: skip
    assert main(asked) == 0
    assert target.read_bytes().startswith(b"<?xml")
    assert target.with_stem("map-2").exists()
    assert "Autumn 2020" in capsys.readouterr().out


def test_the_briefing_command_writes_or_says_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "briefing.md"
    assert main(["briefing", "--incident", INCIDENTS[0], "--format", "md", "-o", str(target)]) == 0
    assert "Amnesty International" in target.read_text(encoding="utf-8")
    assert main(["briefing", "--incident", "nope", "-o", str(target)]) == 1
    assert "not in this table: nope" in capsys.readouterr().err
