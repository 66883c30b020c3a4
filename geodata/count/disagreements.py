"""Where documents disagree on an incident: which fields differ, and how sharply.

Four contradictions are sharp, for both reports cannot hold as they are written: dates that exclude each other, places
farther apart than their radii, numbers of deaths that exclude each other, and a claim against its denial. Any other
difference of a field is mild: a coarser date, a wider place, another word. Agreement is neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import ibis.expr.types as ir
import numpy as np
import pandas as pd
from geopy.distance import geodesic

from geodata.model import dates
from geodata.model.records import Place
from geodata.model.row import Row, days_of, point_of
from geodata.model.selection import Selection, select
from geodata.model.text import fold
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

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

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG), for `ranked`; `differences` computes geodesics."""


@dataclass(frozen=True)
class Difference:
    """A field in which the reports of an incident differ. ``how`` states the figures; it is blank where mild."""

    field: str
    is_sharp: bool
    how: str = ""


COLUMNS_READ = (
    "incident_id", "source_id", "row", "date", "first_day", "last_day", "place_id", "latitude", "longitude",
    "radius_km", "precision", "deaths_low", "deaths_best", "deaths_high", "actor", "target", "claim_status",
    "event_type",
)  # fmt: skip


@remembered(most=16)
def ranked(dataset: Dataset, chosen: Selection) -> pd.DataFrame:
    """The incidents on which two or more documents disagree, the sharpest first.

    Columns: ``incident_id``, ``documents`` (how many report it), ``sharp`` and ``mild`` (how many fields), and ``row``
    (its first report). Ordered by ``sharp``, then ``mild``, both falling, then by ``row``. Computed for all
    incidents at once, with distances on a sphere, which are within 0.6 % of the geodesic.
    """
    reports = dataset.fetch(_of_several_documents(select(dataset.reports, chosen)).select(*COLUMNS_READ))
    frame = reports.to_pandas(date_as_object=False)
    low, best, high = (frame[f"deaths_{kind}"].astype("Float64") for kind in ("low", "best", "high"))
    frame = frame.assign(
        low=low.fillna(best).fillna(high),
        high=high.fillna(best).fillna(low),
        names=frame["actor"] + " → " + frame["target"],
        spot=frame["latitude"].round(6).astype("string") + " " + frame["longitude"].round(6).astype("string"),
        date=frame["date"].replace("", None),
        denied=frame["claim_status"] == "denied",
        held=~frame["claim_status"].isin(("denied", "")),
    )
    frame["numbers"] = frame["low"].astype("string") + "–" + frame["high"].astype("string")
    incidents = frame.groupby("incident_id", sort=False)
    sharp = pd.DataFrame(
        {
            "date": incidents["first_day"].max() > incidents["last_day"].min(),
            "place": _far_apart(frame, dataset.places),
            "numbers": incidents["low"].max() > incidents["high"].min(),
            "standing": incidents["denied"].any() & incidents["held"].any(),
        }
    ).astype("boolean")
    fields = ["date", "spot", "numbers", "names", "claim_status", "event_type"]
    differing = (incidents[fields].nunique() > 1).sum(axis=1)
    counted = pd.DataFrame(
        {
            "documents": incidents["source_id"].nunique(),
            "sharp": sharp.fillna(False).sum(axis=1).astype(int),
            "row": incidents["row"].min(),
        }
    )
    counted["mild"] = differing - counted["sharp"]
    found: pd.DataFrame = counted[counted["sharp"] + counted["mild"] > 0].reset_index()
    return found.sort_values(["sharp", "mild", "row"], ascending=[False, False, True], ignore_index=True)


def _of_several_documents(reports: ir.Table) -> ir.Table:
    """Reports of incidents that several documents tell, each for itself: the sources of one telling never differ."""
    incidents = reports.group_by("incident_id").aggregate(
        documents=reports.source_id.nunique(), tellings=reports.telling.nunique()
    )
    return reports.semi_join(incidents.filter((incidents.documents > 1) & (incidents.tellings > 1)), "incident_id")


