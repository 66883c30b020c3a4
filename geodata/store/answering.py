"""Engines elsewhere that answer questions: a pool of connections, a deadline for each, and no secret in a fault.

Questions are Ibis expressions. An engine only reads here, but for `Answerer.write`, which `distant.publish` uses.
"""

from __future__ import annotations

import io
import queue
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.csv

if TYPE_CHECKING:
    import psycopg

DEADLINE = 30
"""Seconds that a question may take."""

AT_ONCE = 4
"""Questions that one engine is asked at a time; others wait for one of these."""

IN_PART = 50_000
"""Rows that are read or written at a time."""


class Unanswered(Exception):
    """An engine is not there, refuses, or takes longer than `DEADLINE`. The message names no host and no secret."""


class Answerer(Protocol):
    """An engine. All methods raise `Unanswered`."""

    def table(self, name: str) -> ir.Table:
        """A table of the engine. Raises ``LookupError`` where there is none of this name."""

    def fetch(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression over tables of this engine."""

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """The same a part at a time, in constant memory and without a deadline."""

    def write(self, name: str, rows: pa.RecordBatchReader) -> None:
        """Makes a table of these rows, in place of one of this name: whole or not at all."""

    def close(self) -> None:
        """Lets go of the engine."""


class Postgres:
    """PostgreSQL, through psycopg."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._free: queue.LifoQueue[psycopg.Connection[Any] | None] = queue.LifoQueue()
        for _ in range(AT_ONCE):
            self._free.put(None)
        with _told():
            self._backend = ibis.connect(url)

    def table(self, name: str) -> ir.Table:
        with _told():
            if name not in self._backend.list_tables():
                raise LookupError(name)
            table = self._backend.table(name)
            self._backend.con.commit()
            return table

    def fetch(self, expression: ir.Table) -> pa.Table:
        schema = expression.schema().to_pyarrow()
        with self._connection() as connection, connection.cursor() as cursor:
            cursor.execute(self._backend.compile(expression))
            return _columns(cursor.fetchall(), schema)

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        schema = expression.schema().to_pyarrow()
        with self._connection() as connection, connection.cursor(name="attest") as cursor:
            connection.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(self._backend.compile(expression))
            while rows := cursor.fetchmany(IN_PART):
                yield from _columns(rows, schema).to_batches()

    def write(self, name: str, rows: pa.RecordBatchReader) -> None:
        import psycopg  # noqa: PLC0415  # an extra; the import of this module needs none

        columns = ", ".join(f"{_quoted(field.name)} {_KINDS[field.type]}" for field in rows.schema)
        options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="all_valid")
        # A connection of its own, which may write; all of it is one transaction.
        with _told(), psycopg.connect(self._url, connect_timeout=DEADLINE) as connection:
            connection.execute(f"DROP TABLE IF EXISTS {_quoted(name)}")
            connection.execute(f"CREATE TABLE {_quoted(name)} ({columns})")
            with connection.cursor() as cursor, cursor.copy(f"COPY {_quoted(name)} FROM STDIN (FORMAT csv)") as copy:
                for batch in rows:
                    cells = io.BytesIO()
                    pyarrow.csv.write_csv(batch, cells, options)
                    copy.write(cells.getvalue())
            for column in ("row", "incident_id", "telling"):
                if column in rows.schema.names:
                    connection.execute(f"CREATE INDEX ON {_quoted(name)} ({_quoted(column)})")
            connection.execute(f"ANALYZE {_quoted(name)}")

    def close(self) -> None:
        self._backend.disconnect()
        while not self._free.empty():
            if connection := self._free.get_nowait():
                connection.close()

    @contextmanager
    def _connection(self) -> Iterator[psycopg.Connection[Any]]:
        """One of the pool; a connection that failed goes, and the next question makes another."""
        import psycopg  # noqa: PLC0415  # as above

        try:
            held = self._free.get(timeout=DEADLINE)
        except queue.Empty:
            raise Unanswered("PostgreSQL is busy with other questions; try again") from None
        connection = held
        try:
            with _told():
                if connection is None or connection.closed:
                    settings = f"-c statement_timeout={DEADLINE * 1000} -c default_transaction_read_only=on"
                    connection = psycopg.connect(self._url, connect_timeout=DEADLINE, options=settings)
                yield connection
                connection.commit()
        except BaseException:
            if connection is not None:
                connection.close()
            connection = None
            raise
        finally:
            self._free.put(connection)


def _columns(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """Rows as a table of columns."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pa.table(
        [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema
    )


@contextmanager
def _told() -> Iterator[None]:
    """What an engine's own library raises, as `Unanswered`: its words may name hosts, users and values."""
    try:
        yield
    except (LookupError, Unanswered):
        raise
    except Exception as error:
        module = type(error).__module__.partition(".")[0]
        if module not in ("psycopg", "psycopg_binary"):
            raise
        raise Unanswered(_why(type(error).__name__)) from error


def _why(kind: str) -> str:
    return {
        "QueryCanceled": f"the engine took longer than {DEADLINE} seconds",
        "InsufficientPrivilege": "the engine does not let this user read the table",
        "UndefinedTable": "the table is no longer in the engine",
    }.get(kind, "the engine does not answer: is it running, and are user and password right?")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_KINDS: Mapping[pa.DataType, str] = {
    pa.string(): "text", pa.int32(): "integer", pa.int64(): "bigint", pa.float64(): "double precision",
    pa.bool_(): "boolean", pa.date32(): "date",
}  # fmt: skip

ANSWERERS: Mapping[str, Callable[[str], Answerer]] = {
    "postgres": Postgres,
    "postgresql": Postgres,
}
"""By the first part of a URL."""
