"""A large table as squares, months and categories: nothing is lost, and a window of whole months is exact."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geodata.count import counting, cube
from geodata.model.filters import Area
from geodata.model.selection import Selection, select
from geodata.store.dataset import Dataset
from geodata.store.measured import UNDATED
from geodata.timemap import cells, far, marks
from tests.unit.importing import HEAD, opened

EVERYTHING = Selection()


@pytest.fixture(scope="module")
def large(shipped: Dataset) -> Dataset:
    return replace(shipped, is_large=True)


def entries(dataset: Dataset, chosen: Selection = EVERYTHING, level: int = 9, box: Area | None = None) -> Any:
    return cube.entries(
        dataset, chosen, far.colours(dataset, next(iter(marks.schemes(dataset)))), level, box
    ).to_pandas()


@pytest.mark.parametrize("level", [0, 9, cube.MOST_LEVEL])
def test_each_report_is_in_one_entry(shipped: Dataset, level: int) -> None:
    found = entries(shipped, level=level)
    assert found["reports"].sum() == shipped.size
    totals = counting.totals(shipped, EVERYTHING)
    assert found[found["radius"] == cube.UNMAPPED]["reports"].sum() == totals.unmapped
    assert found[found["begins"] == UNDATED]["reports"].sum() == totals.undated
    of_points = found[found["radius"] == cube.POINT]
    assert of_points["place"].between(0, 4**level - 1).all()
    assert not found.duplicated(["radius", "place", "begins", "ends", "code"]).any()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(1988, 1, 1), date(1994, 12, 31)),
        (date(2020, 9, 1), date(2020, 9, 30)),
        (date(1915, 1, 1), date(2025, 1, 31)),
    ],
)
def test_a_window_of_whole_months_counts_what_the_reports_count(shipped: Dataset, first: date, last: date) -> None:
    found = entries(shipped)
    begins, ends = cube.month_of(first), cube.month_of(last)
    is_in = (found["begins"] != UNDATED) & (found["begins"] <= ends) & (found["ends"] >= begins)
    assert found[is_in]["reports"].sum() == counting.number(shipped, Selection(first=first, last=last))


def test_categories_are_those_of_the_reports(shipped: Dataset) -> None:
    scheme = marks.schemes(shipped)["side"]
    found = entries(shipped).groupby("code")["reports"].sum().to_dict()
    told = counting.by(shipped, EVERYTHING, "claimant_side").to_pylist()
    assert found == {scheme.code_of[row["claimant_side"]]: row["reports"] for row in told}


def test_a_box_leaves_what_the_filter_of_an_area_leaves(shipped: Dataset) -> None:
    box = Area(46, 39, 47, 40.5)
    assert entries(shipped, box=box)["reports"].sum() == counting.number(shipped, Selection(area=box))


def test_squares_lie_where_the_marks_lie(tmp_path: Path) -> None:
    points = ((85.0511, -180), (-85.0511, 179.999), (40.1, 45.2), (-33.9, 18.4))
    lines = (f"{number},2020-01-01,{lat},{lon},W,t" for number, (lat, lon) in enumerate(points))
    found = entries(opened(tmp_path, "\n".join((HEAD, *lines))), level=9)
    expected = [
        (int((lon + 180) / 360 * 512), int((0.5 - np.arcsinh(np.tan(np.radians(lat))) / (2 * np.pi)) * 512))
        for lat, lon in points
    ]
    assert sorted(found["place"]) == sorted(y * 512 + x for x, y in expected)


def unpacked(packed: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    plain = gzip.decompress(packed)
    length = int.from_bytes(plain[:4], "little")
    head = json.loads(plain[4 : 4 + length])
    kinds = {"Int32Array": np.int32, "Float32Array": np.float32, "Uint16Array": np.uint16, "Uint8Array": np.uint8}
    arrays = {
        name: np.frombuffer(plain, kinds[kind], size, 4 + length + start)
        for name, (kind, start, size) in head["arrays"].items()
    }
    return head, arrays


def numbers(stream: Any) -> list[int]:
    found, value, shift = [], 0, 0
    for byte in stream.tolist():
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            found.append(value)
            value, shift = 0, 0
    return found


def read_back(packed: cells.Packed) -> list[tuple[int, ...]]:
    """Radius, place, begins, ends, code and reports of each dated entry, and with months of 0 of each undated spot, as
    the parts tell them; what several parts tell is the same in each.
    """
    head, arrays = unpacked(packed.spots)
    years = arrays | unpacked(packed.windows.years)[1]
    falls, steps = numbers(arrays["totals"]), numbers(arrays["places"])
    totals = list(accumulate(falls, lambda before, fall: before - fall))
    places = list(accumulate(-(step + 1) // 2 if step % 2 else step // 2 for step in steps))
    radii = iter(arrays["radius"].tolist())
    radius = [next(radii) if form == 1 else {0: cube.POINT, 2: cube.UNMAPPED}[form] for form in arrays["form"].tolist()]
    code = arrays["code"].tolist()
    groups = list(zip(years["begins"].tolist(), years["ends"].tolist(), years["size"].tolist(), strict=True))
    of_group: dict[tuple[int, int], dict[int, int]] = {}
    for year, part in packed.windows.months.items():
        touching = [group for group in groups if group[0] != UNDATED and year in (group[0] // 12, group[1] // 12)]
        of_part = entries_in(unpacked(part)[1], [size for *_, size in touching])
        for (begins, ends, _), found in zip(touching, of_part, strict=True):
            assert of_group.setdefault((begins, ends), found) == found
    undated = dict(enumerate(totals))
    by_year: dict[tuple[int, int], dict[int, int]] = {}
    for (begins, ends), found in of_group.items():
        summed = by_year.setdefault((begins // 12, ends // 12), {})
        for spot, reports in found.items():
            undated[spot] -= reports
            summed[spot] = summed.get(spot, 0) + reports
    pairs = list(zip(years["first"].tolist(), years["last"].tolist(), strict=True))
    assert dict(zip(pairs, entries_in(years, years["number"].tolist()), strict=True)) == by_year
    assert pairs == sorted(pairs)
    assert totals == sorted(totals, reverse=True)
    of_group |= {(UNDATED, UNDATED): found} if (found := {spot: n for spot, n in undated.items() if n}) else {}
    in_order = [of_group[begins, ends] for begins, ends, _ in groups]
    sums = [
        sum(n for spot, n in found.items() if code[spot] == kind) for found in in_order for kind in range(head["kinds"])
    ]
    assert sums == numbers(years["sums"])
    assert [len(found) for found in in_order] == [size for *_, size in groups]
    return [
        (radius[spot], places[spot], begins, ends, code[spot], reports)
        for (begins, ends, _), found in zip(groups, in_order, strict=True)
        for spot, reports in found.items()
    ]


def entries_in(arrays: dict[str, Any], size: list[int]) -> list[dict[int, int]]:
    """The spots of each group, and how many reports."""
    entries = zip(numbers(arrays["steps"]), numbers(arrays["reports"]), strict=True)
    of_groups = [list(islice(entries, each)) for each in size]
    assert next(entries, None) is None
    return [
        dict(zip(accumulate(step for step, _ in group), (reports + 1 for _, reports in group), strict=True))
        for group in of_groups
    ]


@pytest.mark.parametrize("level", [0, 9, cube.MOST_LEVEL])
def test_packed_entries_are_read_back_as_they_were(shipped: Dataset, level: int) -> None:
    table = cube.entries(shipped, EVERYTHING, far.colours(shipped, "side"), level)
    packed = cells.Squares.of(table, level).packed()
    found = read_back(packed)
    expected = zip(*(table[name].to_pylist() for name in table.column_names), strict=True)
    assert sorted(found) == sorted(expected)
    assert any(radius >= 0 for radius, *_ in found), "areas are among them"
    months = [begins or 10**6 for _, _, begins, *_ in found]
    assert months == sorted(months), "undated ones last"


def test_no_report_at_all_is_packed_as_well(shipped: Dataset) -> None:
    none = cube.entries(shipped, Selection(text="no report has these words"), far.colours(shipped, "side"), 9)
    packed = cells.Squares.of(none, 9).packed()
    assert read_back(packed) == []


@pytest.mark.parametrize("zoom", [3, 8.5, 18])
def test_the_spots_of_a_view_come_first_and_its_months_after_them(
    large: Dataset, zoom: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(far, "MOST_ROWS", 0)
    box, chosen = Area(44.5, 39, 47, 41), Selection(statuses=("asserted",))
    head, arrays = unpacked(far.view(large, chosen, "side", box, zoom))
    assert head["level"] == cube.level_at(zoom)
    assert "begins" not in arrays
    found = read_back(
        cells.Packed(far.view(large, chosen, "side", box, zoom), far.windows(large, chosen, "side", box, zoom))
    )
    expected = cube.entries(large, chosen, far.colours(large, "side"), cube.level_at(zoom), box)
    assert sorted(found) == sorted(zip(*(expected[name].to_pylist() for name in expected.column_names), strict=True))


@pytest.mark.parametrize("sides", [("armenian",), ("azerbaijani", "court"), ("turkish", "press", "ngo"), ("nobody",)])
def test_a_filter_by_the_colours_own_column_leaves_the_squares_of_its_categories(
    large: Dataset, sides: tuple[str, ...]
) -> None:
    chosen = Selection(sides=sides)
    codes = far.codes_left(large, chosen, "side")
    assert codes is not None
    of_all = read_back(far.world(large, EVERYTHING, "side"))
    assert sorted(entry for entry in of_all if entry[4] in codes) == sorted(read_back(far.world(large, chosen, "side")))


@pytest.mark.parametrize(
    "chosen",
    [EVERYTHING, Selection(sides=("armenian",), types=("statement",)), Selection(types=("statement",)),
     Selection(sides=("armenian",), text="bridge")],
)  # fmt: skip
def test_what_another_column_filters_is_no_part_of_the_squares(large: Dataset, chosen: Selection) -> None:
    assert far.codes_left(large, chosen, "side") is None


def test_a_filter_by_another_column_is_counted_anew(large: Dataset) -> None:
    chosen = Selection(sides=("armenian",), types=("statement",))
    assert sum(reports for *_, reports in read_back(far.world(large, chosen, "side"))) == counting.number(large, chosen)


@pytest.mark.parametrize("kind", far.KINDS)
def test_a_list_has_the_whole_number_and_no_report_twice(large: Dataset, kind: str) -> None:
    chosen = Selection(first=date(1990, 1, 1), last=date(2020, 12, 31))
    found = far.listed(large, chosen, "side", far.Where(kind))
    rows = [report["row"] for report in found["reports"]]
    assert len(set(rows)) == len(rows) == min(found["total"], far.MOST_LISTED)
    assert all(report["who"] and report["document"] for report in found["reports"]), "attribution on each"
    totals = counting.totals(large, chosen)
    of_a_place = sum(far.listed(large, chosen, "side", far.Where(one))["total"] for one in ("place", "area"))
    placed = totals.reports - totals.unmapped
    whole = {"shown": totals.reports, "undated": totals.undated, "unmapped": totals.unmapped}
    assert found["total"] == whole.get(kind, placed - (of_a_place - found["total"]))


def test_few_reports_of_a_view_come_with_their_texts(large: Dataset) -> None:
    box = Area(46, 39, 47, 40.5)
    packed = gzip.decompress(far.view(large, EVERYTHING, "side", box, 9))
    length = int.from_bytes(packed[:4], "little")
    head = json.loads(packed[4 : 4 + length])
    expected = large.fetch(select(large.reports, Selection(area=box)).order_by("row"))
    assert [detail["title"] for detail in head["fixed"]["details"]] == expected["title"].to_pylist()
    kind, start = head["columns"]["number"]
    assert np.frombuffer(packed, np.int32, head["rows"], 4 + length + start).tolist() == expected["row"].to_pylist()
    assert kind == "Int32Array"
