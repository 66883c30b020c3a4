"""A report as the engine returns it: a dictionary of its columns."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from geodata.model.dates import OPEN_END, OPEN_START


class Row(TypedDict):
    """Columns of `geodata.store.dataset.SCHEMA`: those of `Report`, and what is worked out at loading.

    Coordinates are WGS 84 degrees, ``first_day`` and ``last_day`` the days that the date allows, ``row`` the report's
    number in its dataset. A number that is not stated is ``None``; any other blank is ``""``.
    """

    incident_id: str
    source_id: str
    paragraphs: str
    title: str
    summary: str
    event_type: str
    date: str
    date_basis: str
    place: str
    place_id: str
    place_role: str
    latitude: float | None
    longitude: float | None
    precision: str
    actor: str
    target: str
    claimed_by: str
    claimant_side: str
    claim_status: str
    disputed_by: str
    deaths_low: int | None
    deaths_best: int | None
    deaths_high: int | None
    graphic: bool
    scope: str
    note: str
    row: int
    first_day: date | None
    last_day: date | None
    qualified: bool
    publisher: str
    place_label: str
    radius_km: float | None
    words: str
    telling: int
    time: str
    origin: str
    placed_by: str


def point_of(row: Row) -> tuple[float, float] | None:
    """Latitude and longitude in WGS 84 degrees; ``None`` for a report without coordinates."""
    if row["latitude"] is None or row["longitude"] is None:
        return None
    return row["latitude"], row["longitude"]


def days_of(row: Row) -> tuple[date, date] | None:
    """The first and the last day that the date allows, both included; ``None`` for a report without a date."""
    if row["first_day"] is None or row["last_day"] is None:
        return None
    return row["first_day"], row["last_day"]


def first_possible(row: Row) -> date:
    """The first day that the date allows, or the last where the first is open. What has no date comes last of all."""
    first, last = days_of(row) or (OPEN_END, OPEN_END)
    return last if first == OPEN_START else first
