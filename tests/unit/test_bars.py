"""Bars of years: as high as their numbers, over the years that they are named after."""

from __future__ import annotations

import re

import pytest

from dashboard.parts.bars import Part, by_year, rounded_step

PARTS = {"a": Part("Armenian", "A", "#112233"), "z": Part("<script>&", "Z", "#445566")}
DRAWN = by_year([1990, 1992], PARTS, {(1990, "a"): 30, (1990, "z"): 10, (1992, "z"): 20}, "Bars")
RECT = re.compile(r'<rect x="(.*?)%" y="(.*?)%" width="(.*?)%" height="(.*?)%" fill="(.*?)"><title>(.*?)</title>')


def test_a_bar_is_as_high_as_its_number_and_its_parts_lie_above_each_other() -> None:
    found = [(float(y), float(height), title) for _, y, _, height, _, title in RECT.findall(DRAWN)]
    assert found == [
        (25, 75, "1990, Armenian: 30"),
        (0, 25, "1990, &lt;script&gt;&amp;: 10"),
        (50, 50, "1992, &lt;script&gt;&amp;: 20"),
    ]


def test_a_bar_stands_over_its_year_and_a_year_without_a_report_keeps_its_place() -> None:
    years = {name: float(left) for left, name in re.findall(r'left:(.*?)%">(\d+)<', DRAWN)}
    assert list(years) == ["1990", "1991", "1992"]
    middles = {title[:4]: float(x) + float(width) / 2 for x, _, width, _, _, title in RECT.findall(DRAWN)}
    assert middles == {year: pytest.approx(years[year], abs=0.01) for year in ("1990", "1992")}


def test_what_a_table_names_is_never_html() -> None:
    assert "<script>" not in DRAWN


@pytest.mark.parametrize(("whole", "step"), [(1, 1), (5, 1), (6, 2), (81, 20), (251, 100), (1_000_000, 200_000)])
def test_few_round_numbers_stand_beside_the_bars(whole: int, step: int) -> None:
    assert rounded_step(whole, 5) == step
