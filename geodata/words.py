"""What is shown, said in words: for everyone above the map, for screen readers, and for a caption."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import ibis

from geodata import dates
from geodata.dataset import Dataset
from geodata.names import name_of
from geodata.schema import CLAIM_STATUSES, CLAIMANT_SIDES, SCOPES, SIDE_NAMES
from geodata.selection import Selection, select, surely_inside, undated

NO_EVIDENCE = "An empty part of the map is no evidence that nothing happened there: these documents do not tell of it."


@dataclass(frozen=True)
class Summary:
    """Counts of what a selection shows. ``first`` and ``last`` bound its dated reports, open ends apart."""

    reports: int
    incidents: int
    documents: int
    unmapped: int
    undated: int
    surely: int
    first: date | None
    last: date | None
    sides: Mapping[str, int]


@lru_cache(maxsize=64)
@lru_cache(maxsize=64)
def summarise(dataset: Dataset, chosen: Selection) -> Summary:
    """Counts the selected reports."""
    shown = select(dataset.reports, chosen)
    known_first = shown.first_day != dates.OPEN_START
    known_last = shown.last_day != dates.OPEN_END
    totals = dataset.fetch(
        shown.aggregate(
            reports=shown.count(),
            incidents=shown.incident_id.nunique(),
            documents=shown.source_id.nunique(),
            unmapped=shown.latitude.isnull().sum(),
            surely=surely_inside(shown, chosen).sum(),
            first=ibis.least(shown.first_day.min(where=known_first), shown.last_day.min(where=known_last)),
            last=ibis.greatest(shown.last_day.max(where=known_last), shown.first_day.max(where=known_first)),
            **{f"side:{side}": (shown.claimant_side == side).sum() for side in (*CLAIMANT_SIDES, "")},
        )
    ).to_pylist()[0]
    without = undated(dataset.reports, chosen)
    missing = dataset.fetch(without.aggregate(n=without.count()))["n"][0].as_py()
    by_side = {side: totals[f"side:{side}"] or 0 for side in (*CLAIMANT_SIDES, "")}
    order = sorted(by_side, key=lambda side: -by_side[side])
    return Summary(
        reports=totals["reports"],
        incidents=totals["incidents"],
        documents=totals["documents"],
        unmapped=totals["unmapped"] or 0,
        undated=missing,
        surely=totals["surely"] or 0,
        first=totals["first"],
        last=totals["last"],
        sides={side: by_side[side] for side in order if by_side[side]},
    )


def title(summary: Summary, chosen: Selection) -> str:
    """A calm title of a file: what, and when."""
    first, last = chosen.first or summary.first, chosen.last or summary.last
    when = f", {dates.spoken_window(first, last)}" if first and last else ""
    return f"Incidents and who says so{when}"


def sentence(summary: Summary, chosen: Selection) -> str:
    """What is shown, as in: 42 reports of 31 incidents, 27 Sep – 10 Nov 2020, told by 3 documents; 9 cannot be mapped.

    With a window the undated reports are not among those shown, and the sentence says so.
    """
    if not summary.reports:
        hidden = (
            f" {number_of(summary.undated, 'report')} without a date cannot be placed in it." if summary.undated else ""
        )
        return f"No report matches these filters{_within(summary, chosen)}.{hidden}"
    parts = []
    if chosen.has_window and not chosen.surely:
        perhaps = summary.reports - summary.surely
        parts.append(f"{summary.surely:,} surely in this window, {perhaps:,} perhaps, for their dates are vague")
    parts.append(f"{summary.unmapped:,} cannot be mapped")
    if not chosen.has_window:
        parts.append(f"{summary.undated:,} cannot be dated")
    elif summary.undated:
        parts.append(f"{summary.undated:,} more, without a date, cannot be placed in the window")
    return (
        f"{number_of(summary.reports, 'report')} of {number_of(summary.incidents, 'incident')}"
        f"{_within(summary, chosen)}, told by {number_of(summary.documents, 'document')}; {'; '.join(parts)}."
    )


def _within(summary: Summary, chosen: Selection) -> str:
    first, last = chosen.first or summary.first, chosen.last or summary.last
    how = "surely inside " if chosen.surely and chosen.has_window else ""
    return f", {how}{dates.spoken_window(first, last)}" if first and last else ""


def balance(summary: Summary) -> str:
    """Which sides speak, most often heard first, and which of the conflict's two sides is not heard."""
    if not summary.reports:
        return ""
    if set(summary.sides) == {""}:
        return "This table does not tell who speaks."
    spoken = ", ".join(f"{SIDE_NAMES[side]} {number:,}" for side, number in summary.sides.items())
    silent = [SIDE_NAMES[side] for side in ("armenian", "azerbaijani") if side not in summary.sides]
    quiet = f" No {' and no '.join(silent)} claimant is heard." if silent else ""
    return f"Who speaks in these reports: {spoken}.{quiet}"


def label_of(dataset: Dataset, field: str, value: str, naming: str = "both", *, explained: bool = False) -> str:
    """A value of a field of `selection.CHOICES` in words; ``explained`` adds what a scope or a standing means."""
    if field == "sources" and value in dataset.sources:
        return dataset.sources[value].label
    if field == "places" and value in dataset.places:
        return name_of(dataset.places[value], naming)
    if field == "sides":
        return SIDE_NAMES.get(value, value)
    meaning = {"scopes": SCOPES, "statuses": CLAIM_STATUSES}.get(field, {}).get(value) if explained else None
    return f"{value} ({meaning})" if meaning else value or "not stated"


def number_of(number: int, noun: str) -> str:
    """A count with its noun: "1 report", "1,204 reports"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
