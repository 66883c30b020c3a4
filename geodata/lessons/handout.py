"""A lesson on paper, two pages and a key: each step's small map, words, and questions with room to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from geodata import __version__
from geodata.briefing import composition, picture
from geodata.briefing.frame import fitted
from geodata.briefing.key import ADMIRALTY, letters_of
from geodata.briefing.legend import Legend
from geodata.briefing.numbered import KeyEntry, Numbered
from geodata.briefing.print import Print
from geodata.briefing.sheet import MUTED, RULE, Box, Sheet, drawing, save
from geodata.briefing.signs import badge
from geodata.briefing.typeset import LEADING, Block, Region, Run, Set, fill, put, split, wrap, write
from geodata.exports.html import citation, why_rated
from geodata.formats import SHAPES
from geodata.lessons.check import check
from geodata.lessons.model import Lesson, Step
from geodata.lessons.printed import MADE, of_step
from geodata.model.faults import InvalidData
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import legend, nouns, words
from geodata.timemap import basemap

HEAD_SIZE, TEXT_SIZE, KEY_SIZE = 15.0, 10.0, 8.0
"""Type in points: headings, the line under them, and the least, of map, legend and key."""

PAGE = replace(SHAPES["a4-portrait"], text=KEY_SIZE)

GAP = 20.0
WIDTH = PAGE.width - 2 * PAGE.margin
COLUMN = (WIDTH - GAP) / 2
"""Width in points of a step and of the key: a page has two columns."""

PAGES = 2
"""Pages of a lesson before its key, unless it is too long for them at the tightest of `SETTINGS`."""

MARGIN = 1.6 * KEY_SIZE
"""Points to the left of a map and below it, where its degrees stand."""

MOST_LINES, LINE = 9, 17.0
"""Lines to write on under a question, as many as the pages have room for, and the distance between them in points."""

ON_PAPER = "The words speak of the map on screen. On paper, a mark's number leads to who says it, in the key."


@dataclass(frozen=True)
class Setting:
    """How steps are set: their type and the height of their maps, in points."""

    text: float
    map: float


SETTINGS = (Setting(10.5, 190.0), Setting(10.0, 165.0), Setting(9.5, 150.0), Setting(9.0, 135.0), Setting(8.5, 125.0),
            Setting(8.0, 110.0), Setting(8.0, 90.0))  # fmt: skip
"""From the roomiest to the tightest; the first whose steps fit `PAGES`, with lines to write on, is taken."""


class _Map:
    """The map of a step. Where it stands is known when it is drawn; ``shown`` is then what it shows, for the key."""

    def __init__(self, dataset: Dataset, step: Step, height: float) -> None:
        self.height = height
        self.printed = of_step(dataset, step, height / (COLUMN - MARGIN))
        self.shown = Numbered((), {}, {}, (), 0)

    def block(self) -> Block:
        """The map with its degrees, as one line of that height."""
        size = (self.height + MARGIN) / LEADING
        return Block(((),), size, before=3.0, leads=True, draw=partial(self.draw, size=size))

    def draw(self, sheet: Sheet, x: float, base: float, *, size: float) -> None:
        place = Box(x + MARGIN, base + size - self.height, COLUMN - MARGIN, self.height)
        frame = fitted(self.printed.region, place)
        self.shown, placed = composition.labelled(self.printed, frame, KEY_SIZE)
        picture.draw_map(sheet, self.printed, frame, self.shown, placed, size=KEY_SIZE)


def to_pdf(dataset: Dataset, lesson: Lesson) -> bytes:
    """The lesson as a PDF, A4 upright: its steps on two pages, then the key of their maps, and the documents.

    The same lesson gives the same bytes. Raises `InvalidData` where the lesson does not fit the dataset, and
    `Unprintable` for a step of more reports than a key can attribute.
    """
    if faults := check(lesson, dataset):
        raise InvalidData(faults)
    with drawing():
        setting = next((one for one in SETTINGS if _fits(dataset, lesson, one, 2)), SETTINGS[-1])
        lines = max((n for n in range(1, MOST_LINES + 1) if _fits(dataset, lesson, setting, n)), default=1)
        maps = _maps(dataset, lesson, setting)
        sheets = _drawn(lesson, _steps(lesson, maps, setting, lines), is_first=True)
        cited = {entry.source_id for one in maps for entry in one.shown.entries}
        sheets += _drawn(lesson, [*_legends(maps), *_keys(lesson, maps), *_documents(dataset, cited)])
        for number, sheet in enumerate(sheets, start=1):
            _foot(sheet, words.no_evidence(dataset), f"{lesson.title} · page {number} of {len(sheets)}")
        return save(sheets, "pdf", title=lesson.title, made_by=f"Attest {__version__}")[0]


def _maps(dataset: Dataset, lesson: Lesson, setting: Setting) -> list[_Map]:
    return [_Map(dataset, step, setting.map) for step in lesson.steps]


# --- pages ----------------------------------------------------------------------------------------------------------


def _fits(dataset: Dataset, lesson: Lesson, setting: Setting, lines: int) -> bool:
    """Whether the steps take no more than `PAGES`."""
    blocks = _steps(lesson, _maps(dataset, lesson, setting), setting, lines)
    return len(_set(lesson, blocks, is_first=True)) <= PAGES


def _set(lesson: Lesson, blocks: Sequence[Block], *, is_first: bool) -> list[list[Set]]:
    """Blocks set in two columns a page, page by page."""
    pages: list[list[Set]] = []
    rest = split(blocks, 0.6 * _body(lesson, first=False).height)
    while rest:
        body = _body(lesson, first=is_first and not pages)
        columns = (Box(x, body.y, COLUMN, body.height) for x in (body.x, body.x + COLUMN + GAP))
        done, rest = fill(rest, Region(tuple(columns)))
        pages.append(done)
    return pages


def _drawn(lesson: Lesson, blocks: Sequence[Block], *, is_first: bool = False) -> list[Sheet]:
    sheets: list[Sheet] = []
    for page in _set(lesson, blocks, is_first=is_first):
        sheet = Sheet(PAGE.width, PAGE.height)
        if is_first and not sheets:
            _head(sheet, lesson)
        put(sheet, page)
        sheets.append(sheet)
    return sheets


def _steps(lesson: Lesson, maps: Sequence[_Map], setting: Setting, lines: int) -> list[Block]:
    """Each step's title, its map, what the class reads, and the questions with lines to write on."""
    size, blocks = setting.text, []
    for at, (step, one) in enumerate(zip(lesson.steps, maps, strict=True), start=1):
        blocks.append(_text([Run(f"{at}.\u00a0{step.title}", "bold")], size + 2, 1.6 * size, leads=True))
        blocks.append(one.block())
        blocks += [_text([Run(paragraph)], size, 0.45 * size) for paragraph in step.paragraphs]
        for number, question in enumerate(step.questions, start=1):
            asked = [Run(f"Question {at}.{number}\u00a0 {question}", "bold")]
            ruled = Block(((),) * lines, LINE / LEADING, draw=partial(_rules, lines=lines))
            blocks += [_text(asked, size, 0.6 * size, leads=True), ruled]
    return blocks


