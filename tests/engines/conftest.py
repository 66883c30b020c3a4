"""The engines, each with the same tables. A server that is not here skips its tests, or fails them in `REQUIRED`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from geodata.store.dataset import Dataset
from tests.engines import programs, servers, tables

REQUIRED = os.environ.get("ATTEST_ENGINES") == "required"

Server = TypeVar("Server")
Value = TypeVar("Value")

ROWS = 100_000
"""Of the made-up table."""

FEW, MANY = 6, 1_000
"""Values of a filter that a Spark of two threads is asked for, which plans each for long, and that others are."""


@pytest.fixture(scope="session")
def held(with_tables: Dataset) -> Callable[[str], pa.Table]:
    """A table by its name: ``shipped``, which has a table of others beside it, or ``made_up``."""

    @cache
    def by_name(name: str) -> pa.Table:
        if name == "made_up":
            return tables.made_up_reports(ROWS)
        return with_tables.fetch(with_tables.reports.order_by("row"))

    return by_name


@pytest.fixture(scope="session")
def reference(held: Callable[[str], pa.Table]) -> Callable[[str], ir.Table]:
    """A table in DuckDB."""
    return cache(lambda name: tables.in_duckdb(held(name)))


class Engine(NamedTuple):
    """An engine and what brings a table there; ``table`` brings each once."""

    backend: ibis.BaseBackend
    table: Callable[[str], ir.Table]
    most: int = MANY
    """Values of a filter that are asked for."""

    def some(self, values: Sequence[Value]) -> list[Value]:
        """As many values as are asked for, evenly among all, the first and the last among them."""
        most = min(self.most, len(values))
        return [values[number * (len(values) - 1) // max(most - 1, 1)] for number in range(most)]

    def rows(self, *asked: ir.Table) -> list[list[int]]:
        """The numbers of the reports of each of these, in order. All are one question, for a question has its cost."""
        numbered = (reports.select("row", asked=ibis.literal(number)) for number, reports in enumerate(asked))
        told = self.backend.to_pyarrow(ibis.union(*numbered))
        found: list[list[int]] = [[] for _ in asked]
        for row in told.sort_by("row").to_pylist():
            found[row["asked"]].append(row["row"])
        return found


@contextmanager
def needed(server: AbstractContextManager[Server]) -> Iterator[Server]:
    """The server; a test without it is skipped or, where servers are `REQUIRED`, fails."""
    with ExitStack() as ends:
        try:
            started = ends.enter_context(server)
        except programs.Absent as absent:
            (pytest.fail if REQUIRED else pytest.skip)(str(absent))
        yield started


@pytest.fixture(scope="session", params=["postgres", "spark", pytest.param("cluster", marks=pytest.mark.engines)])
def engine(
    request: pytest.FixtureRequest, held: Callable[[str], pa.Table], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """PostgreSQL; Spark on two threads; Spark as a master with two workers."""
    with ExitStack() as ends:
        if request.param == "postgres":
            server = ends.enter_context(needed(servers.postgres()))
            backend = ibis.connect(server.url)
            ends.callback(backend.disconnect)
            yield Engine(backend, cache(lambda name: tables.in_postgres(backend, name, held(name))))
        else:
            folder: Path = tmp_path_factory.mktemp(request.param)
            master = (
                servers.LOCAL if request.param == "spark" else ends.enter_context(needed(servers.cluster())).address
            )
            session = ends.enter_context(needed(servers.spark(master)))
            backend = ibis.pyspark.connect(session)
            most = FEW if master == servers.LOCAL else MANY
            yield Engine(backend, cache(lambda name: tables.in_spark(backend, name, held(name), folder)), most)
