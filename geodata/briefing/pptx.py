"""The briefing as slides (PowerPoint, 16:9): text boxes and tables that can be edited, and the map as a picture."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from geodata.briefing import fieldtable, picture, wording
from geodata.briefing.incidents import Briefing, Incident
from geodata.briefing.sheet import drawing, save
from geodata.briefing.typeset import LEADING, Run, wrap
from geodata.formats import SHAPES
from geodata.tell import fields

PAGE = SHAPES["slide"]
TABLE_SIZES = (14.0, 12.0, 10.0)
"""Types of a table, in points: the largest of those that take the fewest slides."""

ABOUT_SIZE = 10.0
"""Type of the line below a slide's title, in points."""

FONT = "Verdana"
"""On every machine that shows slides, or DejaVu Sans in its place, in which the map is drawn: both look as one."""

SPARE = 0.05
"""Of a line's width, left free: lines are counted in DejaVu Sans, and a letter of Verdana may be a little wider."""

REPORTS_IN_TABLE = 3
PADDING = 4.0
LABELS_WIDTH, STANDS_WIDTH = 110.0, 190.0
"""Points: the space inside a table's cells, the width of its first column, and that of how a field stands."""

_rgb: Any = RGBColor.from_string  # python-pptx gives it no type
INK, HEAD, PLAIN, SHADED = (_rgb(colour) for colour in ("1D2733", "E4E9EE", "FFFFFF", "F6F7F9"))

Row = Sequence[str]


def to_pptx(briefing: Briefing) -> bytes:
    """The briefing as a presentation; the same briefing gives the same bytes.

    A table that is too long for a slide goes on on the next.
    """
    with drawing():
        map_page = briefing.map_page("slide")
        title = wording.title(briefing.printed)
        maps = save(picture.draw(map_page), "png", title=title, made_by=briefing.printed.made_by)
        deck = Presentation()
        _set_theme(deck)
        deck.slide_width, deck.slide_height = Pt(PAGE.width), Pt(PAGE.height)
        for at, png in enumerate(maps):
            slide = _blank(deck)
            shown = slide.shapes.add_picture(io.BytesIO(png), 0, 0, Pt(PAGE.width), Pt(PAGE.height))
            alternative = " ".join((title, *wording.said(briefing.printed))) if at == 0 else "Key of the map"
            shown._element.nvPicPr.cNvPr.set("descr", alternative)
        for incident in briefing.written_out(map_page):
            _incident(deck, briefing, incident)
        _documents(deck, briefing)
    properties = deck.core_properties
    moment = datetime.combine(briefing.made, time())
    properties.title, properties.author, properties.last_modified_by = title, "Attest", "Attest"
    properties.created = properties.modified = properties.last_printed = moment
    properties.revision = 1
    target = io.BytesIO()
    deck.save(target)
    return _timeless(target.getvalue())


def _compared(deck: Any, briefing: Briefing, incident: Incident) -> None:
    """The incident field by field, on a slide of its own."""
    for part in fieldtable.parts(incident.compared) if incident.compared else ():
        rows = [
            (fields.HEAD, *part.heads, fields.LAST),
            *(
                (line.name, *("; ".join(cell) for cell in line.cells), ": ".join(filter(None, (line.said, line.how))))
                for line in part.lines
            ),
        ]
        wide = (PAGE.width - 2 * PAGE.margin - LABELS_WIDTH - STANDS_WIDTH) / len(part.heads)
        widths = (LABELS_WIDTH, *(wide for _ in part.heads), STANDS_WIDTH)
        _table(deck, briefing, incident.title, f"{part.caption} · {incident.about}", rows=rows, widths=widths,
               noted=incident.noted)  # fmt: skip


def _incident(deck: Any, briefing: Briefing, incident: Incident) -> None:
    _compared(deck, briefing, incident)
    for at in range(0, len(incident.reports), REPORTS_IN_TABLE):
        abreast = incident.reports[at : at + REPORTS_IN_TABLE]
        stated = [dict(report.facts) for report in abreast]
        labels = list(dict.fromkeys(label for report in incident.reports for label, _ in report.facts))
        rows = [
            ("Claimed by", *(report.entry.claimant for report in abreast)),
            *(
                [("Side", *(report.side or "–" for report in abreast))]
                if any(report.side for report in abreast)
                else []
            ),
            ("Claim", *(report.entry.title for report in abreast)),
            *(
                (label, *(facts.get(label, "–") for facts in stated))
                for label in labels
                if any(label in f for f in stated)
            ),
        ]
        wide = (PAGE.width - 2 * PAGE.margin - LABELS_WIDTH) / len(abreast)
        about = incident.about if at == 0 else f"{incident.about}, continued"
        _table(
            deck,
            briefing,
            incident.title,
            about,
            rows=rows,
            widths=(LABELS_WIDTH, *(wide for _ in abreast)),
            noted="" if incident.compared or at else incident.noted,
        )


def _documents(deck: Any, briefing: Briefing) -> None:
    heading = briefing.noun.said("Documents")
    rows = [("", f"{heading} and what to know of them"), *briefing.documents()]
    wide = PAGE.width - 2 * PAGE.margin - 30
    _table(deck, briefing, heading, "Whom this briefing cites", rows=rows, widths=(30.0, wide))


