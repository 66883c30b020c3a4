"""Where documents tell one incident differently: which fields differ, and how sharply.

Four contradictions are sharp, for both tellings cannot hold as they stand: dates that exclude each other, places
farther apart than their radii, numbers of deaths that exclude each other, and a claim against its denial. Any other
difference of a field is mild: a coarser date, a wider place, another word. Agreement is neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from geopy.distance import geodesic

from geodata import dates
from geodata.dataset import Dataset
from geodata.schema import Place, fold
from geodata.selection import Selection, select

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
"""What is compared, in the order it is shown."""

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG), for the first search; the distances shown are geodesics."""


@dataclass(frozen=True)
class Difference:
    """One field in which the reports of an incident differ. ``how`` says in figures how; it is blank where mild."""

    field: str
    is_sharp: bool
    how: str = ""


def ranked(dataset: Dataset, chosen: Selection) -> pa.Table:
    """The incidents that two or more documents tell differently, the sharpest first.

    Columns: ``incident_id``, ``documents`` (how many tell it), ``sharp`` and ``mild`` (how many fields), and ``row``
    (its first report). Ordered by ``sharp``, then ``mild``, both falling, then by ``row``. One question to the engine;
    distances in it are on a sphere, which is within 0.6 % of the geodesic.
    """
    told = _told_twice(select(dataset.reports, chosen))
    low = ibis.coalesce(told.deaths_low, told.deaths_best, told.deaths_high)
    high = ibis.coalesce(told.deaths_high, told.deaths_best, told.deaths_low)
    told = told.mutate(
        low=low,
        high=high,
        names=told.actor + " → " + told.target,
        spot=told.latitude.cast("string") + " " + told.longitude.cast("string"),
        numbers=low.cast("string") + "–" + high.cast("string"),
    )
    denied, held = told.claim_status == "denied", ~told.claim_status.isin(("denied", ""))
    by_incident = told.group_by("incident_id").aggregate(
        documents=told.source_id.nunique(),
        row=told.row.min(),
        date_sharp=told.first_day.max() > told.last_day.min(),
        numbers_sharp=told.low.max() > told.high.min(),
        standing_sharp=denied.any() & held.any(),
        date_differs=told.date.nullif("").nunique() > 1,
        place_differs=told.spot.nunique() > 1,
        numbers_differ=told.numbers.nunique() > 1,
        names_differ=told.names.nunique() > 1,
        standing_differs=told.claim_status.nunique() > 1,
        words_differ=told.event_type.nunique() > 1,
    )
    far = _far_apart(told, dataset.places)
    joined = by_incident.left_join(far, by_incident.incident_id == far.incident_id).drop("incident_id_right")
    sharp = _how_many(joined, "date_sharp", "place_sharp", "numbers_sharp", "standing_sharp")
    differing = _how_many(
        joined, "date_differs", "place_differs", "numbers_differ", "names_differ", "standing_differs", "words_differ"
    )
    counted = joined.mutate(sharp=sharp, mild=differing - sharp)
    found = counted.filter(differing > 0).select("incident_id", "documents", "sharp", "mild", "row")
    return dataset.fetch(found.order_by(ibis.desc("sharp"), ibis.desc("mild"), "row"))


def _how_many(table: ir.Table, *columns: str) -> ir.IntegerValue:
    true: ir.IntegerValue = sum((table[column].fill_null(False).cast("int32") for column in columns), ibis.literal(0))
    return true


def _told_twice(shown: ir.Table) -> ir.Table:
    told = shown.group_by("incident_id").aggregate(documents=shown.source_id.nunique())
    return shown.semi_join(told.filter(told.documents > 1), "incident_id")


def _far_apart(told: ir.Table, places: Mapping[str, Place]) -> ir.Table:
    """For each incident whether two of its places are farther apart than their radii (haversine formula)."""
    codes = [(place_id, place.country) for place_id, place in places.items()]
    placed = told.filter(told.latitude.notnull()).mutate(
        country=told.place_id.cases(*codes, else_="") if codes else ibis.literal(""),
        is_country=told.precision == "country",
    )
    placed = placed.select("incident_id", "latitude", "longitude", "radius_km", "country", "is_country").distinct()
    other = placed.view()
    pairs = placed.inner_join(other, placed.incident_id == other.incident_id)
    lat, lon = pairs.latitude.radians(), pairs.longitude.radians()
    lat2, lon2 = pairs.latitude_right.radians(), pairs.longitude_right.radians()
    half = ((lat2 - lat) / 2).sin() ** 2 + lat.cos() * lat2.cos() * ((lon2 - lon) / 2).sin() ** 2
    apart = 2 * EARTH_KM * ibis.least(half, 1.0).sqrt().asin()
    gap = apart - pairs.radius_km.fill_null(0) - pairs.radius_km_right.fill_null(0)
    coarser = (pairs.is_country != pairs.is_country_right) & (pairs.country == pairs.country_right)
    return pairs.group_by("incident_id").aggregate(place_sharp=((gap > 0) & ~coarser).any())


