"""A lesson on paper: for each step its words, a small map with who says what, and its questions with room to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from math import cos, radians

from geodata import __version__
from geodata.briefing import composition, picture
from geodata.briefing.frame import fitted
from geodata.briefing.key import ADMIRALTY, letters_of
from geodata.briefing.legend import Legend
from geodata.briefing.numbered import KeyEntry, Numbered
from geodata.briefing.print import Print
from geodata.briefing.sheet import MUTED, RULE, Box, Sheet, drawing, save
from geodata.briefing.signs import badge
from geodata.briefing.typeset import LEADING, Block, Region, Run, fill, put, split, wrap, write
from geodata.exports.html import citation, why_rated
from geodata.formats import SHAPES
from geodata.lessons.check import check
from geodata.lessons.model import MOST_LATITUDE, Camera, Lesson, Step
from geodata.model.faults import InvalidData
from geodata.model.names import LABEL
from geodata.model.region import WORLD_PIXELS, Extent
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import legend, nouns, words
from geodata.timemap import basemap
from geodata.timemap.marks import schemes

PAGE = SHAPES["a4-portrait"]
HEAD_SIZE, TEXT_SIZE, KEY_SIZE = 15.0, 10.5, 6.6
"""Type in points: headings, what the class reads, and map, legend and key."""

LEFT = 282.0
"""Width in points of the words and questions; map and key have the rest of the page."""

GAP = 20.0
KEY = PAGE.width - 2 * PAGE.margin - LEFT - GAP

MADE = date(2000, 1, 1)
"""The date that a `Print` needs. It is on no page of a handout, which is the same whenever it is made."""

MAP = 0.86
"""Height of the map in parts of its width."""

FEWEST_LINES, MOST_LINES, LINE = 3, 9, 21.0
"""Lines to write on under a question, as many as the page has room for, and the distance between them in points."""

ON_PAPER = "The words speak of the map on screen. On paper, a mark's number leads to who says it, under the map."

SCREEN = 760
"""Pixels of the screen's map in class: the printed one shows as much of the world from west to east."""


def to_pdf(dataset: Dataset, lesson: Lesson) -> bytes:
    """The lesson as a PDF, A4 upright: a page for each step, then what keys had no room there, and the documents.

    The same lesson gives the same bytes. Raises `InvalidData` where the lesson does not fit the dataset, and
    `Unprintable` for a step of more reports than a key can attribute.
    """
    if faults := check(lesson, dataset):
        raise InvalidData(faults)
    with drawing():
        sheets: list[Sheet] = []
        rest: list[Block] = []
        cited: set[str] = set()
        for at, step in enumerate(lesson.steps):
            pages, further, used = _step(lesson, at, _printed(dataset, step))
            sheets += pages
            if further:
                title = [Run(f"Step {at + 1}, continued: {step.title}", "bold")]
                rest += [_text(title, KEY, TEXT_SIZE, TEXT_SIZE, leads=True), *further]
            cited |= used
        sheets += _set(lesson, rest, columns=2)
        sheets += _set(lesson, _documents(dataset, cited), columns=1)
        for number, sheet in enumerate(sheets, start=1):
            _foot(sheet, words.no_evidence(dataset), f"{lesson.title} · page {number} of {len(sheets)}")
        return save(sheets, "pdf", title=lesson.title, made_by=f"Attest {__version__}")[0]


def _printed(dataset: Dataset, step: Step) -> Print:
    scheme, naming = step.colour or next(iter(schemes(dataset))), step.names or LABEL
    extent = _extent(step.camera) if step.camera else None
    return Print(dataset, step.selection(), MADE, extent, scheme, naming, step.title)


def _extent(camera: Camera) -> Extent:
    """West, south, east, north in degrees of what the screen shows around the camera."""
    wide = SCREEN / (WORLD_PIXELS * 2**camera.zoom) * 360
    high = wide * cos(radians(camera.latitude)) * MAP
    south = max(camera.latitude - high / 2, -MOST_LATITUDE)
    north = min(camera.latitude + high / 2, MOST_LATITUDE)
    return max(camera.longitude - wide / 2, -180.0), south, min(camera.longitude + wide / 2, 180.0), north