def _table(
    deck: Any,
    briefing: Briefing,
    title: str,
    about: str,
    *,
    rows: Sequence[Row],
    widths: Sequence[float],
    noted: str = "",
) -> None:
    """One table over as many slides as it takes; the first row, and what is noted, stand at the head of each."""
    inside = [width - 2 * PADDING for width in widths]
    over_all = (1 - SPARE) * (PAGE.width - 2 * PAGE.margin)
    high = len(wrap([Run(title, "bold")], over_all, PAGE.title)) * PAGE.title * LEADING
    below = len(wrap([Run(noted)], over_all, ABOUT_SIZE)) * ABOUT_SIZE * LEADING if noted else 0.0
    under = PAGE.margin + high + ABOUT_SIZE * 0.1
    top = under + ABOUT_SIZE * 1.5 + below
    room = PAGE.height - top - PAGE.margin - 3.4 * PAGE.text
    set_in = [(size, _slides(rows, inside, room, size)) for size in TABLE_SIZES]
    size, slides = min(set_in, key=lambda one: len(one[1]))
    for number, part in enumerate(slides):
        slide = _blank(deck)
        _text(slide, title, (PAGE.margin, PAGE.margin, high), PAGE.title, bold=True)
        _text(
            slide,
            about if number == 0 else f"{about}, continued",
            (PAGE.margin, under, ABOUT_SIZE * 1.4),
            ABOUT_SIZE,
        )
        if noted:
            _text(slide, noted, (PAGE.margin, under + ABOUT_SIZE * 1.4, below), ABOUT_SIZE)
        _grid(slide, (rows[0], *part), widths, top, size)
        foot = wording.colophon(briefing.printed) + (f" This view: {briefing.link}" if briefing.link else "")
        _text(slide, foot, (PAGE.margin, PAGE.height - PAGE.margin - 2.4 * PAGE.text, 2.4 * PAGE.text), PAGE.text)


def _slides(rows: Sequence[Row], inside: Sequence[float], room: float, size: float) -> list[list[Row]]:
    """The rows after the first, which stands on each slide, as many a slide as ``room`` points of height take."""
    head, *others = rows
    room -= _height(head, inside, size)
    slides: list[list[Row]] = [[]]
    left = room
    for row in (part for whole in others for part in _parts(whole, inside, room, size)):
        need = _height(row, inside, size)
        if need > left and slides[-1]:
            slides.append([])
            left = room
        slides[-1].append(row)
        left -= need
    return slides


def _lines(text: str, width: float, size: float, label: bool = False) -> list[str]:
    style = "bold" if label else "regular"
    lines = wrap([Run(text, style)], (1 - SPARE) * width, size)
    return [" ".join(run.text for _, run in line) for line in lines] or [""]


def _height(row: Row, widths: Sequence[float], size: float) -> float:
    most = max(
        len(_lines(text, width, size, at == 0)) for at, (text, width) in enumerate(zip(row, widths, strict=True))
    )
    return most * size * LEADING + 2 * PADDING


def _parts(row: Row, widths: Sequence[float], room: float, size: float) -> list[Row]:
    """The row, cut into rows that each fit a slide where it is longer than one."""
    most = max(1, int((room - 2 * PADDING) / (size * LEADING)))
    cells = [_lines(text, width, size, at == 0) for at, (text, width) in enumerate(zip(row, widths, strict=True))]
    deep = max(map(len, cells))
    if deep <= most:
        return [row]
    cut = [[" ".join(lines[at : at + most]) for lines in cells] for at in range(0, deep, most)]
    return [[row[0], *part[1:]] for part in cut]


def _grid(slide: Any, rows: Sequence[Row], widths: Sequence[float], top: float, size: float) -> None:
    inside = [width - 2 * PADDING for width in widths]
    heights = [_height(row, inside, size) for row in rows]
    frame = slide.shapes.add_table(len(rows), len(widths), Pt(PAGE.margin), Pt(top), Pt(sum(widths)), Pt(sum(heights)))
    table = frame.table
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for at, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[at].height = Pt(height)
        for column_at, text in enumerate(row):
            cell = table.cell(at, column_at)
            cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = Pt(PADDING)
            cell.fill.solid()
            cell.fill.fore_color.rgb = HEAD if at == 0 else PLAIN if at % 2 else SHADED
            _write(cell.text_frame, text, size, bold=at == 0 or column_at == 0)


def _text(slide: Any, text: str, place: tuple[float, float, float], size: float, *, bold: bool = False) -> None:
    """A text box over the slide's width; ``place`` is its left, its top and its height in points."""
    left, top, height = place
    box = slide.shapes.add_textbox(Pt(left), Pt(top), Pt(PAGE.width - 2 * PAGE.margin), Pt(height))
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    _write(frame, text, size, bold=bold)


def _write(frame: Any, text: str, size: float, *, bold: bool) -> None:
    run = frame.paragraphs[0].add_run()
    run.text = " ".join(text.split())
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = INK


def _set_theme(deck: Any) -> None:
    """The theme's fonts, in which an author writes what is added, are the slides' own."""
    theme = deck.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = re.sub(rb'(<a:latin typeface=)"[^"]*"', rb'\1"%s"' % FONT.encode(), theme.blob)


def _blank(deck: Any) -> Any:
    return deck.slides.add_slide(deck.slide_layouts[6])


def _timeless(deck: bytes) -> bytes:
    """The file with no time of its making in its parts: a ZIP file has the time of each."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as parts, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(part, parts.read(name))
    return target.getvalue()
