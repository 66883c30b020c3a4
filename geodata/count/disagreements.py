"""The incidents of a selection that several documents tell, ranked by how they differ; all at once, by column.

A selection chooses incidents; each is judged by all that is told of it, as its card is. A window would otherwise leave
out the very date in which one telling differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa

from geodata.count import asked, counting
from geodata.count.part import TooManyError
from geodata.count.stands import FIELDS, PARTS, Stand, compared_fields
from geodata.model.records import Place
from geodata.model.row import Row
from geodata.model.selection import Selection
from geodata.model.text import fold
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG), for `_ranked`; `stands.stands` has geodesics."""

MOST_COMPARED = 300_000
"""Reports of a large table that are compared at once."""

COLUMNS_READ = (
    "incident_id", "source_id", "telling", "row", "date", "time", "first_day", "last_day", "place_id", "place_label",
    "latitude", "longitude", "radius_km", "precision", "deaths_low", "deaths_best", "deaths_high", "actor", "target",
    "claim_status", "claimed_by", "event_type", "title",
)  # fmt: skip


@remembered(most=16)
def ranked(dataset: Dataset, chosen: Selection) -> pd.DataFrame:
    """The incidents of the selection's reports that two or more documents tell, those that differ most sharply first.

    Columns: ``incident_id``, ``documents`` (how many tell it), ``sharp``, ``mild``, ``one-sided`` and ``agreed`` (how
    many fields stand so), and ``row`` (its first report). Ordered by the first three of these, falling, then by
    ``row``. All reports of an incident count, whether the selection has them or not. Raises `part.TooManyError`.
    """
    if dataset.is_large:
        return _ranked(dataset, chosen)
    found, shown = _ranked(dataset, Selection()), counting.incidents(dataset, chosen)
    return found[found["row"].isin(shown.to_numpy())].reset_index(drop=True)


@remembered(most=16)
def told(dataset: Dataset, rows: tuple[int, ...]) -> Mapping[str, list[Row]]:
    """All reports of the incidents to which the reports ``rows`` belong, by incident, each in the order of ``row``.

    They have `COLUMNS_READ`, which `stands` reads.
    """
    by_incident: dict[str, list[Row]] = defaultdict(list)
    if dataset.is_large:
        reports = dataset.answer(_with, rows=rows)
    else:  # which rows they are is known here: the engine takes twice as long to find them by their incidents
        reports = dataset.answer(_numbered, rows=counting.of_same_incidents(dataset, rows))
    for report in reports.to_pylist():
        by_incident[report["incident_id"]].append(report)
    return dict(by_incident)


def _with(dataset: Dataset, *, rows: Any) -> ir.Table:
    return dataset.reports.semi_join(dataset.numbered(rows), "incident_id").select(*COLUMNS_READ).order_by("row")


def _numbered(dataset: Dataset, *, rows: Any) -> ir.Table:
    return dataset.numbered(rows).select(*COLUMNS_READ).order_by("row")


@remembered(most=4)
def _ranked(dataset: Dataset, chosen: Selection) -> pd.DataFrame:
    """As `ranked`, with distances on a sphere, which are within 0.6 % of the geodesic."""
    frame = _compared(dataset, chosen).to_pandas(date_as_object=False)
    low, best, high = (frame[f"deaths_{kind}"].astype("Float64") for kind in ("low", "best", "high"))
    frame = frame.assign(
        low=low.fillna(best).fillna(high),
        high=high.fillna(best).fillna(low),
        denied=frame["claim_status"] == "denied",
        held=~frame["claim_status"].isin(("denied", "")),
        teller=_tellers_of(frame),
    )
    incidents = frame.groupby("incident_id", sort=False)
    none = pd.Series(False, index=incidents.size().index)
    sharp = {
        "date": incidents["first_day"].max() > incidents["last_day"].min(),
        "place": _far_apart(frame, dataset.places),
        "numbers": incidents["low"].max() > incidents["high"].min(),
        "standing": incidents["denied"].any() & incidents["held"].any(),
    }
    said = _said_at_once(frame)
    is_sharp = {field: (sharp[field].astype("boolean") | none).fillna(False) if field in sharp else none
                for field in FIELDS}  # fmt: skip
    counted = pd.DataFrame({"documents": incidents["source_id"].nunique(), "row": incidents["row"].min()})
    counted[[*Stand]] = 0
    for field in compared_fields(dataset):
        told, differs, is_partly = (pd.concat(ways, axis=1).any(axis=1) for ways in zip(
            *(_ways(said[part], frame) for part in PARTS[field]), strict=True))  # fmt: skip
        counted[Stand.SHARP] += is_sharp[field].astype(int)
        counted[Stand.MILD] += (differs & ~is_sharp[field]).astype(int)
        counted[Stand.ONE_SIDED] += (is_partly & ~differs).astype(int)
        counted[Stand.AGREED] += (told & ~is_partly & ~differs).astype(int)
    gravest: list[str] = [Stand.SHARP, Stand.MILD, Stand.ONE_SIDED]
    return counted.reset_index().sort_values(
        [*gravest, "row"], ascending=[False, False, False, True], ignore_index=True
    )


