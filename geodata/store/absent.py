"""What is wrong with a value or an incident that a table does not have, and the nearest that it has."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from geodata.model.filters import is_one_of
from geodata.model.text import shown
from geodata.store.dataset import Dataset


def absent(value: str, known: Iterable[str]) -> str:
    """What is wrong with a value that is not among those known, and the nearest of them."""
    close = get_close_matches(value, known, n=1)
    return f"{shown(value)} is not in this table" + (f" (did you mean '{close[0]}'?)" if close else "")


def absent_incidents(ids: Collection[str], dataset: Dataset) -> dict[str, str]:
    """Of the ids that no report has: what is wrong with each, as `absent` says it."""
    if not ids:
        return {}
    reports = dataset.reports
    found = dataset.fetch(reports.filter(is_one_of(reports.incident_id, list(ids))).select("incident_id").distinct())
    unknown = sorted(set(ids) - set(found["incident_id"].to_pylist()))
    known = dataset.fetch(reports.select("incident_id").distinct())["incident_id"].to_pylist() if unknown else []
    return {one: absent(one, known) for one in unknown}
