"""What a map opens on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from geodata.store.dataset import Dataset
from geodata.timemap import extents, marks
from tests.others import table


def opened(tmp_path: Path, *points: tuple[float, float]) -> Dataset:
    return table(tmp_path / "points.csv", *({"lat": lat, "lon": lon} for lat, lon in points))


def test_one_event_is_seen_from_as_far_as_a_district(tmp_path: Path) -> None:
    west, south, east, north = extents.framed(opened(tmp_path, (16.8, 96.1)))
    assert (east - west, north - south) == pytest.approx((extents.LEAST, extents.LEAST))
    assert ((west + east) / 2, (south + north) / 2) == pytest.approx((96.1, 16.8))


def test_reports_round_the_antimeridian_are_framed_across_it(tmp_path: Path) -> None:
    fiji_and_samoa = opened(tmp_path, (-18.1, 178.4), (-13.8, -171.8), (-17.5, -178.6))
    assert extents.framed(fiji_and_samoa) == pytest.approx((178.4, -18.1, 188.2, -13.8))


def test_reports_on_both_sides_of_the_world_are_not_framed_across_the_antimeridian(tmp_path: Path) -> None:
    assert extents.framed(opened(tmp_path, (40, -100), (30, 110))) == pytest.approx((-100, 30, 110, 40))


def test_what_lies_at_a_pole_does_not_widen_the_map(tmp_path: Path) -> None:
    assert extents.framed(opened(tmp_path, (90, 0), (40, 45), (41, 47))) == pytest.approx((45, 40, 47, 41))


def test_what_a_map_opens_on_is_kept_and_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = opened(tmp_path, (-18.1, 178.4), (-13.8, -171.8), (-17.5, -178.6))
    found = extents.framed(dataset)
    again = replace(dataset, kept=dict([extents.base(dataset)]))
    monkeypatch.setattr(Dataset, "fetch", None)
    assert extents.framed(again) == found


def test_an_area_has_its_most_frequent_name(tmp_path: Path) -> None:
    dataset = opened(tmp_path, (40, 45), (40, 45), (40, 45), (41, 46))
    rows = dataset.fetch(dataset.reports.order_by("row"))
    for column, cells in (("precision", ["province", "province", "province", "exact"]),
                          ("place_label", ["Mon", "Mon state", "Mon state", "A town"])):  # fmt: skip
        rows = rows.set_column(rows.column_names.index(column), rows.schema.field(column), [cells])
    assert marks.area_names(dataset, marks.columns(dataset, rows), rows) == ["Mon state"]
