"""The incidents among which an author chooses those of a briefing: sought by word, date and claimant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from geodata.count.search import understand
from geodata.model import dates
from geodata.model.filters import is_one_of
from geodata.model.row import Row
from geodata.model.selection import Selection, select
from geodata.store.dataset import Dataset
from geodata.store.values.dates import read

MOST_INCIDENTS = 20
"""Incidents of one briefing."""

MOST_OFFERED = 2_000
"""Incidents in the list: the browser holds them all, and a reader narrows them first."""

MOST_SPEAKERS = 3
"""Speakers of an incident in its line of the list."""


@dataclass(frozen=True)
class Sought:
    """What an incident must have: words as of the search, a date that may touch ``days``, a speaker.

    One report of it must have all three. What is blank asks for nothing.
    """

    text: str = ""
    days: tuple[date, date] | None = None
    speaker: str = ""


@dataclass(frozen=True)
class Found:
    """Lines of incidents by their ids, in the order of the table, and how many there are in all."""

    lines: dict[str, str]
    total: int


def days_of(text: str) -> tuple[date, date] | None:
    """The first and the last day of a typed day, month, year or span; ``None`` for a blank.

    Of figures alone the first is the day and the second the month: "3/4/2020" is 3 April. Raises ``ValueError``, saying
    why, where the text is no date.
    """
    read_one = read(pa.array([text]), "day-first").to_pylist()[0]
    if read_one["problem"]:
        raise ValueError(read_one["problem"])
    return (read_one["first_day"], read_one["last_day"]) if read_one["date"] else None


def found(dataset: Dataset, within: Selection, sought: Sought) -> Found:
    """The incidents of a selection that have what is sought."""
    first, last = sought.days or (None, None)
    asked = Selection(
        text=understand(dataset, sought.text).text,
        first=first,
        last=last,
        speakers=(sought.speaker,) if sought.speaker else (),
    )
    reports = select(select(dataset.reports, within), asked)
    ids = reports.group_by("incident_id").aggregate(row=reports.row.min()).order_by("row")
    total = int(dataset.fetch(ids.count().as_table())[0][0].as_py())
    names: list[str] = dataset.fetch(ids.limit(MOST_OFFERED))["incident_id"].to_pylist()
    return Found(lines(dataset, names), total)


def lines(dataset: Dataset, incidents: Sequence[str]) -> dict[str, str]:
    """Incidents of the table, each with its title, its first report's date and who speaks of it: what a list shows.

    One that the table does not have is left out.
    """
    reports = dataset.reports
    asked = reports.filter(is_one_of(reports.incident_id, list(incidents))) if incidents else reports.limit(0)
    columns = ("incident_id", "title", "date", "claimed_by")
    by_incident: dict[str, list[Row]] = {}
    for row in dataset.fetch(asked.order_by("row").select(*columns)).to_pylist():
        by_incident.setdefault(row["incident_id"], []).append(row)
    return {one: _line(by_incident[one]) for one in incidents if one in by_incident}


def _line(rows: Sequence[Row]) -> str:
    speakers = list(dict.fromkeys(filter(None, (row["claimed_by"] for row in rows))))
    more = f" and {len(speakers) - MOST_SPEAKERS} more" if len(speakers) > MOST_SPEAKERS else ""
    told = f"{', '.join(speakers[:MOST_SPEAKERS])}{more}"
    when = dates.spoken(rows[0]["date"])
    return " · ".join(filter(None, (rows[0]["title"], when, told)))
