"""Counts on engines elsewhere: a table of ten million published to PostgreSQL, and the same rows read by Spark.

Only where ``--engines`` asks for it: to publish takes four minutes or so. A server that is not here is told with the
line that installs it.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir

from benchmarks import large_table
from benchmarks.measure import middle
from geodata.model.faults import InvalidData
from geodata.model.filters import Area
from geodata.model.selection import Selection, select
from geodata.store import case_file, distant
from geodata.store.answering import Unanswered
from geodata.store.importers import open_table, ready
from tests.engines import programs, servers

TURNS = 3

SIDE = next(iter(case_file.read(case_file.shipped_case()).sides))
YEARS: dict[str, Any] = {"first": date(2000, 1, 1), "last": date(2009, 12, 31)}
BOX = Area(0, 0, 40, 40)

ASKED: Mapping[str, Selection] = {
    "all": Selection(),
    "a side": Selection(sides=(SIDE,)),
    "ten years": Selection(**YEARS),
    "a box": Selection(area=BOX),
    "a word": Selection(text="shelling"),
    "a side, ten years, a box": Selection(sides=(SIDE,), area=BOX, **YEARS),
}

Count = Callable[[Selection], int]


@dataclass
class Counted:
    """What an engine took: seconds to bring the table there, milliseconds of each count, medians of `TURNS`."""

    engine: str
    rows: int
    brought: float | None = None
    times: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    failure: str = ""

    @property
    def longest(self) -> float | None:
        """Seconds."""
        return max(self.times.values()) / 1000 if self.times else None


def measured(rows: int) -> list[Counted]:
    """DuckDB on the kept file, PostgreSQL and Spark, with the same questions; their counts must be the same."""
    table, _ = large_table.kept(rows)
    with tempfile.TemporaryDirectory(prefix="attest-bench-", dir=large_table.folder()) as name:
        folder = Path(name)
        os.environ[ready.FOLDER] = str(folder)
        found = [_tried(name, rows, ask, table, folder) for name, ask in ENGINES.items()]
    for one in found[1:]:
        if not one.failure and one.counts != found[0].counts:
            one.failure = f"its counts differ from DuckDB's: {one.counts}"
    return found


Asker = Callable[[Path, Path, "Counted"], None]


def _tried(engine: str, rows: int, ask: Asker, table: Path, folder: Path) -> Counted:
    found = Counted(engine, rows)
    try:
        ask(table, folder, found)
    except (programs.Absent, InvalidData, Unanswered) as error:
        found.failure = str(error)
    return found


def _ask(found: Counted, count: Count) -> None:
    for name, chosen in ASKED.items():
        times = []
        for _ in range(TURNS):
            start = time.perf_counter()
            found.counts[name] = count(chosen)
            times.append(1000 * (time.perf_counter() - start))
        found.times[name] = middle(times) or 0


def _number(reports: ir.Table, chosen: Selection, fetch: Callable[[ir.Table], Any]) -> int:
    shown = select(reports, chosen)
    return int(fetch(shown.aggregate(n=shown.count()))["n"][0].as_py())


def in_duckdb(table: Path, _folder: Path, found: Counted) -> None:
    """The table as Attest imports and keeps it."""
    start = time.perf_counter()
    dataset = open_table(table)
    found.brought = time.perf_counter() - start
    _ask(found, lambda chosen: _number(dataset.reports, chosen, dataset.fetch))


def in_postgres(table: Path, _folder: Path, found: Counted) -> None:
    """A server of its own, the table copied there as it is, and published by ``attest publish``."""
    with servers.postgres() as server:
        start = time.perf_counter()
        _copied(table, server.url)
        distant.publish(f"{server.url}&table=reports")
        found.brought = time.perf_counter() - start
        dataset = distant.opened(f"{server.url}&table=reports")
        try:
            _ask(found, lambda chosen: _number(dataset.reports, chosen, dataset.fetch))
        finally:
            if dataset.answerer:
                dataset.answerer.close()


def _copied(table: Path, url: str) -> None:
    """The rows of a Parquet file as a table ``reports`` of texts and numbers."""
    there = ibis.connect(url)
    with duckdb.connect() as connection, there.con.cursor() as cursor:
        rows = connection.sql(f"SELECT * FROM '{table}'")
        columns = ", ".join(
            f'"{name}" {"double precision" if str(kind) == "DOUBLE" else "text"}'
            for name, kind in zip(rows.columns, rows.types, strict=True)
        )
        cursor.execute(f"CREATE TABLE reports ({columns})")
        with tempfile.TemporaryDirectory(dir=large_table.folder()) as folder:
            path = Path(folder) / "reports.csv"
            rows.write_csv(str(path), header=False)
            with path.open("rb") as file, cursor.copy("COPY reports FROM STDIN (FORMAT csv)") as copy:
                while part := file.read(1 << 20):
                    copy.write(part)
    there.con.commit()
    there.disconnect()


def in_spark(_table: Path, folder: Path, found: Counted) -> None:
    """The imported rows as a Parquet file, which Spark reads for each question, on two threads."""
    with servers.spark() as session:
        start = time.perf_counter()
        [source] = folder.glob(f"*{ready.ENDING}")
        file = folder / "reports.parquet"
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH '{source}' AS kept (READ_ONLY)")
            connection.execute(f"COPY (SELECT * FROM kept.{_reports(connection)}) TO '{file}' (FORMAT parquet)")
        session.read.parquet(str(file)).createOrReplaceTempView("reports")
        engine = ibis.pyspark.connect(session)
        reports = engine.table("reports")
        found.brought = time.perf_counter() - start
        _ask(found, lambda chosen: _number(reports, chosen, engine.to_pyarrow))


def _reports(connection: duckdb.DuckDBPyConnection) -> str:
    """The kept table that holds the reports: the one with most columns."""
    query = "SELECT table_name FROM duckdb_columns() WHERE database_name = 'kept' GROUP BY 1 ORDER BY count(*) DESC"
    return str(connection.sql(query).fetchall()[0][0])


ENGINES: Mapping[str, Asker] = {"DuckDB": in_duckdb, "PostgreSQL": in_postgres, "Spark, two threads": in_spark}
