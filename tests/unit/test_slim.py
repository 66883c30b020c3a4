"""The slim table answers as the whole one does, and is asked wherever it has what a question reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from geodata.count import asked, cube
from geodata.model.filters import FILTERS, Area, Filter
from geodata.model.selection import Selection, select, undated, unmapped
from geodata.store import slim
from geodata.store.dataset import Dataset, keep, reports_in
from geodata.store.slim import Slim
from geodata.timemap import far, marks
from tests import slim_asked
from tests.engines.selections import together, values_of
from tests.engines.tables import in_duckdb, made_up_reports

REPORTS = made_up_reports(2000)


@pytest.fixture(scope="module")
def made_up() -> Slim:
    reports = in_duckdb(REPORTS)
    connection = reports.get_backend().con
    slim.add(connection, "reports")
    made = Slim.of(reports, connection)
    assert made is not None
    return made


@pytest.fixture(scope="module")
def large(shipped: Dataset) -> Dataset:
    """The shipped reports in an engine of their own, with a slim table beside them."""
    reports = in_duckdb(shipped.fetch(shipped.reports))
    connection = reports.get_backend().con
    slim.add(connection, "reports")
    return replace(shipped, reports=reports, is_large=True, slim=Slim.of(reports, connection))


def rows(expression: ir.Table) -> list[int]:
    engine = expression.get_backend()
    found: pa.Table = engine.con.sql(engine.compile(expression)).to_arrow_table()
    return sorted(found["row"].to_pylist())


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.name)
def test_a_filter_keeps_the_same_reports(made_up: Slim, one: Filter) -> None:
    for value in values_of(one, REPORTS):
        whole = select(made_up.reports, Selection(**{one.name: value})).select("row")
        assert rows(made_up.answering(whole)) == rows(whole), value


def test_filters_together_keep_the_same_reports(made_up: Slim) -> None:
    for asked_for in (select, undated, unmapped):
        for chosen in together(REPORTS):
            whole = asked_for(made_up.reports, chosen).select("row")
            assert rows(made_up.answering(whole)) == rows(whole), chosen


READ_BY_SLIM = (
    Selection(),
    Selection(sides=("armenian", "azerbaijani"), first=date(1990, 1, 1), last=date(1994, 12, 31)),
    Selection(types=("statement",), statuses=("asserted",), scopes=("core",), area=Area(44, 38, 48, 41)),
    Selection(first=date(2020, 9, 27), last=date(2020, 11, 10), surely=True, graphic=False),
    Selection(actors=("nobody",), places=("shushi",)),
)


@pytest.mark.parametrize("chosen", READ_BY_SLIM, ids=str)
def test_squares_counts_and_places_are_asked_of_the_slim_table(
    large: Dataset, chosen: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = replace(large, slim=None)
    of_slim = slim_asked.noted(monkeypatch)
    colours, box = far.colours(large, "side"), Area(44, 38, 48, 41)
    for level, within in ((9, None), (14, box)):
        here, there = (cube.entries(each, chosen, colours, level, within).to_pylist() for each in (large, without))
        assert sorted(map(str, here)) == sorted(map(str, there))
    for name in ("claimant_side", "event_type", "is_mapped", "year"):
        here, there = (asked.by(each, chosen, name).to_pylist() for each in (large, without))
        assert sorted(map(str, here)) == sorted(map(str, there))
    assert of_slim == [True] * 6
    assert asked.totals(large, chosen) == asked.totals(without, chosen)
    for kind in far.KINDS:
        where = far.Where(kind, box if kind in ("place", "area") else None)
        assert far.listed(large, chosen, "side", where) == far.listed(without, chosen, "side", where)


def test_the_rows_of_a_view_are_those_of_the_whole_table_and_read_no_other(
    large: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    box, chosen = Area(44, 38, 48, 41), Selection(sides=("armenian",))
    monkeypatch.setattr(marks, "MOST_DETAILS", 0)
    expected = far.view(replace(large, slim=None), chosen, "side", box, 9)
    assert large.slim is not None
    asked_of = slim_asked.noted(monkeypatch)
    assert far.view(large, chosen, "side", box, 9) == expected
    assert asked_of == [True, True], "how many there are, and the rows"


def test_a_list_is_put_into_words_once_and_answered_for_each_place(
    large: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, chosen, worded = replace(large), Selection(sides=("armenian",)), []
    whole = Dataset._worded

    def counted(self: Dataset, expression: ir.Table) -> tuple[str, pa.Schema]:
        worded.append(expression)
        return whole(self, expression)

    boxes = [Area(44, 38, 48, 41), Area(-180, -90, 180, 90), Area(48, 38, 44, 41), Area(47, 38, 45, 41)]
    expected = [large.fetch(cube.within(select(large.reports, chosen), box).select("row")).num_rows for box in boxes]
    monkeypatch.setattr(Dataset, "_worded", counted)
    found = [
        sum(far.listed(fresh, chosen, "side", far.Where(kind, box))["total"] for kind in ("place", "area"))
        for box in boxes
    ]
    assert found == expected
    assert len(set(expected)) == len(boxes)
    assert len(worded) == 9, "number and rows, of places and of areas, across the antimeridian and not; texts"


def test_texts_and_whole_rows_are_asked_of_the_whole_table(large: Dataset) -> None:
    assert large.slim is not None
    for question in (
        large.reports.filter(large.reports.row < 10),
        large.reports.select("row", "title"),
        select(large.reports, Selection(text="shelling")).select("row"),
        select(large.reports, Selection(text="shelling")).aggregate(n=ibis._.count()),
    ):
        assert large.slim.answering(question) is question


def test_a_column_of_too_many_texts_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slim, "MOST_TEXTS", 5)
    connection = duckdb.connect()
    keep(connection, "reports", REPORTS)
    slim.add(connection, "reports")
    made = Slim.of(reports_in(connection), connection)
    assert made is not None
    assert "event_type" not in made.table.columns
    assert "scope" in made.table.columns
