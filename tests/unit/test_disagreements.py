"""Where documents differ on one incident: the engine's ranking and the fields that are shown agree."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from geopy.distance import geodesic

from geodata.count.disagreements import ranked, told
from geodata.count.stands import FIELDS, Found, Stand, stands
from geodata.model.selection import Selection, select
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table
from geodata.store.load import load
from tests.server import ROOT
from tests.unit.importing import written


def reports_of(dataset: Dataset, incident: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = dataset.fetch(
        dataset.reports.filter(dataset.reports.incident_id == incident).order_by("row")
    ).to_pylist()
    return rows


def test_the_ranking_counts_what_the_fields_show(shipped: Dataset) -> None:
    found = ranked(shipped, Selection()).to_dict("records")
    assert len(found) > 10
    for one in found:
        told = stands(shipped, reports_of(shipped, one["incident_id"]))
        for stand in Stand:
            assert one[stand] == sum(each.stand is stand for each in told.values()), (one, stand)


def test_the_list_judges_the_reports_that_the_card_has(shipped: Dataset) -> None:
    found = ranked(shipped, Selection())
    listed = told(shipped, tuple(found["row"]))
    assert list(listed) and set(listed) == set(found["incident_id"])
    for incident, reports in listed.items():
        assert stands(shipped, reports) == stands(shipped, reports_of(shipped, incident))


def test_the_sharpest_come_first(shipped: Dataset) -> None:
    found = ranked(shipped, Selection()).to_dict("records")
    order = [(one["sharp"], one["mild"], one["one-sided"]) for one in found]
    assert order == sorted(order, reverse=True)
    assert order[0][0] >= 1, "the shipped documents contradict each other at least once"


def test_an_incident_of_one_document_is_no_disagreement(shipped: Dataset) -> None:
    ids = [row["incident_id"] for row in written_rows()]
    told_once = {one for one in ids if ids.count(one) == 1}
    assert told_once
    assert not told_once & {*ranked(shipped, Selection())["incident_id"]}


def test_a_filter_chooses_incidents_and_leaves_none_of_their_tellings_out(shipped: Dataset) -> None:
    whole = ranked(shipped, Selection())
    for chosen in (
        Selection(sources=(next(iter(shipped.sources)),)),
        Selection(sides=("armenian",)),
        Selection(first=date(2020, 10, 1), last=date(2020, 10, 7)),
    ):
        kept = shipped.fetch(select(shipped.reports, chosen).select("incident_id"))["incident_id"].to_pylist()
        found = ranked(shipped, chosen)
        assert 0 < len(found) < len(whole)
        assert found.to_dict("records") == whole[whole["incident_id"].isin(kept)].to_dict("records")


def test_a_medal_before_and_after_a_day_is_told_with_dates_that_exclude_each_other(shipped: Dataset) -> None:
    told = stands(shipped, reports_of(shipped, "2016-sloyan-medal"))
    assert told["date"] == Found(Stand.SHARP, "until 11 Apr 2016 and May 2016: 20 days apart")


def test_words_differ_where_the_title_does(shipped: Dataset) -> None:
    told = stands(shipped, reports_of(shipped, "2016-sloyan-medal"))
    assert told["words"] == Found(Stand.MILD), "one tells of a soldier, the other of an officer"
    told = stands(shipped, reports_of(shipped, "1991-nagorno-karabakh-first-war"))
    assert told["words"] == Found(Stand.AGREED)


STEPANAKERT = "2020-stepanakert-shelling"


def written_rows() -> list[dict[str, str]]:
    return list(csv.DictReader((ROOT / "events.csv").open(encoding="utf-8")))


def documents() -> list[str]:
    """The two that tell of the shelling, in the order of the file, in which `edited` takes their cells."""
    return [row["source_id"] for row in written_rows() if row["incident_id"] == STEPANAKERT]


@pytest.fixture
def edited(table_copy: Path) -> Any:
    """Loads the shipped table with cells of the Stepanakert shelling changed, one change a document.

    The documents' reports are alike in every field but for the changes.
    """

    def change(*cells: dict[str, str]) -> dict[str, Found]:
        rows = written_rows()
        mine = [row for row in rows if row["incident_id"] == STEPANAKERT]
        assert len({row["source_id"] for row in mine}) == len(mine) == 2
        alike = mine[0] | {"deaths_low": "", "deaths_best": "", "deaths_high": ""}
        for row, new in zip(mine, (*cells, *({} for _ in mine[len(cells) :])), strict=True):
            own = {name: row[name] for name in ("source_id", "paragraphs", "claimed_by", "claimant_side")}
            row.update(alike | own | new)
        with table_copy.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        dataset = load(table_copy)
        told = stands(dataset, reports_of(dataset, STEPANAKERT))
        ranks = {one["incident_id"]: one for one in ranked(dataset, Selection()).to_dict("records")}
        for stand in Stand:
            assert ranks[STEPANAKERT][stand] == sum(one.stand is stand for one in told.values())
        return told

    return change


def only(source: str, part: str = "") -> Found:
    return Found(Stand.ONE_SIDED, only=((part, ((source,),)),))


def test_reports_that_say_the_same_agree_in_all_that_they_tell(edited: Any) -> None:
    told = edited()
    assert told.keys() == FIELDS.keys() - {"numbers"}, "neither states deaths: silence is no agreement"
    assert {one.stand for one in told.values()} == {Stand.AGREED}


def test_numbers_that_fit_no_common_range_are_sharp(edited: Any) -> None:
    told = edited({"deaths_low": "5", "deaths_high": "8"}, {"deaths_best": "12"})
    assert told["numbers"] == Found(Stand.SHARP, "at most 8 and at least 12")


def test_numbers_within_a_range_are_mild(edited: Any) -> None:
    told = edited({"deaths_low": "5", "deaths_high": "20"}, {"deaths_best": "12"})
    assert told["numbers"] == Found(Stand.MILD)


@pytest.mark.parametrize(
    ("field", "spoken", "silent"),
    [
        ("date", {}, {"date": "", "date_basis": ""}),
        ("place", {}, {"place": "", "place_id": "", "place_role": "", "latitude": "", "longitude": "",
                       "precision": ""}),
        ("numbers", {"deaths_best": "0"}, {}),
        ("names", {}, {"actor": "", "target": ""}),
    ],
)  # fmt: skip
def test_what_one_alone_tells_is_one_sided_and_says_who(
    edited: Any, field: str, spoken: dict[str, str], silent: dict[str, str]
) -> None:
    first, second = documents()
    for cells, who in (((spoken, silent), first), ((silent, spoken), second)):
        told = edited(*cells)
        assert told[field] == only(who)
        assert {one.stand for name, one in told.items() if name != field} == {Stand.AGREED}


def test_a_target_that_one_alone_names_is_one_sided_and_another_actor_is_mild(edited: Any) -> None:
    first, _ = documents()
    assert edited({"actor": "A", "target": "B"}, {"actor": "A", "target": ""})["names"] == only(first, "target")
    assert edited({"actor": "A", "target": "B"}, {"actor": "C", "target": ""})["names"] == Found(Stand.MILD)


def test_another_place_without_coordinates_is_another_place(edited: Any) -> None:
    unplaced = {"place_id": "", "latitude": "", "longitude": "", "place": "a village", "precision": ""}
    assert edited({}, unplaced)["place"] == Found(Stand.MILD)


def test_a_denial_of_what_another_asserts_is_sharp_and_names_who_denies(edited: Any) -> None:
    told = edited({"claim_status": "denied", "claimed_by": "Ministry of Defence of Azerbaijan"})
    assert told["standing"].stand is Stand.SHARP
    assert "Ministry of Defence of Azerbaijan" in told["standing"].how


def test_places_farther_apart_than_their_radii_are_sharp_with_the_geodesic_distance(
    edited: Any, shipped: Dataset
) -> None:
    baku = shipped.places["baku"]
    told = edited({}, {"place_id": "baku", "latitude": str(baku.latitude), "longitude": str(baku.longitude)})
    stepanakert = shipped.places["stepanakert"]
    apart = geodesic((baku.latitude, baku.longitude), (stepanakert.latitude, stepanakert.longitude)).km
    assert told["place"].stand is Stand.SHARP
    assert f"{apart:.0f} km apart" in told["place"].how


def test_places_without_a_name_are_so_far_apart_and_nothing_stands_for_the_name(tmp_path: Path) -> None:
    rows = ("a,2020-10-04,39.8,46.7,Wire A,A fire", "a,2020-10-04,40.4,49.9,Wire B,A fire")
    table = open_table(written(tmp_path, "\n".join(("id,date,latitude,longitude,source,title", *rows))))
    [reports] = told(table, (0,)).values()
    apart = geodesic((39.8, 46.7), (40.4, 49.9)).km
    assert stands(table, reports)["place"].how == f"{apart:.0f} km apart, their radii 0 km"


def test_a_country_and_a_town_in_it_are_not_apart(edited: Any, shipped: Dataset) -> None:
    country = shipped.places["country_az"]
    told = edited({}, {"place_id": "country_az", "precision": "country", "latitude": str(country.latitude),
                       "longitude": str(country.longitude)})  # fmt: skip
    assert told["place"] == Found(Stand.MILD)
