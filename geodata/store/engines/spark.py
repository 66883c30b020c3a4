"""Spark, through PySpark: tables are folders of Parquet below a warehouse that all of its workers read.

``spark://host:7077?warehouse=/data&table=reports`` asks a standalone master, ``spark://local[2]?…`` two threads of
this process. A process has one session of Spark, which lasts as long as it does; another master is refused.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from geodata.store import answering, wanted
from geodata.store.answering import IN_PART, Unanswered, told

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

WRITTEN_AT_ONCE = 20
"""Parts of `IN_PART` rows that go into one Parquet file."""

ANOTHER = "Spark is asked at another address already, and one Attest asks one: start another Attest for this one"

_VIEWS = count(1)


class Spark:
    """A master and a warehouse."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        host = unquote(parts.netloc)
        self._master = host if host.partition("[")[0] == "local" else f"spark://{host}"
        [self._warehouse] = parse_qs(parts.query)["warehouse"]
        with told(_why):
            self._session = _session(self._master)
            self._backend = ibis.pyspark.connect(self._session)

    def table(self, name: str) -> ir.Table:
        with told(_why):
            if not self._files(self._path(name))[1]:
                raise LookupError(name)
            view = f"attest_{next(_VIEWS)}"
            self._session.read.parquet(self._path(name)).createOrReplaceTempView(view)
            return self._backend.table(view)

    def fetch(self, expression: ir.Table) -> pa.Table:
        sql, schema = self._backend.compile(expression), expression.schema().to_pyarrow()
        context, tag = self._session.sparkContext, f"attest-{uuid.uuid4().hex}"

        def asked() -> pa.Table:
            context.setInterruptOnCancel(True)  # else a task that counts on is heard of only when it ends
            context.addJobTag(tag)
            return self._session.sql(sql).toArrow()

        with told(_why):
            found = wanted.worked(asked, lambda: context.cancelJobsWithTag(tag), within=answering.DEADLINE)
        return found.cast(schema)

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        with told(_why):
            yield from self._backend.to_pyarrow_batches(expression, chunk_size=IN_PART)

    def write(self, name: str, rows: pa.RecordBatchReader) -> None:
        new = f"{self._path(name)}-{uuid.uuid4().hex}"
        with told(_why):
            try:
                schema, is_first = rows.schema, True
                for part in _parts(rows):
                    frame = self._session.createDataFrame(pa.Table.from_batches(part, schema)).coalesce(1)
                    frame.write.mode("errorifexists" if is_first else "append").parquet(new)
                    is_first = False
                files, _ = self._files(self._path(name))
                files.delete(self._hadoop(self._path(name)), True)
                if not files.rename(self._hadoop(new), self._hadoop(self._path(name))):
                    raise Unanswered("the warehouse does not let this user write")
            finally:
                self._files(new)[0].delete(self._hadoop(new), True)

    def close(self) -> None:
        """The session stays for the next question."""

    def _path(self, name: str) -> str:
        return f"{self._warehouse.rstrip('/')}/{name}"

    def _hadoop(self, path: str) -> Any:
        return self._session.sparkContext._jvm.org.apache.hadoop.fs.Path(path)  # type: ignore[union-attr]

    def _files(self, path: str) -> tuple[Any, bool]:
        """The file system of a path, and whether the path is there."""
        system = self._hadoop(path).getFileSystem(self._session.sparkContext._jsc.hadoopConfiguration())
        return system, system.exists(self._hadoop(path))


def _session(master: str) -> SparkSession:
    from pyspark.sql import SparkSession  # noqa: PLC0415  # an extra; the import of this module needs none

    settings: dict[str, Any] = {
        "spark.log.level": "OFF",  # its lines name hosts, and stand between ours
        "spark.ui.enabled": False,
        "spark.ui.showConsoleProgress": False,
        "spark.sql.execution.arrow.pyspark.enabled": True,
    }
    session = SparkSession.builder.master(master).appName("attest").config(map=settings).getOrCreate()
    if session.sparkContext.master != master:  # then Spark gives the session that is there, and says nothing
        raise Unanswered(ANOTHER)
    return session


def _parts(rows: pa.RecordBatchReader) -> Iterator[list[pa.RecordBatch]]:
    """The rows, a file's worth at a time; one part at least."""
    part: list[pa.RecordBatch] = []
    for batch in rows:
        part.append(batch)
        if len(part) == WRITTEN_AT_ONCE:
            yield part
            part = []
    yield part


def _why(error: Exception) -> str | None:
    if isinstance(error, ImportError):
        return "Spark needs the package pyspark: pip install 'attest[engines]'"
    if type(error).__module__.partition(".")[0] not in ("pyspark", "py4j") and not isinstance(error, ConnectionError):
        return None
    if "JAVA_GATEWAY_EXITED" in str(error):
        return "Spark needs Java 17 or newer; install it, or name its folder in JAVA_HOME"
    return "Spark does not answer: is it running, and does it read the warehouse?"
