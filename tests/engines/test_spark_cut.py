"""A Spark of two workers of which one is cut in mid-question: the other answers, and nothing hangs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from geodata.store import answering
from geodata.store.answering import Unanswered
from geodata.store.engines.spark import Spark
from tests.engines import programs, servers
from tests.engines.conftest import needed

pytestmark = pytest.mark.engines

ROWS = 3000


@pytest.fixture(scope="module")
def cluster() -> Iterator[servers.Cluster]:
    with needed(servers.cluster()) as running:
        servers.end_spark()
        yield running


def executors(session: Any) -> int:
    """How many processes of workers the driver knows."""
    return int(session.sparkContext._jsc.sc().getExecutorMemoryStatus().size()) - 1


def test_a_worker_that_is_cut_in_mid_question_is_made_up_for_and_all_cut_is_told(
    cluster: servers.Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numbers").mkdir()
    for part in range(8):
        numbers = pa.table({"n": pa.array(range(part * ROWS, (part + 1) * ROWS), pa.int64())})
        pyarrow.parquet.write_table(numbers, tmp_path / "numbers" / f"part{part}.parquet")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("JAVA_HOME", str(programs.java()))
    monkeypatch.setattr(answering, "DEADLINE", 120)
    engine = Spark(f"{cluster.address}?warehouse={tmp_path}")
    session = engine._session
    try:
        table = engine.table("numbers")
        assert engine.fetch(table.count().as_table())[0][0].as_py() == 8 * ROWS
        crossed = table.cross_join(table.select(other="n"))
        asked = crossed.aggregate(n=((crossed.n * crossed.other) % 7 == 0).sum())
        rest = sum(n % 7 == 0 for n in range(8 * ROWS))
        expected = (8 * ROWS) ** 2 - (8 * ROWS - rest) ** 2
        with ThreadPoolExecutor() as readers:
            answer = readers.submit(engine.fetch, asked)
            time.sleep(2)
            assert not answer.done(), "the question is too quick to be cut"
            cluster.workers[0].stop()
            assert answer.result(timeout=150)["n"][0].as_py() == expected
        cluster.workers[1].stop()
        ended = time.monotonic() + 60
        while executors(session):  # they end a moment after their worker, and would answer once more
            assert time.monotonic() < ended, "the processes of the workers that were cut go on"
            time.sleep(0.1)
        monkeypatch.setattr(answering, "DEADLINE", 5)
        with pytest.raises(Unanswered, match=r"longer than|does not answer"):
            engine.fetch(table.aggregate(n=table.n.sum()))
    finally:
        session.stop()