def _tellers_of(frame: pd.DataFrame) -> pd.Series[str]:
    """Who tells each report: its source, or all sources of its telling where a row of a table names several."""
    shares = frame["telling"].duplicated(keep=False)
    joined = frame[shares].groupby("telling")["source_id"].transform("\n".join)
    return frame["source_id"].where(~shares, joined)


def _said_at_once(frame: pd.DataFrame) -> pd.DataFrame:
    """What `stands` reads of one report, for each row of ``frame``."""
    spot = frame["latitude"].round(6).astype("string") + " " + frame["longitude"].round(6).astype("string")
    numbers = frame["low"].astype("string") + "–" + frame["high"].astype("string")
    date = frame["date"].where(frame["date"] == "", frame["date"] + " " + frame["time"])
    said = {
        "date": date,
        "place": spot.fillna(_folded(frame["place_label"])),
        "numbers": numbers,
        "actor": frame["actor"],
        "target": frame["target"],
        "claim_status": frame["claim_status"],
        "event_type": _folded(frame["event_type"]),
        "title": _folded(frame["title"]),
    }
    return pd.DataFrame({part: values.replace("", None) for part, values in said.items()})


def _folded(texts: pd.Series[str]) -> pd.Series[str]:
    return texts.map({text: fold(text) for text in texts.unique()})


def _ways(said: pd.Series[str], frame: pd.DataFrame) -> tuple[pd.Series[bool], pd.Series[bool], pd.Series[bool]]:
    """For each incident of ``frame``, of a part of a field: whether any tells it, two differ, one is silent."""
    incident, is_said = frame["incident_id"], said.notna()
    everyone = frame["teller"].groupby(incident, sort=False).nunique()
    speaking = frame["teller"][is_said].groupby(incident[is_said]).nunique().reindex(everyone.index, fill_value=0)
    return speaking > 0, said.groupby(incident, sort=False).nunique() > 1, (speaking > 0) & (speaking < everyone)


def _compared(dataset: Dataset, chosen: Selection) -> pa.Table:
    """The reports that are compared, columns `COLUMNS_READ`, ordered by ``row``. Raises `part.TooManyError`."""
    asked_for = of_several_documents(dataset.reports, chosen).select(*COLUMNS_READ)
    if not dataset.is_large:
        return dataset.fetch(asked_for.order_by("row"))
    found = dataset.fetch(asked_for.limit(MOST_COMPARED + 1))
    if len(found) > MOST_COMPARED:
        raise TooManyError(
            f"up to {MOST_COMPARED:,} reports of incidents that several tell are compared at once, and the filters "
            "leave more"
        )
    return found.sort_by("row")


def of_several_documents(reports: ir.Table, chosen: Selection) -> ir.Table:
    """All reports of the selection's incidents that several documents tell, each for itself.

    The sources of one telling never differ.
    """
    told = asked.of_incidents(reports, chosen)
    # The least and the greatest differ where there are several: to count them would take several times as long.
    ends = {f"{end}_{name}": getattr(told[name], end)() for name in ("source_id", "telling") for end in ("min", "max")}
    each = told.group_by("incident_id").aggregate(**ends)
    several = each.filter(each.min_source_id != each.max_source_id, each.min_telling != each.max_telling)
    return reports.semi_join(several, "incident_id")


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
