"""What is counted of a selection in one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Totals:
    """``documents`` are those that are named, ``unnamed`` the reports that name none. ``first`` and ``last`` bound the
    dated reports, open ends apart. ``undated``: without a date, of all that pass every filter but the window;
    ``unmapped``: without coordinates, of all that pass every filter but the area. ``surely``: with no possible day
    outside the window; 0 without one.
    """

    reports: int
    incidents: int
    documents: int
    unnamed: int
    unmapped: int
    undated: int
    surely: int
    first: date | None
    last: date | None
