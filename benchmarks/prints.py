"""Prints, measured on the shipped table beside matplotlib's own saving of empty pages of the same size and format."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from matplotlib.figure import Figure

from benchmarks.checks import seconds
from geodata import briefing
from geodata.model.selection import Selection, select
from geodata.store.importers import open_table
from tests.server import ROOT

INCIDENTS = 10
DPI = 300
TIMES = 9

FIRST, FURTHER = 4.0, 1.5
"""The bars: how many times as long as an empty page the first page may take, and each further one."""


@dataclass(frozen=True)
class Print:
    """Seconds, medians: of a print, and of an empty page of its size as a PNG of 300 dpi."""

    name: str
    took: float
    empty: float
    pages: int

    @property
    def allowed(self) -> float:
        """In empty pages."""
        return FIRST + FURTHER * (self.pages - 1)


def measured() -> Iterator[Print]:
    """Each shape with one page and with all pages of its key, and a PDF, drawn once before the clock runs."""
    dataset = open_table(ROOT / "events.csv")
    view = briefing.Print(dataset, Selection(scopes=("core",)), date(2026, 1, 1))
    briefing.pages(view)
    for shape in briefing.SHAPES:
        for whole in (False, True):
            pages = len(briefing.pages(view, shape, whole=whole))
            took, empty = seconds(
                partial(briefing.pages, view, shape, whole=whole), partial(_empty, shape), times=TIMES
            )
            yield Print(f"PNG, {shape}, {pages} {'pages' if pages > 1 else 'page'}", took, empty, pages)
    reports = select(dataset.reports, view.chosen)
    named = dataset.fetch(reports.group_by("incident_id").aggregate(first=reports.row.min()).order_by("first"))
    chosen = briefing.Briefing(dataset, tuple(named["incident_id"].to_pylist()[:INCIDENTS]), date(2026, 1, 1))
    pages = briefing.BRIEFINGS["pdf"](chosen).count(b"/Type /Page ")
    took, empty = seconds(partial(briefing.BRIEFINGS["pdf"], chosen), partial(_empty, "a4-landscape"), times=TIMES)
    yield Print(f"PDF of {INCIDENTS} incidents, {pages} pages", took, empty, pages)


def _empty(shape: str) -> bytes:
    page, target = briefing.SHAPES[shape], io.BytesIO()
    Figure(figsize=(page.width / 72, page.height / 72)).savefig(target, format="png", dpi=DPI)
    return target.getvalue()
