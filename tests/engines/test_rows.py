"""Every engine keeps the reports that DuckDB keeps, whatever is asked of it."""

from __future__ import annotations

from collections.abc import Callable

import ibis.expr.types as ir
import pyarrow as pa
import pytest

from geodata.model.filters import FILTERS, Filter
from geodata.model.selection import Selection, select, undated, unmapped
from tests.engines.conftest import Engine
from tests.engines.selections import together, values_of

every_table = pytest.mark.parametrize("name", ["shipped", pytest.param("made_up", marks=pytest.mark.engines)])

Tables = Callable[[str], ir.Table]
Held = Callable[[str], pa.Table]


def rows_in_duckdb(reports: ir.Table) -> list[int]:
    engine = reports.get_backend()
    return sorted(engine.con.sql(engine.compile(reports.select("row"))).to_arrow_table()["row"].to_pylist())


@every_table
def test_a_table_is_the_same_there(name: str, engine: Engine, held: Held) -> None:
    there = engine.backend.to_pyarrow(engine.table(name).order_by("row"))
    assert there.cast(held(name).schema).equals(held(name))


@every_table
@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.name)
def test_a_filter_keeps_the_same_reports(name: str, one: Filter, engine: Engine, held: Held, reference: Tables) -> None:
    chosen = [Selection(**{one.name: value}) for value in engine.some(values_of(one, held(name)))]
    there = engine.rows(*(select(engine.table(name), each) for each in chosen))
    here = [rows_in_duckdb(select(reference(name), each)) for each in chosen]
    assert _differing(chosen, there, here) == []
    assert any(0 < len(rows) < len(held(name)) for rows in here)


@every_table
@pytest.mark.parametrize("asked", [select, undated, unmapped])
def test_filters_together_keep_the_same_reports(
    name: str, asked: Callable[[ir.Table, Selection], ir.Table], engine: Engine, held: Held, reference: Tables
) -> None:
    chosen = together(held(name))
    there = engine.rows(*(asked(engine.table(name), each) for each in chosen))
    here = [rows_in_duckdb(asked(reference(name), each)) for each in chosen]
    assert _differing(chosen, there, here) == []
    if name == "made_up":  # every report of the shipped table has a date
        assert any(here)


def _differing(chosen: list[Selection], there: list[list[int]], here: list[list[int]]) -> list[str]:
    """The selections, in short, for which the rows are not the same."""
    each = zip(chosen, there, here, strict=True)
    return [f"{selection!r:.300}" for selection, one, other in each if one != other]
