"""The printed map: every mark is attributed, nothing is lost or covered, and every letter is drawn.

Files are opened again with the programs that read them.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
import warnings
from collections import Counter
from math import hypot
from xml.etree import ElementTree

import ibis
import pypdfium2
import pytest

from geodata.briefing import SHAPES, caption, pages
from geodata.briefing.composition import Composition, compose
from geodata.briefing.lettering import legible, measure
from geodata.briefing.numbered import KeyEntry
from geodata.briefing.picture import draw
from geodata.briefing.sheet import Box, Sheet, drawing, save
from geodata.briefing.typeset import Block
from geodata.model.names import name_of, namings
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.timemap.basemap import DISCLAIMER
from tests.unit.printed import CORE, LINK, MARAGHA, WAR, assert_in_frame, rows, view, words

pytestmark = pytest.mark.slow


def told(block: Block) -> str:
    return words("".join(run.text for line in block.lines for _, run in line))


def told_entry(entry: KeyEntry) -> str:
    return words(f"{entry.claimant} ({entry.standing}): {entry.title}.")


@pytest.fixture(scope="module")
def core(shipped: Dataset) -> Composition:
    with drawing():
        return compose(view(shipped), "slide", whole=True)


@pytest.fixture(scope="module")
def war(shipped: Dataset) -> Composition:
    with drawing():
        return compose(view(shipped, WAR), "a4-portrait", whole=True)


PAGES = [
    pytest.param(("slide", WAR), id="slide-war"),  # the one that `make test` draws
    pytest.param(("column", WAR), id="column-war", marks=pytest.mark.heavy),
    *(pytest.param((shape, CORE), id=f"{shape}-all", marks=pytest.mark.heavy) for shape in SHAPES),
]


@pytest.fixture(scope="module", params=PAGES)
def made(request: pytest.FixtureRequest, shipped: Dataset) -> Composition:
    shape, chosen = request.param
    with drawing():
        return compose(view(shipped, chosen), shape, whole=True)


# --- attribution --------------------------------------------------------------------------------------------------


def test_every_selected_report_is_in_the_key_once(shipped: Dataset, made: Composition) -> None:
    selected = [row["row"] for row in rows(shipped, made.printed.chosen)]
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


def test_a_sign_without_a_shape_stops_no_print() -> None:
    assert legible("\ufeff=1 \u200ba\u00adb") == "=1 \u200ba\u00adb"
    with drawing():
        sheet = Sheet(100, 100)
        sheet.text(10, 10, "\ufeffGanja", 8)
        assert save([sheet], "pdf", title="", made_by="")[0].startswith(b"%PDF")


@pytest.mark.heavy
def test_the_pdf_holds_every_claim_as_text(war: Composition) -> None:
    (file,) = pages(war.printed, "a4-portrait", "pdf", whole=True)
    document = pypdfium2.PdfDocument(file)
    assert len(document) == len(war.leaves) > 1
    text = words("".join(page.get_textpage().get_text_range() for page in document))
    for claim, number in Counter(map(told_entry, war.shown.entries)).items():
        assert text.count(claim) == number, claim
    for mark in war.shown.marks:
        assert words(mark.name) in text
    assert words(DISCLAIMER) in text
    assert words(LINK) in text


def svg_texts(file: bytes) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(file).iter("{http://www.w3.org/2000/svg}text")]


def test_the_svg_keeps_every_text_as_text(shipped: Dataset) -> None:
    shown = view(shipped, Selection(text="Keghart video Karabakh"))
    with drawing():
        sheets = draw(compose(shown, "a4-portrait", whole=True))
    files = pages(shown, "a4-portrait", "svg", whole=True)
    assert len(files) == len(sheets) > 1
    for file, sheet in zip(files, sheets, strict=True):
        assert svg_texts(file) == [text for text, _ in sheet.texts]
        assert b"sans-serif" in file, "a machine without these fonts has another"
    assert "Stepanakert / Xankəndi" in " ".join(svg_texts(files[0]))


def test_a_country_is_no_disc_and_a_wide_area_no_pin(core: Composition, shipped: Dataset) -> None:
    assert {"Azerbaijan", "Armenia", "Israel"} <= set(core.shown.wide)
    assert all(mark.kilometres <= 90 for mark in core.shown.marks)
    unmapped = [row["row"] for row in rows(shipped, CORE) if row["latitude"] is None]
    assert [entry.row for entry in core.shown.unmapped] == unmapped
    assert "Budapest" in core.shown.outside


def test_a_dispute_is_told_in_the_key(core: Composition) -> None:
    disputed = [entry for entry in core.shown.entries if entry.disputed]
    assert disputed
    blocks = [told(one.block) for leaf in core.leaves for one in leaf.key]
    for entry in disputed:
        said = words(f"Disputed by {entry.disputed}")
        assert any(text.startswith(told_entry(entry)) and said in text for text in blocks)


def test_rows_that_may_not_be_passed_on_are_left_out_and_counted(shipped: Dataset) -> None:
    closed = {key: source.model_copy(update={"may_republish": not key.startswith("002")})
              for key, source in shipped.sources.items()}  # fmt: skip
    with drawing():
        made = compose(view(dataclasses.replace(shipped, sources=closed)), "slide", whole=True)
    assert made.shown.withheld > 0
    assert not [entry for entry in made.shown.entries if entry.source_id.startswith("002")]
    assert f"{made.shown.withheld} reports are left out" in caption(made.printed)


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
    assert_in_frame(made)
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
            assert len(compose(view(shipped, MARAGHA), shape, whole=True).leaves) == 1


@pytest.mark.heavy
@pytest.mark.parametrize("extent", [(-100, -40, 130, 70), (22, 28, 62, 52)])
def test_a_crowded_or_distant_view_loses_no_report(shipped: Dataset, extent: tuple[float, float, float, float]) -> None:
    with drawing():
        made = compose(view(shipped, Selection(), extent=extent), "slide", whole=True)
        draw(made)
    assert sorted(entry.row for entry in made.shown.entries) == list(range(shipped.size))
    test_labels_overlap_neither_each_other_nor_a_mark(made)


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
    assert name_of(shipped.places["hadrut"], naming) in svg_texts(files[0])


HOSTILE = "<script>alert(1)</script> $x^2$ \\frac{1}{2} & " + "W" * 300


def test_a_hostile_cell_is_drawn_as_the_text_it_is(shipped: Dataset) -> None:
    poisoned = dataclasses.replace(
        shipped,
        reports=shipped.reports.mutate(title=ibis.literal(HOSTILE), claimed_by=ibis.literal("$\\alpha$ </svg>")),
    )
    files = pages(view(poisoned, MARAGHA, title=HOSTILE), "column", "svg", whole=True)
    assert not [file for file in files if re.search(rb"<script|alert\(1\)</", file)]
    (file,) = pages(view(poisoned, MARAGHA, title=HOSTILE), "column", "pdf", whole=True)
    text = words("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)))
    assert text.count(words(HOSTILE)) >= 3
    assert "$\\alpha$</svg>" in text
    with drawing():
        made = compose(view(poisoned, MARAGHA), "column", whole=True)
    test_no_line_of_the_key_leaves_its_column(made)
