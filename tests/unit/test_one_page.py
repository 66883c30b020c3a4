"""The printed map on one page: it names every document, tells what has room whole, counts the rest, fits its marks."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
import shapely
from pptx import Presentation

from geodata.briefing import SHAPES, Briefing, Print, Unprintable, caption, land, pages
from geodata.briefing.composition import Composition, compose
from geodata.briefing.lettering import measure
from geodata.briefing.pptx import FONT, to_pptx
from geodata.briefing.sheet import drawing
from geodata.briefing.short_key import ON_OTHER_PAGES, Told, most_told
from geodata.briefing.signs import HOLE, number_size
from geodata.briefing.timeline import evenly
from geodata.briefing.typeset import Set, dated
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.store.importers import read_table
from geodata.tell import facts
from geodata.timemap.basemap import DISCLAIMER
from tests.others import table
from tests.unit.printed import CORE, INCIDENTS, LINK, MADE, MARAGHA, WAR, assert_in_frame, view, words

pytestmark = pytest.mark.slow

VIEWS = {"all": Selection(), "core": CORE, "war": WAR, "few": Selection(text="Ganja"), "one": MARAGHA}


def text_of(one: Set) -> str:
    return words("".join(run.text for line in one.block.lines for _, run in line))


def told_in(made: Composition) -> tuple[list[Told], list[Told]]:
    """The incidents whose every line stands in the key, and those of which none does."""
    key = {text_of(one) for one in made.leaves[0].key}
    shown, left = [], []
    for told in most_told(made.shown.entries):
        lines = []
        for telling in told.tellings:
            speakers = "; ".join(dict.fromkeys(entry.claimant for entry in telling))
            where = facts.cited_in_short("", telling[-1].paragraphs).removeprefix(", ")
            lines.append((words(speakers), words(where)))
        has = [any(text.startswith(speaker) and where in text for text in key) for speaker, where in lines]
        title = any(text.startswith(words(told.entries[0].title)) for text in key)
        (shown if all(has) and title else left).append(told)
    return shown, left


DAILY = ("slide", "core")
"""The page that `make test` draws; the others are those of `make heavy`."""

PAGES = [
    pytest.param((shape, name), id=f"{shape}-{name}", marks=[] if (shape, name) == DAILY else [pytest.mark.heavy])
    for shape in SHAPES
    for name in VIEWS
]


@pytest.fixture(scope="module", params=PAGES)
def made(request: pytest.FixtureRequest, shipped: Dataset) -> Composition:
    shape, name = request.param
    with drawing():
        return compose(view(shipped, VIEWS[name], fitted=True), shape)


def test_one_page_is_one_page_and_names_every_document(shipped: Dataset, made: Composition) -> None:
    (leaf,) = made.leaves
    told = "".join(map(text_of, leaf.key))
    for key in {entry.source_id for entry in made.shown.entries}:
        assert words(shipped.sources[key].label) in told
    foot = words("".join(run.text for line in made.foot for _, run in line))
    assert words(DISCLAIMER) in foot
    assert words(LINK) in foot


def test_what_the_key_leaves_out_is_counted(made: Composition) -> None:
    shown, left = told_in(made)
    last = [text for text in map(text_of, made.leaves[0].key) if re.match(r"And[\d,]+(more)?reports?of", text)]
    if not left:
        assert not last
        return
    [said] = last
    assert shown, "some incident has room"
    reports, incidents = (int(number.replace(",", "")) for number in re.findall(r"[\d,]+", said)[:2])
    assert reports == sum(len(told.entries) for told in left)
    assert incidents == len(left)
    assert "linkedbelow" in said


def test_a_line_of_the_key_has_number_claimant_standing_document_and_paragraph(made: Composition) -> None:
    letters = {text_of(one) for one in made.leaves[0].key}
    for told in told_in(made)[0]:
        for telling in told.tellings:
            first = telling[0]
            standing = f" ({first.standing})" if first.standing else ""
            start = words(f"{'; '.join(dict.fromkeys(entry.claimant for entry in telling))}{standing}:")
            lines = [text for text in letters if text.startswith(start)]
            assert lines
            assert all(re.match(r"[a-z]+¶", text.removeprefix(start)) for text in lines)
            if first.disputed:
                assert any(words(f"Disputed by {first.disputed}.") in text for text in lines)


def test_incidents_are_ordered_by_tellings_then_dates(made: Composition) -> None:
    order = most_told(made.shown.entries)
    ranks = [told.rank for told in order]
    assert ranks == sorted(ranks)
    for one, other in pairwise(order):
        if one.rank[:3] == other.rank[:3]:
            assert min(entry.since for entry in one.entries) <= min(entry.since for entry in other.entries)


def test_the_key_stays_in_its_column(made: Composition) -> None:
    boxes = [box for name, box in made.places.items() if name in ("key", "documents")]
    for one in made.leaves[0].key:
        bottom, right = one.top - one.block.height, 0.0
        for line in one.block.lines:
            right = max(right, one.x + one.block.indent + line[-1][0])
        assert any(box.y - 0.5 <= bottom and one.top <= box.top + one.block.before + 0.5 and
                   box.x - 0.5 <= one.x and right <= box.right for box in boxes), text_of(one)  # fmt: skip


def test_marks_and_labels_stand_in_the_frame(made: Composition) -> None:
    frame = made.frame.box
    assert_in_frame(made)
    panels = [box for name, box in made.places.items() if name != "map"]
    assert not any(box.overlaps(frame, -0.01) for box in panels)


def test_every_mark_is_named_on_the_map_or_in_the_key(made: Composition) -> None:
    key = "".join(map(text_of, made.leaves[0].key))
    for mark, label in zip(made.shown.marks, made.labels, strict=True):
        assert mark.name in " ".join(label.lines) or words(f"{mark.number}{mark.name}") in key


def test_an_area_is_named_and_its_label_hides_neither_its_disc_nor_another_land(made: Composition) -> None:
    lands = [(country, shapely.make_valid(country.area)) for country in land.countries(made.frame)]
    for mark, label in zip(made.shown.marks, made.labels, strict=True):
        if not mark.is_area or len(mark.entries) < 20:
            continue
        assert label.lines, mark.name
        box = shapely.box(label.box.x, label.box.y, label.box.right, label.box.top)
        disc = shapely.Polygon(mark.rim)
        assert box.intersection(disc).area < 0.2 * disc.area
        if made.shape.trimmed:  # a map as narrow as a column has not always room on the land itself
            continue
        others = [area for _, area in lands if not area.contains(shapely.Point(mark.x, mark.y))]
        assert all(area.intersection(box).area < 0.1 * box.area for area in others)


# --- the map fitted to its marks ----------------------------------------------------------------------------------


def test_a_map_fitted_to_its_marks_shows_them_larger(shipped: Dataset) -> None:
    for chosen in (MARAGHA, VIEWS["few"]):
        with drawing():
            on_screen = compose(view(shipped, chosen), "slide")
            fitted = compose(view(shipped, chosen, fitted=True), "slide")
        assert fitted.frame.points_per_metre > 1.5 * on_screen.frame.points_per_metre
        assert len(fitted.shown.marks) >= len(on_screen.shown.marks) > 0


def test_marks_that_the_screen_does_not_show_widen_the_map_only_where_it_shows_none(shipped: Dataset) -> None:
    near = view(shipped, CORE, fitted=True).region
    assert near[0] > 40, "Budapest is outside the box that the case opens on"
    budapest = view(shipped, Selection(places=("budapest",)), fitted=True).region
    assert budapest[0] < 19.04 < budapest[2]
    camera = (46.3, 39.5, 47.4, 40.2)
    west, _, east, _ = view(shipped, CORE, fitted=True, extent=camera).region
    assert 44.3 < west < east < 49


def test_a_map_across_the_antimeridian_is_fitted(tmp_path: Path) -> None:
    pacific = table(tmp_path / "pacific.csv", {"lat": -18.1, "lon": 178.4}, {"lat": -13.8, "lon": -171.8})
    west, _, east, _ = Print(pacific, Selection(), MADE, fitted=True).region
    assert 170 < west < 178.4
    assert 188.2 < east < 195
    with drawing():
        made = compose(Print(pacific, Selection(), MADE, fitted=True), "slide")
    assert len(made.shown.marks) == 2


# --- tables of others ---------------------------------------------------------------------------------------------


def test_a_voice_that_many_copied_has_one_line_and_the_earlier_comes_before_the_later(tmp_path: Path) -> None:
    dataset = table(
        tmp_path / "told.csv",
        {"id": "late", "title": "Late", "date": "2020-12-01"},
        {"id": "copied", "title": "Copied", "source": "Alpha;Beta;Gamma"},
        {"id": "early", "title": "Early", "date": "2020-01-01"},
    )
    with drawing():
        made = compose(Print(dataset, Selection(), MADE, fitted=True), "slide")
    assert [told.entries[0].title for told in most_told(made.shown.entries)] == ["Copied", "Early", "Late"]
    key = [text_of(one) for one in made.leaves[0].key]
    assert len([text for text in key if re.search("Alpha.*Beta.*Gamma", text)]) == 2, (
        "documents, and one line of a voice"
    )


@pytest.mark.heavy
def test_more_documents_than_a_page_can_name_are_refused_and_all_pages_name_them(tmp_path: Path) -> None:
    rows = [{"source": f"The {number}th Evening Newspaper of the Province"} for number in range(400)]
    printed = Print(table(tmp_path / "many.csv", *rows), Selection(), MADE)
    with pytest.raises(Unprintable, match="400 sources are too many to be named on one page"):
        pages(printed)
    with drawing():
        assert len(compose(printed, whole=True).leaves) > 1


@pytest.mark.heavy
def test_a_page_without_a_link_names_the_other_pages(shipped: Dataset) -> None:
    with drawing():
        made = compose(Print(shipped, CORE, MADE), "column")
    assert any(words(ON_OTHER_PAGES) in text_of(one) for one in made.leaves[0].key)
    assert "incidents most told of" in caption(made.printed)
    assert "for each mark" in caption(made.printed, whole=True)


def test_documents_without_room_beside_the_timeline_go_on_in_the_key(tmp_path: Path) -> None:
    rows = [{"id": f"e{number}", "source": f"The {number}th Evening Newspaper"} for number in range(24)]
    with drawing():
        made = compose(Print(table(tmp_path / "several.csv", *rows), Selection(), MADE, fitted=True), "slide")
    beside, column = made.places["documents"], made.places["key"]
    lists = {one.x: text_of(one) for one in made.leaves[0].key if "th Evening Newspaper" in "".join(
        run.text for line in one.block.lines for _, run in line) and ";" in text_of(one)}  # fmt: skip
    named = [re.findall(r"The(\d+)th", lists[box.x]) for box in (beside, column)]
    assert all(named)
    assert sorted(int(number) for part in named for number in part) == list(range(24))
    key = [text_of(one) for one in made.leaves[0].key]
    assert "Sources" in key
    assert "Sources,continued" in key
    assert any(text.startswith("Whosaysso") for text in key), "some incident has room"


def test_a_mark_of_many_places_leaves_room_for_who_says_so(tmp_path: Path) -> None:
    path = tmp_path / "crowded.csv"
    lines = [f"2020-10-04,{40 + number / 1e4},46.2,Village {number},Alpha" for number in range(30)]
    path.write_text("\n".join(["date,lat,lon,place,source", *lines]), encoding="utf-8")
    with drawing():
        made = compose(Print(read_table(path), Selection(), MADE, fitted=True), "column")
    (mark,) = made.shown.marks
    assert mark.name.count(" + ") == 29
    (places,) = [text for text in map(text_of, made.leaves[0].key) if text.startswith("Places.")]
    assert places == "Places.1Village0+Village1+Village2+27places."


# --- what is read at a glance -------------------------------------------------------------------------------------


def test_a_number_stays_off_the_ring_round_it() -> None:
    for count in (2, 38, 118, 12_345):
        size = number_size(str(count), 20.0, 1.0)
        assert measure(str(count), size, "bold") <= 2 * HOLE * 20
        assert size > 5


def test_the_names_of_a_timeline_stand_at_even_steps() -> None:
    ticks = [(10.0 * month, text) for month, text in enumerate(["Jan 2012", "Feb", "Mar", "Apr", "May", "Jun", "Jul"])]
    named = evenly(ticks, 6.0)
    steps = {following - x for (x, _), (following, _) in pairwise(named)}
    assert steps == {40.0}
    assert evenly([(0.0, "2012")], 6.0) == [(0.0, "2012")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("27 Sep – 10 Nov 2020", "27~Sep~– 10~Nov~2020"), ("Sep 2023", "Sep~2023"), ("12 surely; May tell", None)],
)
def test_no_line_ends_within_a_day(text: str, kept: str | None) -> None:
    assert dated(text) == (kept or text).replace("~", "\u00a0")


# --- pages of incidents -------------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_the_map_of_a_briefing_is_one_slide_and_the_slides_after_it_tell_the_rest(shipped: Dataset) -> None:
    briefing = Briefing(shipped, INCIDENTS, MADE, link=LINK)
    with drawing():
        (leaf,) = briefing.map_page("slide").leaves
    assert not any("linkedbelow" in text_of(one) for one in leaf.key)
    deck = Presentation(io.BytesIO(to_pptx(briefing)))
    assert len(deck.slides[0].shapes) == 1
    assert all(any(shape.has_table for shape in slide.shapes) for slide in [*deck.slides][1:])


@pytest.mark.heavy
def test_slides_have_one_font(shipped: Dataset) -> None:
    with ZipFile(io.BytesIO(to_pptx(Briefing(shipped, INCIDENTS[:1], MADE)))) as parts:
        told = {
            name: parts.read(name).decode() for name in parts.namelist() if re.search(r"(slides/|theme/).*xml$", name)
        }
    named = {font for text in told.values() for font in re.findall(r'<a:latin typeface="([^"+]+)"', text)}
    assert named == {FONT}


@pytest.mark.heavy
def test_the_pdf_of_one_page_has_one(shipped: Dataset) -> None:
    (file,) = pages(view(shipped, Selection(), fitted=True), "a4-landscape", "pdf")
    assert len(pypdfium2.PdfDocument(file)) == 1
