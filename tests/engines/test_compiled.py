"""What is asked of engines that are not here: SQL of each, which no value can leave. None of it has been run."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import ibis
import ibis.backends.sql.dialects  # sqlglot learns the dialects that Ibis adds
import ibis.expr.types as ir
import pyarrow as pa
import pytest
import sqlglot
from ibis.common.exceptions import OperationNotDefinedError
from sqlglot import exp

from geodata.count import asked, at_places, compare, cube, disagreements, occurrences, silence, tellings
from geodata.count.compare import Pair
from geodata.model.filters import FILTERS, LONG, OWN, Filter, Kind
from geodata.model.selection import Selection, select, undated, unmapped
from geodata.store.dataset import SCHEMA
from geodata.store.measured import measured
from tests.engines.selections import AREAS, WINDOWS, together, values_of
from tests.engines.tables import ODD

BACKSLASH = {
    "bigquery": True, "clickhouse": True, "databricks": True, "datafusion": False, "snowflake": True, "trino": False,
    "athena": False, "druid": False, "exasol": False, "flink": False, "impala": True, "materialize": False,
    "mssql": False, "mysql": True, "oracle": False, "risingwave": False, "sqlite": False,
}  # fmt: skip
"""Each dialect, and whether a backslash escapes in its literals. Ibis 12 words SQL of no other by name."""

ASKED_FOR = ("bigquery", "clickhouse", "databricks", "datafusion", "snowflake", "trino")

SHORT = ("datafusion", "druid", "exasol", "flink", "impala", "mssql", "mysql", "oracle", "sqlite")
"""Dialects in which Ibis makes no rows of a list: more than `LONG` values cannot be asked of them."""

every_dialect = pytest.mark.parametrize(
    "dialect", [pytest.param(name, marks=() if name in ASKED_FOR else pytest.mark.engines) for name in BACKSLASH]
)

COLUMNS = pa.schema([*SCHEMA, (f'{OWN}it\'s "odd"', pa.string())])
TABLE = pa.table(
    [ODD if column.type == pa.string() else pa.nulls(len(ODD), column.type) for column in COLUMNS], schema=COLUMNS
)
"""A table of odd texts, whose values are asked for."""


def reports() -> ir.Table:
    return ibis.table(ibis.Schema.from_pyarrow(COLUMNS), name="reports")


def is_long(one: Filter, value: Any) -> bool:
    return one.kind in (Kind.LIST, Kind.IDS) and len(value) > LONG


def outside(sql: str, dialect: str) -> str:
    """What stands in none of a question's literals and names."""
    literal = r"'(?:''|\\.|[^'\\])*'" if BACKSLASH[dialect] else r"'(?:''|[^'])*'"
    name = r'"(?:""|[^"])*"|`(?:``|[^`])*`|\[[^\]]*\]'
    return re.sub(f"{literal}|{name}", " ", sql, flags=re.DOTALL)


def read_back(sql: str, dialect: str) -> exp.Expression:
    """The one statement that a question is, in whose words nothing of a value stands."""
    plain = outside(sql, dialect)
    assert plain.isascii()
    assert not re.search(r"['\"`;#\\]|--|/\*|DROP", plain), plain
    [statement] = sqlglot.parse(sql, dialect=dialect)
    assert isinstance(statement, exp.Select)
    return statement


@every_dialect
@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.name)
def test_a_filter_is_one_statement_of_each_dialect(dialect: str, one: Filter) -> None:
    for value in values_of(one, TABLE):
        chosen = select(reports(), Selection(**{one.name: value}))
        if is_long(one, value) and dialect in SHORT:
            with pytest.raises(OperationNotDefinedError, match=r"StringSplit|TableUnnest"):
                ibis.to_sql(chosen, dialect=dialect)
            continue
        read_back(str(ibis.to_sql(chosen, dialect=dialect)), dialect)


@every_dialect
def test_odd_values_stand_in_it_as_they_are(dialect: str) -> None:
    statement = read_back(str(ibis.to_sql(select(reports(), Selection(actors=ODD)), dialect=dialect)), dialect)
    assert {literal.this for literal in statement.find_all(exp.Literal) if literal.is_string} >= {*ODD}


@every_dialect
@pytest.mark.parametrize("question", [select, undated, unmapped])
def test_filters_together_are_one_statement(dialect: str, question: Any) -> None:
    for chosen in together(TABLE):
        short = {one.name: chosen[one.name] for one in FILTERS if not is_long(one, chosen[one.name])}
        read_back(str(ibis.to_sql(question(reports(), Selection(**short)), dialect=dialect)), dialect)


COUNTS: Mapping[str, Callable[[ir.Table, Selection], ir.Table]] = {
    "squares": lambda table, chosen: cube.counted(measured(select(table, chosen)), COLOURS, 9),
    "finer squares": lambda table, chosen: cube.counted(
        cube.within(measured(select(table, chosen)), AREAS[1]), COLOURS, cube.MOST_LEVEL
    ),
    "totals": lambda table, chosen: asked.totalled(select(table, chosen)),
    "by kind": lambda table, chosen: asked.grouped(select(table, chosen), "event_type"),
    "by year and place": lambda table, chosen: asked.grouped(select(table, chosen), "year", "is_mapped"),
    "by area": lambda table, chosen: at_places.by_place(select(table, chosen), ()),
    "tellers of areas": lambda table, chosen: at_places.told_by(select(table, chosen), "claimed_by"),
    "compared": lambda table, chosen: compare.incidents_asked(table, chosen, Pair("sides", ODD[:3], ODD[2:5])),
    "density": lambda table, chosen: occurrences.counted(select(table, chosen), 40.0, by_place=True),
    "disagreements": disagreements.of_several_documents,
    "tellings": tellings.asked_for,
    "silence": lambda table, chosen: silence.asked_for(table, chosen, ODD[0], date(2020, 11, 10)),
}

COLOURS = cube.Colours("claimant_side", {"armenian": 0, "azerbaijani": 1, "it's; DROP TABLE reports; --": 2})


@every_dialect
@pytest.mark.parametrize("name", COUNTS)
def test_what_a_large_table_counts_is_one_statement(dialect: str, name: str) -> None:
    for chosen in (Selection(), Selection(sides=ODD, window=WINDOWS[0], area=AREAS[0])):
        read_back(str(ibis.to_sql(COUNTS[name](reports(), chosen), dialect=dialect)), dialect)


def test_a_value_that_left_its_literal_would_be_seen() -> None:
    for sql in ("SELECT 'it's'", "SELECT ''; DROP TABLE reports; --'", r"SELECT '\'; DROP TABLE reports; --'"):
        with pytest.raises(AssertionError):
            read_back(sql, "trino")
    with pytest.raises(AssertionError):
        read_back(r"SELECT '\''; DROP TABLE reports; --'", "bigquery")
