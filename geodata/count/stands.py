"""How what documents tell of one incident stands, field by field: sharp, mild, one-sided or agreed.

Four contradictions are sharp, for both reports cannot hold as they are written: dates that exclude each other, places
farther apart than their radii, numbers of deaths that exclude each other, and a claim against its denial. Any other
difference of a field is mild: a coarser date, a wider place, another word. Where one is silent and another speaks,
the field is one-sided, which is no disagreement. It is agreed where all speak and say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from geodata.model import dates, earth
from geodata.model.records import Place
from geodata.model.row import Row, days_of, point_of
from geodata.model.text import fold
from geodata.model.vocabulary import DEATHS
from geodata.store.dataset import Dataset


class Stand(StrEnum):
    """How the tellings of a field stand to each other, the gravest first."""

    SHARP = "sharp"
    MILD = "mild"
    ONE_SIDED = "one-sided"
    AGREED = "agreed"


HOW: Mapping[str, str] = {
    "date": "dates exclude each other: no day is possible for both (from the EDTF spans)",
    "place": "places lie farther apart than their two radii together (geodesic distance, WGS 84); a country and "
    "a place in it are not apart",
    "numbers": "stated deaths exclude each other: no number fits both ranges",
    "standing": "one report asserts or attributes what another denies",
}
"""The sharp contradictions and how each is found."""

FIELDS: Mapping[str, str] = {
    "date": "Date",
    "place": "Place",
    "numbers": "Deaths stated",
    "names": "Actor and target",
    "standing": "Standing",
    "words": "Words for the event",
}
"""The fields that are compared, in the order of the page."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "date": ("date",), "place": ("place", "latitude"), "numbers": DEATHS, "names": ("actor", "target"),
    "standing": ("claim_status",), "words": ("event_type", "title"),
}  # fmt: skip
"""The columns that each field is read from."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "date": ("date",), "place": ("place",), "numbers": ("numbers",), "names": ("actor", "target"),
    "standing": ("claim_status",), "words": ("event_type", "title"),
}  # fmt: skip
"""What of a field one telling may hold and another not: each is compared with its like."""

Teller = tuple[str, ...]
"""Who tells: the ``source_id`` of a document, or those of all sources of one telling."""


@dataclass(frozen=True)
class Found:
    """How a field stands. ``how`` states the figures where it is sharp.

    ``only`` has, of a one-sided field, who alone tells each part that others do not; the part is blank where they
    alone tell the field at all.
    """

    stand: Stand
    how: str = ""
    only: tuple[tuple[str, tuple[Teller, ...]], ...] = ()


def compared_fields(dataset: Dataset) -> list[str]:
    """The keys of `FIELDS` that a table has something for."""
    return [field for field in FIELDS if not dataset.lacks(*COLUMNS[field])]


def tellers(reports: Sequence[Row]) -> dict[Teller, list[Row]]:
    """The reports by who tells them, in the order of their first: the sources of one telling are one teller."""
    sources: dict[int, list[str]] = {}
    for row in reports:
        sources.setdefault(row["telling"], []).append(row["source_id"])
    found: dict[Teller, list[Row]] = {}
    for row in reports:
        found.setdefault(tuple(sources[row["telling"]]), []).append(row)
    return found


def stands(dataset: Dataset, reports: Sequence[Row]) -> dict[str, Found]:
    """How each field of one incident stands, by the keys of `FIELDS`; a field that nobody tells is left out.

    ``reports`` are rows with the columns of `Report` and those derived at loading.
    """
    said = {teller: [_said(row) for row in rows] for teller, rows in tellers(reports).items()}
    found = {field: _stand(field, said, dataset, reports) for field in compared_fields(dataset)}
    return {field: one for field, one in found.items() if one}


def _stand(
    field: str, said: Mapping[Teller, Sequence[Mapping[str, Hashable]]], dataset: Dataset, reports: Sequence[Row]
) -> Found | None:
    if field in SHARP and (how := SHARP[field](dataset.places, reports)):
        return Found(Stand.SHARP, how)
    by_part = {
        part: {teller: values for teller, each in said.items() if (values := {one[part] for one in each} - {None})}
        for part in PARTS[field]
    }
    if any(len(set[Hashable]().union(*by_teller.values())) > 1 for by_teller in by_part.values()):
        return Found(Stand.MILD)
    told = {part: tuple(by_teller) for part, by_teller in by_part.items() if by_teller}
    only = tuple((part, by) for part, by in told.items() if len(by) < len(said))
    if not only:
        return Found(Stand.AGREED) if told else None
    return Found(Stand.ONE_SIDED, only=(("", only[0][1]),) if len(set(told.values())) == 1 else only)


def _said(row: Row) -> dict[str, Hashable]:
    """What a report says of each part of a field; ``None`` where it is silent."""
    point = point_of(row)
    return {
        "date": (row["date"], row["time"]) if row["date"] else None,
        "place": tuple(round(degrees, 6) for degrees in point) if point else fold(row["place_label"]) or None,
        "numbers": _range(row),
        "actor": row["actor"] or None,
        "target": row["target"] or None,
        "claim_status": row["claim_status"] or None,
        "event_type": fold(row["event_type"]) or None,
        "title": fold(row["title"]) or None,
    }


def _range(row: Row) -> tuple[int, int] | None:
    """The least and the most deaths that a report states."""
    stated = (row["deaths_low"], row["deaths_best"], row["deaths_high"])
    numbers = [number for number in stated if number is not None]
    return (numbers[0], numbers[-1]) if numbers else None


def _dates_apart(_: Mapping[str, Place], reports: Sequence[Row]) -> str:
    dated = [(*span, row["date"]) for row in reports if (span := days_of(row))]
    if not dated:
        return ""
    latest_start, _last, late = max(dated, key=lambda one: one[0])
    _first, earliest_end, early = min(dated, key=lambda one: one[1])
    days = (latest_start - earliest_end).days
    apart = f"{days} day{'' if days == 1 else 's'}"
    return f"{dates.spoken(early)} and {dates.spoken(late)}: {apart} apart" if days > 0 else ""


@dataclass(frozen=True)
class _Spot:
    """Where a report places its incident: degrees, kilometres."""

    point: tuple[float, float]
    name: str
    radius: float
    country: str
    is_country: bool

    def holds(self, other: _Spot) -> bool:
        return self.is_country and not other.is_country and self.country == other.country


def _places_apart(places: Mapping[str, Place], reports: Sequence[Row]) -> str:
    spots = {
        _Spot(
            point,
            row["place_label"],
            row["radius_km"] or 0,
            places[row["place_id"]].country if row["place_id"] in places else "",
            row["precision"] == "country",
        )
        for row in reports
        if (point := point_of(row))
    }
    pairs = [
        (earth.kilometres(spot.point, other.point), spot, other)
        for spot, other in combinations(sorted(spots, key=lambda spot: spot.name), 2)
        if not spot.holds(other) and not other.holds(spot)
    ]
    far = [(apart, spot, other) for apart, spot, other in pairs if apart > spot.radius + other.radius]
    if not far:
        return ""
    apart, spot, other = max(far, key=lambda pair: pair[0] - pair[1].radius - pair[2].radius)
    radii = spot.radius + other.radius
    names = f"{spot.name} and {other.name}: " if spot.name and other.name else ""
    return f"{names}{apart:.0f} km apart, their radii {radii:.0f} km"


def _numbers_apart(_: Mapping[str, Place], reports: Sequence[Row]) -> str:
    ranges = [found for row in reports if (found := _range(row))]
    if not ranges:
        return ""
    low, high = max(first for first, _ in ranges), min(last for _, last in ranges)
    return f"at most {high} and at least {low}" if low > high else ""


def _denied(_: Mapping[str, Place], reports: Sequence[Row]) -> str:
    statuses = {row["claim_status"] for row in reports}
    if "denied" not in statuses or not statuses - {"denied", ""}:
        return ""
    deniers = sorted({row["claimed_by"] for row in reports if row["claim_status"] == "denied"})
    return f"denied by {', '.join(deniers)}"


SHARP: Mapping[str, Callable[[Mapping[str, Place], Sequence[Row]], str]] = {
    "date": _dates_apart, "place": _places_apart, "numbers": _numbers_apart, "standing": _denied,
}  # fmt: skip
"""What finds each of `HOW`: the figures in words, blank where both can hold."""
