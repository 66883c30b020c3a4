"""What nobody waits for any more is given up in the engine itself, and those who still wait are answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from geodata.model.selection import Selection
from geodata.store import wanted
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset
from geodata.store.engines.postgres import Postgres
from tests.engines import servers, tables
from tests.engines.conftest import needed
from tests.engines.test_servers import until

STARTED = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%endless%' AND pid <> {}"


@pytest.fixture(scope="module")
def server() -> Iterator[servers.Postgres]:
    with needed(servers.postgres()) as running:
        backend = ibis.connect(running.url)
        tables.in_postgres(backend, "endless", pa.table({"n": pa.array(range(1000), pa.int32())}))
        backend.disconnect()
        yield running


@pytest.fixture
def engine(server: servers.Postgres) -> Iterator[Postgres]:
    found = Postgres(server.url)
    yield found
    found.close()


def long(engine: Postgres) -> ir.Table:
    """A question of more minutes than any test has."""
    table = engine.table("endless")
    for number in range(4):
        table = table.cross_join(engine.table("endless").select(**{f"n{number}": "n"}))
    return table.aggregate(n=(table.n + table.n3).sum())


def at_work(server: servers.Postgres) -> Callable[[], int]:
    """How many such questions the engine is at work on."""
    connection = server.connect(is_autocommit=True)
    return lambda: connection.execute(STARTED.format(connection.info.backend_pid)).fetchall()[0][0]


def look_until(left: Event) -> Callable[[], None]:
    def look() -> None:
        if left.is_set():
            raise wanted.Unwanted

    return look


def test_a_question_that_nobody_waits_for_ends_in_postgresql_and_the_next_is_answered(
    server: servers.Postgres, engine: Postgres
) -> None:
    left, number = Event(), at_work(server)

    def asked() -> str:
        with wanted.looking(look_until(left)):
            try:
                engine.fetch(long(engine))
            except wanted.Unwanted:
                return "given up"
        return "answered"

    with ThreadPoolExecutor() as readers:
        reader = readers.submit(asked)
        until(lambda: number() == 1)
        left.set()
        assert reader.result(timeout=10) == "given up"
    until(lambda: number() == 0)
    assert engine.fetch(engine.table("endless").count().as_table())[0][0].as_py() == 1000


def test_who_waits_for_the_same_is_answered_though_the_first_has_left(small: Dataset) -> None:
    left, started, ends = Event(), Event(), Event()
    computed = []

    @remembered(most=4)
    def counted(_: Dataset, __: Selection) -> str:
        computed.append("once")
        started.set()

        def work() -> None:
            assert ends.wait(10)

        wanted.worked(work, lambda: None)
        return "answer"

    def first() -> str:
        with wanted.looking(look_until(left)):
            try:
                return counted(small, Selection())
            except wanted.Unwanted:
                return "left"

    with ThreadPoolExecutor() as readers:
        leaving = readers.submit(first)
        assert started.wait(10)
        staying = readers.submit(counted, small, Selection())
        time.sleep(0.1)
        left.set()
        until(lambda: len(computed) == 2)  # the one who stays has taken over
        ends.set()
        assert (leaving.result(10), staying.result(10)) == ("left", "answer")


def test_duckdb_ends_a_question_too(small: Dataset) -> None:
    left = Event()
    table = small.reports.select("row")
    for number in range(12):
        table = table.cross_join(small.reports.select(**{f"row{number}": "row"}))
    began = time.monotonic()

    def look() -> None:
        if time.monotonic() > began + 0.5:
            left.set()
            raise wanted.Unwanted

    with wanted.looking(look), pytest.raises(wanted.Unwanted):
        small.fetch(table.aggregate(n=(table.row + table.row11).sum()))
    assert left.is_set()
    assert time.monotonic() < began + wanted.GIVES_UP_IN
    assert small.fetch(small.reports.count().as_table())[0][0].as_py() == small.size
