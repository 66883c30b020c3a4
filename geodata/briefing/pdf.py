"""The briefing as PDF: the map, a page for each incident with its fields and reports abreast, and the documents."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from geodata.briefing import composition, fieldtable, picture, signs, wording
from geodata.briefing.fieldtable import FieldTable, TableRow
from geodata.briefing.incidents import Briefing, Incident, ReportText
from geodata.briefing.sheet import MUTED, RULE, Box, Sheet, drawing, save
from geodata.briefing.typeset import (
    LEADING,
    TOO_LONG,
    Block,
    Line,
    Region,
    Run,
    Set,
    balanced,
    fill,
    fill_page,
    put,
    split,
    wrap,
    write,
)
from geodata.formats import SHAPES, Unprintable
from geodata.timemap.marks import SIZES, Category

PAGE = SHAPES["a4-landscape"]
TEXT_SIZE = 9.6
"""Type of what is the same on all pages, in points."""

TEXT_SIZES = (14.0, 13.0, 12.0, 11.0, 10.2, TEXT_SIZE, 8.8)
"""Types of an incident's pages, in points: the largest of those that take the fewest pages."""

LEAST_ROOM = 0.35
"""Part of a page's height below which reports begin on the next one."""

REPORTS_ACROSS = 3
"""Reports side by side; more go to a next page."""


def to_pdf(briefing: Briefing) -> bytes:
    """The briefing as one PDF, A4 across. What does not fit a page goes on on the next: nothing is cut.

    Raises `Unprintable` where a title, a name or a note alone is higher than a page.
    """
    with drawing():
        map_page = briefing.map_page("a4-landscape")
        sheets = picture.draw(map_page)
        for incident in briefing.written_out(map_page):
            sheets += _incident(briefing, incident, map_page.categories)
        sheets += _documents(briefing)
        title = wording.title(briefing.printed)
        return save(sheets, "pdf", title=title, made_by=briefing.printed.made_by)[0]


@dataclass
class _Page:
    """What stands on a page of an incident, and how far down, in points, it is taken."""

    top: float
    tables: list[tuple[FieldTable, Sequence[TableRow], float]] = field(default_factory=list)
    placed: list[Set] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)


def _incident(briefing: Briefing, incident: Incident, categories: Sequence[Category]) -> list[Sheet]:
    body = _body(briefing, incident.title, incident.noted)
    laid_out = []
    for size in TEXT_SIZES:
        with suppress(Unprintable):  # a smaller type may have room
            laid_out.append(_laid_out(incident, body, size, categories))
    if not laid_out:
        raise Unprintable(f"“{incident.title}”: {TOO_LONG}")
    pages = min(laid_out, key=len)
    return [_drawn(briefing, incident, page, body, is_first=number == 0) for number, page in enumerate(pages)]


def _drawn(briefing: Briefing, incident: Incident, page: _Page, body: Box, *, is_first: bool) -> Sheet:
    about = incident.about if is_first else f"{incident.about}, continued"
    sheet = _sheet(briefing, incident.title, about, incident.noted)[0]
    for table, rows, top in page.tables:
        fieldtable.draw(sheet, table, rows, body.x, top)
    for x, top, end in page.rules:
        sheet.line([(x, top), (x, end)], colour=RULE, width=0.6)
    put(sheet, page.placed)
    return sheet


def _laid_out(incident: Incident, body: Box, size: float, categories: Sequence[Category]) -> list[_Page]:
    """The fields side by side where several tell the incident, below them the reports."""
    pages = [_Page(body.top)]
    if incident.compared:
        _fields(pages, fieldtable.tables(incident.compared, body.width, size, body.height), body)
    for at in range(0, len(incident.reports), REPORTS_ACROSS):
        if at or body.y + LEAST_ROOM * body.height > pages[-1].top:
            _begin(pages, body)
        _reports(pages, incident.reports[at : at + REPORTS_ACROSS], body, size, categories)
    return pages


def _begin(pages: list[_Page], body: Box) -> None:
    """Begins the next page. Raises `Unprintable` where the last one has stayed empty, for the next would, too."""
    if not (pages[-1].tables or pages[-1].placed):
        raise Unprintable(TOO_LONG)
    pages.append(_Page(body.top))


def _fields(pages: list[_Page], tables: Sequence[FieldTable], body: Box) -> None:
    for table in tables:
        rows = table.rows
        while rows:
            page = pages[-1]
            count = table.fitting(rows, page.top - body.y)
            if not count:
                _begin(pages, body)
                continue
            page.tables.append((table, rows[:count], page.top))
            page.top -= table.height(rows[:count]) + PAGE.gap
            rows = rows[count:]


