"""Counts in memory are those of the engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geodata.count import counting
from geodata.count.facets import facets
from geodata.model.filters import CHOICES, FILTERS, OWN_LIST
from geodata.model.selection import Selection, select
from geodata.store.dataset import Dataset
from geodata.tell import words
from tests.unit.test_filters import example

EVERY_QUESTION = Selection(
    first=date(1988, 2, 1),
    last=date(2020, 12, 31),
    surely=True,
    sources=("001_c84d5488b9c80a68", "002_eef0960e507a5577"),
    sides=("armenian", "azerbaijani", "press"),
    scopes=("core", "context"),
    deaths=True,
    graphic=False,
    text="bak",
)


@pytest.mark.parametrize(
    "chosen",
    [
        Selection(),
        EVERY_QUESTION,
        EVERY_QUESTION.without("surely", "deaths"),
        EVERY_QUESTION.without_window(),
        Selection(surely=True),
        Selection(last=date(1994, 5, 12)),
        Selection(text="zzzz"),
    ],
)
def test_questions_asked_one_by_one_leave_what_the_engine_leaves_at_once(shipped: Dataset, chosen: Selection) -> None:
    at_once = shipped.fetch(select(shipped.reports, chosen).order_by("row"))
    shown = counting.selected(shipped, chosen, "row", "claimant_side", "first_day")
    for name in shown.column_names:
        assert shown[name].to_pylist() == at_once[name].to_pylist()
    assert counting.selection_mask(shipped, chosen).sum() == len(at_once)


@pytest.mark.parametrize("name", [name for name in CHOICES if name != OWN_LIST])
def test_a_choice_of_values_has_the_rows_that_the_engine_finds(with_tables: Dataset, name: str) -> None:
    values = counting.columns(with_tables)[CHOICES[name]].unique().to_pylist()
    assert len(values) > 1
    for chosen in (*values, *zip(values, [*values[1:], "no such value"], strict=True), "no such value"):
        single = Selection(**{name: chosen if isinstance(chosen, tuple) else (chosen,)})
        found = with_tables.fetch(select(with_tables.reports, single).select("row"))["row"].to_pylist()
        assert counting.selected(with_tables, single, "row")["row"].to_pylist() == sorted(found)


def test_the_reports_of_the_incidents_of_some_are_those_with_their_keys(shipped: Dataset) -> None:
    told = shipped.fetch(shipped.reports.select("row", "incident_id").order_by("row")).to_pylist()
    some = [row["row"] for row in told[::37]]
    keys = {row["incident_id"] for row in told[::37]}
    assert counting.of_same_incidents(shipped, some) == tuple(r["row"] for r in told if r["incident_id"] in keys)
    assert counting.of_same_incidents(shipped, ()) == ()


def test_a_selection_is_as_many_questions_as_it_has_filters(with_tables: Dataset) -> None:
    every = Selection(**{one.name: example(with_tables, one) for one in FILTERS})
    assert len(list(every.single_filters())) == len(FILTERS)
    assert list(Selection().single_filters()) == []


def test_counts_by_two_columns_are_the_engines(shipped: Dataset) -> None:
    reports = select(shipped.reports, Selection(scopes=("core",)))
    expected = shipped.fetch(reports.group_by("claimed_by", "claimant_side").aggregate(reports=reports.count()))
    counted = counting.by(shipped, Selection(scopes=("core",)), "claimed_by", "claimant_side")
    as_rows = [{tuple(row.values()) for row in table.to_pylist()} for table in (counted, expected)]
    assert as_rows[0] == as_rows[1]


def test_a_part_of_a_dataset_is_counted_by_its_own_rows(shipped: Dataset) -> None:
    late = replace(shipped, reports=shipped.reports.filter(shipped.reports.row >= 100))
    summary = words.summarise(late, Selection(sides=("azerbaijani",)))
    rows = shipped.fetch(select(late.reports, Selection(sides=("azerbaijani",)))).to_pylist()
    assert 0 < summary.reports == len(rows)
    assert summary.incidents == len({row["incident_id"] for row in rows})


def test_a_table_without_a_row_that_is_left_counts_nothing(shipped: Dataset) -> None:
    summary = words.summarise(shipped, Selection(text="zzzz"))
    assert (summary.reports, summary.incidents, summary.first, summary.last) == (0, 0, None, None)


def test_a_dataset_without_a_report_has_counts_of_nothing(shipped: Dataset) -> None:
    """Class mode on a table of graphic rows alone."""
    empty = replace(shipped, reports=shipped.reports.filter(shipped.reports.row < 0))
    assert set(facets(empty, Selection())) == set(CHOICES)
    assert not any(facets(empty, Selection()).values())
    assert words.summarise(empty, Selection(sides=("armenian",))).reports == 0