def differences(dataset: Dataset, reports: Sequence[Mapping[str, Any]]) -> dict[str, Difference]:
    """The fields in which rows of one incident differ, by field.

    ``reports`` are rows with the columns of `Report` and those derived at loading. What is not stated differs from
    nothing.
    """
    found = (_date, partial(_place, dataset.places), _numbers, _names, _standing, _words)
    return {one.field: one for rule in found if (one := rule(reports))}


def _date(reports: Sequence[Mapping[str, Any]]) -> Difference | None:
    dated = [row for row in reports if row["date"]]
    if len({row["date"] for row in dated}) < 2:
        return None
    late = max(dated, key=lambda row: row["first_day"])
    early = min(dated, key=lambda row: row["last_day"])
    days = (late["first_day"] - early["last_day"]).days
    if days <= 0:
        return Difference("date", is_sharp=False)
    apart = f"{days} day{'' if days == 1 else 's'}"
    return Difference("date", True, f"{dates.spoken(early['date'])} and {dates.spoken(late['date'])}: {apart} apart")


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


def _place(places: Mapping[str, Place], reports: Sequence[Mapping[str, Any]]) -> Difference | None:
    spots = {
        _Spot(
            (row["latitude"], row["longitude"]),
            row["place_label"],
            row["radius_km"] or 0,
            places[row["place_id"]].country if row["place_id"] in places else "",
            row["precision"] == "country",
        )
        for row in reports
        if row["latitude"] is not None
    }
    if len({spot.point for spot in spots}) < 2:
        return None
    pairs = [
        (geodesic(spot.point, other.point).km, spot, other)
        for spot, other in combinations(sorted(spots, key=lambda spot: spot.name), 2)
        if not spot.holds(other) and not other.holds(spot)
    ]
    far = [(apart, spot, other) for apart, spot, other in pairs if apart > spot.radius + other.radius]
    if not far:
        return Difference("place", is_sharp=False)
    apart, spot, other = max(far, key=lambda pair: pair[0] - pair[1].radius - pair[2].radius)
    radii = spot.radius + other.radius
    return Difference("place", True, f"{spot.name} and {other.name}: {apart:.0f} km apart, their radii {radii:.0f} km")


def _numbers(reports: Sequence[Mapping[str, Any]]) -> Difference | None:
    ranges = set()
    for row in reports:
        stated = [row[f"deaths_{kind}"] for kind in ("low", "best", "high")]
        if numbers := [number for number in stated if number is not None]:
            ranges.add((numbers[0], numbers[-1]))
    if len(ranges) < 2:
        return None
    low, high = max(first for first, _ in ranges), min(last for _, last in ranges)
    if low <= high:
        return Difference("numbers", is_sharp=False)
    return Difference("numbers", True, f"at most {high} and at least {low}")


def _names(reports: Sequence[Mapping[str, Any]]) -> Difference | None:
    named = {(row["actor"], row["target"]) for row in reports}
    return Difference("names", is_sharp=False) if len(named) > 1 else None


def _standing(reports: Sequence[Mapping[str, Any]]) -> Difference | None:
    statuses = {row["claim_status"] for row in reports}
    if len(statuses) < 2:
        return None
    if "denied" not in statuses or not statuses - {"denied", ""}:
        return Difference("standing", is_sharp=False)
    deniers = sorted({row["claimed_by"] for row in reports if row["claim_status"] == "denied"})
    return Difference("standing", True, f"denied by {', '.join(deniers)}")


def _words(reports: Sequence[Mapping[str, Any]]) -> Difference | None:
    kinds = {fold(row["event_type"]) for row in reports}
    return Difference("words", is_sharp=False) if len(kinds) > 1 else None