def _rules(sheet: Sheet, x: float, base: float, *, lines: int) -> None:
    for at in range(lines):
        y = base - at * LINE - 2
        sheet.line([(x, y), (x + COLUMN, y)], colour=RULE, width=0.7)


# --- key ------------------------------------------------------------------------------------------------------------


def _legends(maps: Sequence[_Map]) -> list[Block]:
    """What colours and signs mean, once for each way to colour that the steps use."""
    blocks = []
    for scheme in dict.fromkeys(one.printed.scheme for one in maps):
        same = [one for one in maps if one.printed.scheme == scheme]
        entries = tuple(entry for one in same for entry in one.shown.entries)
        if not entries:
            continue
        marks = tuple(mark for one in same for mark in one.shown.marks)
        drawn = Legend(same[0].printed, Numbered(marks, {}, {}, entries, 0), COLUMN, KEY_SIZE)
        size = drawn.height / LEADING
        blocks.append(Block(((),), size, KEY_SIZE, draw=partial(_legend, drawn=drawn, size=size)))
    return blocks


def _legend(sheet: Sheet, x: float, base: float, *, drawn: Legend, size: float) -> None:
    drawn.draw(sheet, x, base + size)


def _keys(lesson: Lesson, maps: Sequence[_Map]) -> list[Block]:
    """The key of each map; of maps that show the same reports under the same numbers, one."""
    same: dict[tuple[object, ...], list[int]] = {}
    for at, one in enumerate(maps):
        marks = tuple((mark.name, *(entry.row for entry in mark.entries)) for mark in one.shown.marks)
        rows = tuple(entry.row for entry in one.shown.entries)
        same.setdefault((one.printed.chosen, one.printed.naming, marks, rows), []).append(at)
    blocks = []
    for steps in same.values():
        numbers = [str(at + 1) for at in steps]
        named = f"Key to step {numbers[0]}: {lesson.steps[steps[0]].title}"
        title = named if len(steps) == 1 else f"Key to steps {', '.join(numbers[:-1])} and {numbers[-1]}"
        blocks.append(_text([Run(title, "bold")], KEY_SIZE + 2, 1.6 * KEY_SIZE, leads=True))
        blocks += _key(maps[steps[0]].printed, maps[steps[0]].shown)
    return blocks


