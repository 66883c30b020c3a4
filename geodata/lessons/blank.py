"""A lesson's answer sheet on paper: a row for each step with its questions, and room to write what `answers` asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from geodata import __version__
from geodata.briefing.sheet import MUTED, RULE, Sheet, drawing, save
from geodata.briefing.typeset import LEADING, Run, wrap, write
from geodata.formats import SHAPES
from geodata.lessons.answers import AGREE, ASKED
from geodata.lessons.model import Lesson, Step
from geodata.store.dataset import Dataset

TITLE_SIZE, SIZE = 16.0, 9.0
"""Type in points."""

PAGE = replace(SHAPES["a4-landscape"], text=SIZE)
ROWS = 4
"""Steps of a page."""

SHARES = (0.25, 0.18, 0.13, 0.18, 0.09, 0.17)
"""Of the width: the questions, and the columns of `ASKED`."""

HEAD = 44.0
"""Points of the head of a page, and below it of the heads of the columns."""

COLUMN_HEAD = 20.0
PAD = 4.0


def to_pdf(_: Dataset, lesson: Lesson) -> bytes:
    """The blank sheet as a PDF, A4 across. The same lesson gives the same bytes."""
    parts = [lesson.steps[at : at + ROWS] for at in range(0, len(lesson.steps), ROWS)]
    with drawing():
        sheets = [_page(lesson, steps, number, len(parts)) for number, steps in enumerate(parts)]
        title = f"{lesson.title}: answer sheet"
        return save(sheets, "pdf", title=title, made_by=f"Attest {__version__}")[0]


def _page(lesson: Lesson, steps: Sequence[Step], number: int, of: int) -> Sheet:
    sheet = Sheet(PAGE.width, PAGE.height)
    width, top = PAGE.width - 2 * PAGE.margin, PAGE.height - PAGE.margin
    title = [Run(lesson.title, "bold"), Run(f"  answer sheet, page {number + 1} of {of}", colour=MUTED)]
    write(sheet, wrap(title, width - 220, TITLE_SIZE)[:1], PAGE.margin, top - TITLE_SIZE, TITLE_SIZE)
    right, under = PAGE.width - PAGE.margin, top - TITLE_SIZE - 2
    sheet.text(right - 205, top - TITLE_SIZE, "Name", SIZE, colour=MUTED)
    sheet.line([(right - 175, under), (right, under)], colour=RULE, width=0.7)
    edges = [PAGE.margin]
    for share in SHARES:
        edges.append(edges[-1] + share * width)
    table = top - HEAD
    for (left, _), name in zip(pairwise(edges), ("The step asks", *ASKED.values()), strict=True):
        sheet.text(left + PAD, table - COLUMN_HEAD + 6, name, SIZE, style="bold")
    low = table - COLUMN_HEAD
    high = (low - PAGE.margin) / ROWS
    for at, step in enumerate(steps):
        _row(sheet, step, number * ROWS + at + 1, edges, low - at * high)
    end = low - len(steps) * high
    for y in (table, *(low - at * high for at in range(len(steps) + 1))):
        sheet.line([(edges[0], y), (edges[-1], y)], colour=RULE, width=0.7)
    for x in edges:
        sheet.line([(x, table), (x, end)], colour=RULE, width=0.7)
    return sheet


def _row(sheet: Sheet, step: Step, number: int, edges: Sequence[float], top: float) -> None:
    """The step's title and questions, and the words to tick; the other cells stay blank."""
    wide = edges[1] - edges[0] - 2 * PAD
    base = top - SIZE - PAD
    base = write(sheet, wrap([Run(f"{number}. {step.title}", "bold")], wide, SIZE), edges[0] + PAD, base, SIZE)
    for question in step.questions:
        base = write(sheet, wrap([Run(question)], wide, SIZE), edges[0] + PAD, base - 2, SIZE)
    base = top - SIZE - PAD
    for name in AGREE:
        sheet.text(edges[4] + PAD, base, f"□ {name}", SIZE)
        base -= 1.6 * SIZE * LEADING