def _step(lesson: Lesson, at: int, printed: Print) -> tuple[list[Sheet], list[Block], set[str]]:
    """The step's pages, what of its key they have no room for, and the documents that its reports cite."""
    step, body = lesson.steps[at], _body(lesson, first=at == 0)
    right, margin = body.x + LEFT + GAP, 1.6 * KEY_SIZE  # beside the map stand its degrees
    place = Box(right + margin, body.top - MAP * KEY, KEY - margin, MAP * KEY)
    frame = fitted(printed.region, place)
    shown, placed = composition.labelled(printed, frame, KEY_SIZE)
    signs = Legend(printed, shown, KEY, KEY_SIZE)
    under = place.y - 3.2 * KEY_SIZE
    low = body.y + 2 * KEY_SIZE  # where it says that the key goes on
    room = Box(right, low, KEY, under - signs.height - KEY_SIZE - low)
    sheet = Sheet(PAGE.width, PAGE.height)
    if at == 0:
        _head(sheet, lesson)
    picture.draw_map(sheet, printed, frame, shown, placed, size=KEY_SIZE)
    signs.draw(sheet, right, under)
    key, further = fill(split(_key(printed, shown), 0.6 * room.height), Region((room,)))
    put(sheet, key)
    if further:
        sheet.text(right, body.y, "Continued after the last step", KEY_SIZE, style="bold")
    rest, sheets = split(_words(step, at, len(lesson.steps), body.height), 0.6 * body.height), [sheet]
    while True:
        done, rest = fill(rest, Region((Box(body.x, body.y, LEFT, body.height),)))
        put(sheet, done)
        if not rest:
            return sheets, further, {entry.source_id for entry in shown.entries}
        sheet, body = Sheet(PAGE.width, PAGE.height), _body(lesson, first=False)
        sheets.append(sheet)


def _set(lesson: Lesson, blocks: Sequence[Block], columns: int) -> list[Sheet]:
    """Pages of blocks alone, in one column or in two that are as wide as a key."""
    body, sheets = _body(lesson, first=False), []
    places = [(body.x, body.width)] if columns == 1 else [(body.x, KEY), (body.x + LEFT + GAP, KEY)]
    region = Region(tuple(Box(x, body.y, width, body.height) for x, width in places))
    rest = split(blocks, 0.6 * body.height)
    while rest:
        sheet = Sheet(PAGE.width, PAGE.height)
        done, rest = fill(rest, region)
        put(sheet, done)
        sheets.append(sheet)
    return sheets


def _words(step: Step, at: int, of: int, height: float) -> list[Block]:
    """The step's title, what the class reads, and the questions, each with lines to write on down to ``height``."""
    said = [
        _text([Run(f"Step {at + 1} of {of}", colour=MUTED)], LEFT, TEXT_SIZE, leads=True),
        _text([Run(step.title, "bold")], LEFT, HEAD_SIZE, leads=True),
        *(_text([Run(paragraph)], LEFT, TEXT_SIZE, 0.6 * TEXT_SIZE) for paragraph in step.paragraphs),
    ]
    asked = [
        _text([Run(f"{number}.\u00a0{question}", "bold")], LEFT, TEXT_SIZE, 1.2 * TEXT_SIZE, leads=True)
        for number, question in enumerate(step.questions, start=1)
    ]
    free = height - sum(block.height for block in (*said, *asked))
    lines = min(MOST_LINES, max(FEWEST_LINES, int(free / LINE / max(1, len(asked)))))
    ruled = Block(((),) * lines, LINE / LEADING, draw=partial(_rules, lines=lines))
    return [*said, *(block for question in asked for block in (question, ruled))]


def _rules(sheet: Sheet, x: float, base: float, *, lines: int) -> None:
    for at in range(lines):
        y = base - at * LINE - 2
        sheet.line([(x, y), (x + LEFT, y)], colour=RULE, width=0.7)


def _key(printed: Print, shown: Numbered) -> list[Block]:
    """Who stands behind each number of the map, by document; and the reports that the map cannot show."""
    summary = words.summarise(printed.dataset, printed.chosen)
    said = [words.sentence(summary, printed.chosen), words.balance(printed.dataset.case, summary)]
    blocks = [_text([Run(" ".join(filter(None, said)))], KEY, KEY_SIZE)]
    for mark in shown.marks:
        indent = 2.6 * KEY_SIZE
        runs = [Run(f"{mark.name}: ", "bold"), *_speakers(printed, mark.entries)]
        number = partial(_badge, number=mark.number)
        lines = tuple(wrap(runs, KEY - indent, KEY_SIZE))
        blocks.append(Block(lines, KEY_SIZE, 0.5 * KEY_SIZE, indent, draw=number))
    elsewhere = [
        *((f"Somewhere in {name}", entries) for name, entries in shown.wide.items()),
        *((f"Outside this map, {name}", entries) for name, entries in shown.outside.items()),
        *([("Without a place", shown.unmapped)] if shown.unmapped else []),
    ]
    for name, entries in elsewhere:
        runs = [Run(f"{name}: ", "bold"), *_speakers(printed, entries)]
        blocks.append(_text(runs, KEY, KEY_SIZE, 0.5 * KEY_SIZE))
    return blocks