def _key(printed: Print, shown: Numbered) -> list[Block]:
    """Who stands behind each number of the map, by document; and the reports that the map cannot show."""
    summary = words.summarise(printed.dataset, printed.chosen)
    said = [words.sentence(summary, printed.chosen), words.balance(printed.dataset.case, summary)]
    blocks = [_text([Run(" ".join(filter(None, said)))], KEY_SIZE)]
    for mark in shown.marks:
        indent = 2.6 * KEY_SIZE
        runs = [Run(f"{mark.name}: ", "bold"), *_speakers(printed, mark.entries)]
        number = partial(_badge, number=mark.number)
        lines = tuple(wrap(runs, COLUMN - indent, KEY_SIZE))
        blocks.append(Block(lines, KEY_SIZE, 0.5 * KEY_SIZE, indent, draw=number))
    elsewhere = [
        *((f"Somewhere in {name}", entries) for name, entries in shown.wide.items()),
        *((f"Outside this map, {name}", entries) for name, entries in shown.outside.items()),
        *([("Without a place", shown.unmapped)] if shown.unmapped else []),
    ]
    for name, entries in elsewhere:
        runs = [Run(f"{name}: ", "bold"), *_speakers(printed, entries)]
        blocks.append(_text(runs, KEY_SIZE, 0.5 * KEY_SIZE))
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
    letters = letters_of(Print(dataset, Selection(), MADE))
    title = [Run(nouns.of(dataset).said("Documents"), "bold")]
    blocks = [_text(title, KEY_SIZE + 2, 1.6 * KEY_SIZE, leads=True)]
    for key, source in dataset.sources.items():
        if key in cited:
            runs = [Run(f"{letters[key]}\u00a0 ", "bold"), Run(f"{citation(source, dataset.case)}{why_rated(source)}")]
            blocks.append(_text(runs, KEY_SIZE, 0.6 * KEY_SIZE))
    notes = (
        ADMIRALTY,
        words.no_evidence(dataset),
        *legend.notes(dataset),
        f"Base map: {basemap.CREDIT}. {basemap.DISCLAIMER}",
    )
    return [*blocks, *(_text([Run(note, colour=MUTED)], KEY_SIZE, 0.6 * KEY_SIZE) for note in notes)]


def _text(runs: Sequence[Run], size: float, before: float = 0.0, *, leads: bool = False) -> Block:
    return Block(tuple(wrap(runs, COLUMN, size)), size, before, leads=leads)


def _body(lesson: Lesson, *, first: bool) -> Box:
    """The rectangle between the head, which the first page has, and the foot."""
    low = PAGE.margin + 4 * KEY_SIZE * LEADING
    top = PAGE.height - PAGE.margin - (_head_height(lesson) if first else 0.0)
    return Box(PAGE.margin, low, WIDTH, top - low)


def _head_lines(lesson: Lesson) -> list[tuple[list[Run], float]]:
    about = " · ".join(filter(None, (lesson.level, f"{lesson.minutes} minutes" if lesson.minutes else "")))
    under = " · ".join(filter(None, (about, ON_PAPER)))
    return [([Run(lesson.title, "bold")], 1.3 * HEAD_SIZE), ([Run(under, colour=MUTED)], TEXT_SIZE)]


def _head_height(lesson: Lesson) -> float:
    return sum(len(wrap(runs, WIDTH, size)) * size * LEADING for runs, size in _head_lines(lesson)) + 0.8 * TEXT_SIZE


def _head(sheet: Sheet, lesson: Lesson) -> None:
    base = PAGE.height - PAGE.margin
    for runs, size in _head_lines(lesson):
        base = write(sheet, wrap(runs, WIDTH, size), PAGE.margin, base - size, size) + size
    right = PAGE.width - PAGE.margin
    sheet.text(right - 200, PAGE.height - PAGE.margin - 1.3 * HEAD_SIZE, "Name", TEXT_SIZE, colour=MUTED)
    line = PAGE.height - PAGE.margin - 1.3 * HEAD_SIZE - 2
    sheet.line([(right - 166, line), (right, line)], colour=RULE, width=0.7)


def _foot(sheet: Sheet, caution: str, title: str) -> None:
    runs = [Run(f"{caution} {basemap.NOTICE}", colour=MUTED), Run(f" {title}", "bold", MUTED)]
    picture.close(sheet, PAGE, wrap(runs, WIDTH, KEY_SIZE))