def _reports(
    pages: list[_Page], abreast: Sequence[ReportText], body: Box, size: float, categories: Sequence[Category]
) -> None:
    """Reports side by side; one alone fills two columns, for a line over the whole page would be too long to read."""
    count = max(2, len(abreast))
    width = (body.width - (count - 1) * 2 * PAGE.gap) / count
    rest = [split(_report(report, width, size, categories), 0.6 * body.height) for report in abreast]
    while any(rest):
        page = pages[-1]
        boxes = [Box(body.x + column * (width + 2 * PAGE.gap), body.y, width, page.top - body.y)
                 for column in range(count)]  # fmt: skip
        if len(abreast) == 1:
            [blocks] = rest
            region = Region(tuple(boxes))
            done, rest[0] = fill(blocks, region)
            placed = done if rest[0] else balanced(blocks, region)
        else:
            placed = []
            for column, (blocks, box) in enumerate(zip(rest, boxes, strict=True)):
                done, rest[column] = fill(blocks, Region((box,)))
                placed += done
        if placed:
            page.placed += placed
            end = min(one.top - one.block.height for one in placed)
            page.rules += [(box.x - PAGE.gap, page.top, end) for box in boxes[1:]]
        if any(rest):
            _begin(pages, body)


def _report(report: ReportText, width: float, size: float, categories: Sequence[Category]) -> list[Block]:
    indent, unit = 2.6 * size, signs.unit_of(size)
    sign = partial(_sign, report=report, categories=categories, unit=unit)
    name = wrap([Run(report.entry.claimant, "bold")], width - indent, size * 1.1)
    side = wrap([Run(f"Side: {report.side}", colour=MUTED)], width - indent, size)
    blocks = [
        Block(tuple(name), size * 1.1, 0.0, indent, leads=True, draw=sign),
        *([Block(tuple(side), size, 0.2 * size, indent)] if report.side else []),
    ]
    claim = wrap([Run(report.entry.title, "bold")], width, size)
    blocks.append(Block(tuple(claim), size, 0.8 * size))
    for label, text in report.facts:
        runs = [Run(f"{label}:", "bold", MUTED), Run(f" {text}")]
        blocks.append(Block(tuple(wrap(runs, width, size)), size, 0.4 * size))
    return blocks


def _sign(
    sheet: Sheet, x: float, base: float, *, report: ReportText, categories: Sequence[Category], unit: float
) -> None:
    radius = SIZES["single"] * unit
    parts = [(report.entry.sign, 1)]
    signs.stack(sheet, x + radius + 2 * unit, base, radius, parts, categories=categories, unit=unit)


def _documents(briefing: Briefing) -> list[Sheet]:
    columns = 2
    width = (PAGE.width - 2 * PAGE.margin - 2 * PAGE.gap) / columns
    blocks = [
        Block(tuple(wrap([Run(f"{letter}\u00a0 ", "bold"), Run(text)], width, TEXT_SIZE)), TEXT_SIZE, 0.8 * TEXT_SIZE)
        for letter, text in briefing.documents()
    ]
    heading = briefing.noun.said("Documents")
    rest, sheets = split(blocks, 0.6 * _body(briefing, heading).height), []
    while rest:
        sheet, body = _sheet(briefing, heading, "Whom this briefing cites, and what a reader should know of them")
        boxes = tuple(Box(body.x + at * (width + 2 * PAGE.gap), body.y, width, body.height) for at in range(columns))
        placed, following = fill_page(rest, Region(boxes))
        put(sheet, placed if following else balanced(rest, Region(boxes)))
        rest = following
        sheets.append(sheet)
    return sheets


def _body(briefing: Briefing, title: str, noted: str = "") -> Box:
    """The rectangle between the head and the foot of a page."""
    width = PAGE.width - 2 * PAGE.margin
    lines = len(wrap([Run(title, "bold")], width, PAGE.title))
    below = len(_note(noted, width)) + 2.6
    high = lines * PAGE.title * LEADING + below * TEXT_SIZE * LEADING
    low = PAGE.margin + len(composition.short_foot(briefing.printed, PAGE)) * PAGE.text * LEADING + PAGE.gap
    return Box(PAGE.margin, low, width, PAGE.height - PAGE.margin - high - low)


def _note(noted: str, width: float) -> list[Line]:
    return wrap([Run(noted, "italic")], width, TEXT_SIZE) if noted else []


def _sheet(briefing: Briefing, title: str, about: str, noted: str = "") -> tuple[Sheet, Box]:
    sheet = Sheet(PAGE.width, PAGE.height)
    body = _body(briefing, title, noted)
    head = wrap([Run(title, "bold")], body.width, PAGE.title)
    base = write(sheet, head, body.x, PAGE.height - PAGE.margin - PAGE.title, PAGE.title)
    write(
        sheet,
        [*wrap([Run(about, colour=MUTED)], body.width, TEXT_SIZE)[:1], *_note(noted, body.width)],
        body.x,
        base + PAGE.title - TEXT_SIZE * 1.2,
        TEXT_SIZE,
    )
    picture.close(sheet, PAGE, composition.short_foot(briefing.printed, PAGE))
    return sheet, body