def _far_apart(frame: pd.DataFrame, places: Mapping[str, Place]) -> pd.Series[bool]:
    """For each incident that has a place, whether two are farther apart than their radii (haversine formula)."""
    placed = frame[frame["latitude"].notna()].assign(
        country=frame["place_id"].map(lambda key: places[key].country if key in places else ""),
        is_country=frame["precision"] == "country",
        radius=frame["radius_km"].fillna(0),
    )[["incident_id", "latitude", "longitude", "radius", "country", "is_country"]]
    pairs = placed.drop_duplicates().merge(placed.drop_duplicates(), on="incident_id", suffixes=("", "_2"))
    lat, lat_2 = np.radians(pairs["latitude"]), np.radians(pairs["latitude_2"])
    across = np.radians(pairs["longitude_2"] - pairs["longitude"])
    half = np.sin((lat_2 - lat) / 2) ** 2 + np.cos(lat) * np.cos(lat_2) * np.sin(across / 2) ** 2
    apart = 2 * EARTH_KM * np.arcsin(np.sqrt(half.clip(upper=1)))
    coarser = (pairs["is_country"] != pairs["is_country_2"]) & (pairs["country"] == pairs["country_2"])
    far = (apart > pairs["radius"] + pairs["radius_2"]) & ~coarser & (apart > 0)
    by_incident: pd.Series[bool] = far.groupby(pairs["incident_id"]).any()
    return by_incident


def differences(dataset: Dataset, reports: Sequence[Row]) -> dict[str, Difference]:
    """The fields in which rows of one incident differ, by field.

    ``reports`` are rows with the columns of `Report` and those derived at loading. A blank differs from
    no value.
    """
    found = (_date, partial(_place, dataset.places), _numbers, _names, _standing, _words)
    return {one.field: one for rule in found if (one := rule(reports))}


def _date(reports: Sequence[Row]) -> Difference | None:
    dated = [(*span, row["date"]) for row in reports if (span := days_of(row))]
    if len({date for *_, date in dated}) < 2:
        return None
    latest_start, _, late = max(dated, key=lambda one: one[0])
    _, earliest_end, early = min(dated, key=lambda one: one[1])
    days = (latest_start - earliest_end).days
    if days <= 0:
        return Difference("date", is_sharp=False)
    apart = f"{days} day{'' if days == 1 else 's'}"
    return Difference("date", True, f"{dates.spoken(early)} and {dates.spoken(late)}: {apart} apart")


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


def _place(places: Mapping[str, Place], reports: Sequence[Row]) -> Difference | None:
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


def _numbers(reports: Sequence[Row]) -> Difference | None:
    ranges = set()
    for row in reports:
        stated = (row["deaths_low"], row["deaths_best"], row["deaths_high"])
        if numbers := [number for number in stated if number is not None]:
            ranges.add((numbers[0], numbers[-1]))
    if len(ranges) < 2:
        return None
    low, high = max(first for first, _ in ranges), min(last for _, last in ranges)
    if low <= high:
        return Difference("numbers", is_sharp=False)
    return Difference("numbers", True, f"at most {high} and at least {low}")


def _names(reports: Sequence[Row]) -> Difference | None:
    named = {(row["actor"], row["target"]) for row in reports}
    return Difference("names", is_sharp=False) if len(named) > 1 else None


def _standing(reports: Sequence[Row]) -> Difference | None:
    statuses = {row["claim_status"] for row in reports}
    if len(statuses) < 2:
        return None
    if "denied" not in statuses or not statuses - {"denied", ""}:
        return Difference("standing", is_sharp=False)
    deniers = sorted({row["claimed_by"] for row in reports if row["claim_status"] == "denied"})
    return Difference("standing", True, f"denied by {', '.join(deniers)}")


def _words(reports: Sequence[Row]) -> Difference | None:
    kinds = {fold(row["event_type"]) for row in reports}
    return Difference("words", is_sharp=False) if len(kinds) > 1 else None
