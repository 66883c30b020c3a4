"""The briefing as PDF: the map, a page for each incident with its reports side by side, and the documents."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from geodata.briefing import composition, picture, signs, wording
from geodata.briefing.incidents import Briefing, Incident, ReportText
from geodata.briefing.sheet import MUTED, RULE, Box, Sheet, drawing, save
from geodata.briefing.typeset import LEADING, Block, Region, Run, Set, balanced, fill, put, split, wrap, write
from geodata.formats import SHAPES
from geodata.timemap.marks import SIZES, Category

PAGE = SHAPES["a4-landscape"]
TEXT_SIZE = 9.6
"""Type of the incident pages, in points."""

LABEL_SIZE = 7.4

REPORTS_ACROSS = 3
"""Reports side by side; more go to a next page."""


def to_pdf(briefing: Briefing) -> bytes:
    """The briefing as one PDF, A4 across. What does not fit a page goes on on the next: nothing is cut."""
    with drawing():
        map_page = briefing.map_page("a4-landscape")
        sheets = picture.draw(map_page)
        for incident in briefing.written_out(map_page):
            sheets += _incident(briefing, incident, map_page.categories)
        sheets += _documents(briefing)
        title = wording.title(briefing.printed)
        return save(sheets, "pdf", title=title, made_by=briefing.printed.made_by)[0]


def _incident(briefing: Briefing, incident: Incident, categories: Sequence[Category]) -> list[Sheet]:
    sheets = []
    for at in range(0, len(incident.reports), REPORTS_ACROSS):
        abreast = incident.reports[at : at + REPORTS_ACROSS]
        count = max(2, len(abreast))  # a line over the whole page would be too long to read
        width = (PAGE.width - 2 * PAGE.margin - (count - 1) * 2 * PAGE.gap) / count
        room = _body(briefing, incident.title).height
        rest = [split(_report(report, width, categories), 0.6 * room) for report in abreast]
        first = at == 0
        while any(rest):
            sheet, body = _sheet(briefing, incident.title, incident.about if first else f"{incident.about}, continued")
            placed: list[Set] = []
            for column, blocks in enumerate(rest):
                x = body.x + column * (width + 2 * PAGE.gap)
                done, rest[column] = fill(blocks, Region((Box(x, body.y, width, body.height),)))
                placed += done
            end = min(one.top - one.block.height for one in placed)
            for column in range(1, len(abreast)):
                line = body.x + column * (width + 2 * PAGE.gap) - PAGE.gap
                sheet.line([(line, body.top), (line, end)], colour=RULE, width=0.6)
            put(sheet, placed)
            sheets.append(sheet)
            first = False
    return sheets


def _report(report: ReportText, width: float, categories: Sequence[Category]) -> list[Block]:
    indent, unit = 2.6 * TEXT_SIZE, signs.unit_of(TEXT_SIZE)
    sign = partial(_sign, report=report, categories=categories, unit=unit)
    name = wrap([Run(report.entry.claimant, "bold")], width - indent, TEXT_SIZE * 1.1)
    side = wrap([Run(f"Side: {report.side}", colour=MUTED)], width - indent, TEXT_SIZE)
    blocks = [
        Block(tuple(name), TEXT_SIZE * 1.1, 0.0, indent, leads=True, draw=sign),
        *([Block(tuple(side), TEXT_SIZE, 0.2 * TEXT_SIZE, indent)] if report.side else []),
    ]
    claim = wrap([Run(report.entry.title, "bold")], width, TEXT_SIZE)
    blocks.append(Block(tuple(claim), TEXT_SIZE, 0.8 * TEXT_SIZE))
    for label, text in report.facts:
        blocks.append(
            Block(tuple(wrap([Run(label, colour=MUTED)], width, LABEL_SIZE)), LABEL_SIZE, 0.6 * TEXT_SIZE, leads=True)
        )
        blocks.append(Block(tuple(wrap([Run(text)], width, TEXT_SIZE)), TEXT_SIZE))
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
        placed, following = fill(rest, Region(boxes))
        put(sheet, placed if following else balanced(rest, Region(boxes)))
        rest = following
        sheets.append(sheet)
    return sheets


def _body(briefing: Briefing, title: str) -> Box:
    """The rectangle between the head and the foot of a page."""
    width = PAGE.width - 2 * PAGE.margin
    lines = len(wrap([Run(title, "bold")], width, PAGE.title))
    high = lines * PAGE.title * LEADING + 2.6 * TEXT_SIZE * LEADING
    low = PAGE.margin + len(composition.short_foot(briefing.printed, PAGE)) * PAGE.text * LEADING + PAGE.gap
    return Box(PAGE.margin, low, width, PAGE.height - PAGE.margin - high - low)


def _sheet(briefing: Briefing, title: str, about: str) -> tuple[Sheet, Box]:
    sheet = Sheet(PAGE.width, PAGE.height)
    body = _body(briefing, title)
    head = wrap([Run(title, "bold")], body.width, PAGE.title)
    base = write(sheet, head, body.x, PAGE.height - PAGE.margin - PAGE.title, PAGE.title)
    write(
        sheet,
        wrap([Run(about, colour=MUTED)], body.width, TEXT_SIZE)[:1],
        body.x,
        base + PAGE.title - TEXT_SIZE * 1.2,
        TEXT_SIZE,
    )
    picture.close(sheet, PAGE, composition.short_foot(briefing.printed, PAGE))
    return sheet, body
