"""Where documents differ on one incident: the engine's ranking and the fields that are shown agree."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from geopy.distance import geodesic

from geodata.count.disagreements import Difference, differences, ranked
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.store.load import load
from tests.server import ROOT


def reports_of(dataset: Dataset, incident: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = dataset.fetch(
        dataset.reports.filter(dataset.reports.incident_id == incident).order_by("row")
    ).to_pylist()
    return rows


def test_the_ranking_counts_what_the_fields_show(shipped: Dataset) -> None:
    found = ranked(shipped, Selection()).to_dict("records")
    assert len(found) > 10
    for one in found:
        told = differences(shipped, reports_of(shipped, one["incident_id"]))
        assert one["sharp"] == sum(difference.is_sharp for difference in told.values()), one
        assert one["mild"] == sum(not difference.is_sharp for difference in told.values()), one


def test_the_sharpest_come_first(shipped: Dataset) -> None:
    found = ranked(shipped, Selection()).to_dict("records")
    order = [(one["sharp"], one["mild"]) for one in found]
    assert order == sorted(order, reverse=True)
    assert order[0][0] >= 1, "the shipped documents contradict each other at least once"


def test_an_incident_of_one_document_is_no_disagreement(shipped: Dataset) -> None:
    only_one = Selection(sources=(next(iter(shipped.sources)),))
    assert len(ranked(shipped, only_one)) == 0


def test_a_medal_before_and_after_a_day_is_told_with_dates_that_exclude_each_other(shipped: Dataset) -> None:
    told = differences(shipped, reports_of(shipped, "2016-sloyan-medal"))
    assert told["date"] == Difference("date", True, "until 11 Apr 2016 and May 2016: 20 days apart")


@pytest.fixture
def edited(table_copy: Path) -> Any:
    """Loads the shipped table with cells of the Stepanakert shelling changed, one change a document."""

    def change(*cells: dict[str, str]) -> dict[str, Difference]:
        rows = list(csv.DictReader((ROOT / "events.csv").open(encoding="utf-8")))
        mine = [row for row in rows if row["incident_id"] == "2020-stepanakert-shelling"]
        assert len({row["source_id"] for row in mine}) == 2
        for row, new in zip(mine, cells, strict=False):
            row.update(new)
        with table_copy.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        dataset = load(table_copy)
        told = differences(dataset, reports_of(dataset, "2020-stepanakert-shelling"))
        ranks = {one["incident_id"]: one for one in ranked(dataset, Selection()).to_dict("records")}
        assert ranks["2020-stepanakert-shelling"]["sharp"] == sum(one.is_sharp for one in told.values())
        return told

    return change


def test_numbers_that_fit_no_common_range_are_sharp(edited: Any) -> None:
    told = edited({"deaths_low": "5", "deaths_high": "8"}, {"deaths_best": "12"})
    assert told["numbers"] == Difference("numbers", True, "at most 8 and at least 12")


def test_numbers_within_a_range_are_mild(edited: Any) -> None:
    told = edited({"deaths_low": "5", "deaths_high": "20"}, {"deaths_best": "12"})
    assert told["numbers"] == Difference("numbers", is_sharp=False)


def test_a_number_that_is_not_stated_differs_from_nothing(edited: Any) -> None:
    assert "numbers" not in edited({"deaths_best": "5"})


def test_a_denial_of_what_another_asserts_is_sharp_and_names_who_denies(edited: Any) -> None:
    told = edited({"claim_status": "denied", "claimed_by": "Ministry of Defence of Azerbaijan"})
    assert told["standing"].is_sharp
    assert "Ministry of Defence of Azerbaijan" in told["standing"].how


def test_places_farther_apart_than_their_radii_are_sharp_with_the_geodesic_distance(
    edited: Any, shipped: Dataset
) -> None:
    baku = shipped.places["baku"]
    told = edited({"place_id": "baku", "latitude": str(baku.latitude), "longitude": str(baku.longitude)})
    stepanakert = shipped.places["stepanakert"]
    apart = geodesic((baku.latitude, baku.longitude), (stepanakert.latitude, stepanakert.longitude)).km
    assert told["place"].is_sharp
    assert f"{apart:.0f} km apart" in told["place"].how


def test_a_country_and_a_town_in_it_are_not_apart(edited: Any, shipped: Dataset) -> None:
    country = shipped.places["country_az"]
    told = edited({"place_id": "country_az", "precision": "country", "latitude": str(country.latitude),
                   "longitude": str(country.longitude)})  # fmt: skip
    assert told["place"] == Difference("place", is_sharp=False)