def _speakers(printed: Print, entries: Iterable[KeyEntry]) -> Iterator[Run]:
    """Speakers by document, with their standing and how many reports are theirs: "e Al-Ahram Weekly, asserted 3"."""
    counted: dict[str, Counter[str]] = {}
    for entry in entries:
        said = ", ".join(filter(None, (entry.claimant, entry.standing)))
        counted.setdefault(entry.source_id, Counter())[said] += 1
    letters = letters_of(printed)
    for key in (key for key in letters if key in counted):
        yield Run(f"{letters[key]}\u00a0", "bold")
        yield Run("; ".join(f"{speaker}\u00a0{number}" for speaker, number in counted[key].items()) + ". ")


def _badge(sheet: Sheet, x: float, base: float, *, number: int) -> None:
    high, wide = 1.35 * KEY_SIZE, 2.0 * KEY_SIZE
    badge(sheet, Box(x, base + 0.36 * KEY_SIZE - high / 2, wide, high), number, KEY_SIZE)


def _documents(dataset: Dataset, cited: set[str]) -> list[Block]:
    """The documents, by the letters that the keys name them by, with their ratings; and what holds for all of them."""
    width = PAGE.width - 2 * PAGE.margin
    letters = letters_of(Print(dataset, Selection(), MADE))
    blocks = [_text([Run(nouns.of(dataset).said("Documents"), "bold")], width, HEAD_SIZE, leads=True)]
    for key, source in dataset.sources.items():
        if key in cited:
            runs = [Run(f"{letters[key]}\u00a0 ", "bold"), Run(f"{citation(source, dataset.case)}{why_rated(source)}")]
            blocks.append(_text(runs, width, TEXT_SIZE - 1, TEXT_SIZE))
    notes = (
        ADMIRALTY,
        words.no_evidence(dataset),
        *legend.notes(dataset),
        f"Base map: {basemap.CREDIT}. {basemap.DISCLAIMER}",
    )
    return [*blocks, *(_text([Run(note, colour=MUTED)], width, TEXT_SIZE - 1, TEXT_SIZE) for note in notes)]


def _text(runs: Sequence[Run], width: float, size: float, before: float = 0.0, *, leads: bool = False) -> Block:
    return Block(tuple(wrap(runs, width, size)), size, before, leads=leads)


def _body(lesson: Lesson, *, first: bool) -> Box:
    """The rectangle between the head, which the first page has, and the foot."""
    low = PAGE.margin + 4 * KEY_SIZE * LEADING
    top = PAGE.height - PAGE.margin - (_head_height(lesson) if first else 0.0)
    return Box(PAGE.margin, low, PAGE.width - 2 * PAGE.margin, top - low)


def _head_lines(lesson: Lesson) -> list[tuple[list[Run], float]]:
    about = " · ".join(filter(None, (lesson.level, f"{lesson.minutes} minutes" if lesson.minutes else "")))
    under = " · ".join(filter(None, (about, ON_PAPER)))
    return [([Run(lesson.title, "bold")], 1.3 * HEAD_SIZE), ([Run(under, colour=MUTED)], TEXT_SIZE)]


def _head_height(lesson: Lesson) -> float:
    width = PAGE.width - 2 * PAGE.margin
    return sum(len(wrap(runs, width, size)) * size * LEADING for runs, size in _head_lines(lesson)) + 1.5 * TEXT_SIZE


def _head(sheet: Sheet, lesson: Lesson) -> None:
    width, base = PAGE.width - 2 * PAGE.margin, PAGE.height - PAGE.margin
    for runs, size in _head_lines(lesson):
        base = write(sheet, wrap(runs, width, size), PAGE.margin, base - size, size) + size
    right = PAGE.width - PAGE.margin
    sheet.text(right - 200, PAGE.height - PAGE.margin - 1.3 * HEAD_SIZE, "Name", TEXT_SIZE, colour=MUTED)
    line = PAGE.height - PAGE.margin - 1.3 * HEAD_SIZE - 2
    sheet.line([(right - 166, line), (right, line)], colour=RULE, width=0.7)


def _foot(sheet: Sheet, caution: str, title: str) -> None:
    runs = [Run(f"{caution} {basemap.NOTICE}", colour=MUTED), Run(f" {title}", "bold", MUTED)]
    picture.close(sheet, PAGE, wrap(runs, PAGE.width - 2 * PAGE.margin, KEY_SIZE))
