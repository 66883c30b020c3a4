"""Prints, measured on the shipped table: the picture of the opening view, and pages of ten incidents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from benchmarks.checks import seconds
from geodata import briefing
from geodata.model.selection import Selection, select
from geodata.store.importers import open_table
from tests.server import ROOT

PICTURE, PDF = "picture with all pages of its key", "PDF of ten incidents"
BARS: Mapping[str, float] = {PICTURE: 3, PDF: 5}
"""The most seconds that each may take."""

INCIDENTS = 10


def measured() -> dict[str, tuple[str, float]]:
    """For each print the name of its bar, and seconds: medians, the cold first one included."""
    dataset = open_table(ROOT / "events.csv")
    view = briefing.Print(dataset, Selection(scopes=("core",)), date(2026, 1, 1))
    reports = select(dataset.reports, view.chosen)
    named = dataset.fetch(reports.group_by("incident_id").aggregate(first=reports.row.min()).order_by("first"))
    chosen = briefing.Briefing(dataset, tuple(named["incident_id"].to_pylist()[:INCIDENTS]), date(2026, 1, 1))
    times = {
        f"PNG, {shape}: {PICTURE}": (PICTURE, seconds(lambda shape=shape: briefing.pages(view, shape, whole=True)))
        for shape in briefing.SHAPES
    }
    return times | {PDF: (PDF, seconds(lambda: briefing.BRIEFINGS["pdf"](chosen)))}
