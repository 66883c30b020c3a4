"""PostgreSQL, through psycopg: a pool of connections, each of which only reads, and a deadline for each question."""

from __future__ import annotations

import io
import queue
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.csv

from geodata.store import answering, wanted
from geodata.store.answering import AT_ONCE, IN_PART, SLOW, Unanswered, of_csv, told

if TYPE_CHECKING:
    import psycopg

ALIVE: Mapping[str, int] = {"connect_timeout": 10, "keepalives_idle": 10, "tcp_user_timeout": 30_000}
"""Settings of libpq with which a server that fell silent is given up: seconds, and for the last milliseconds."""

GRACE = 5
"""Seconds after the engine's own deadline until it counts as silent."""


class Postgres:
    """A database, by the URL that libpq reads."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._free: queue.LifoQueue[psycopg.Connection[Any] | None] = queue.LifoQueue()
        for _ in range(AT_ONCE):
            self._free.put(None)
        with told(_why):
            self._backend = ibis.connect(url)

    def table(self, name: str) -> ir.Table:
        with told(_why):
            if name not in self._backend.list_tables():
                raise LookupError(name)
            table = self._backend.table(name)
            self._backend.con.commit()
            return table

    def fetch(self, expression: ir.Table) -> pa.Table:
        schema, sql = expression.schema().to_pyarrow(), self._backend.compile(expression)

        with self._connection() as connection:

            def asked() -> bytes:
                with connection.cursor() as cursor, cursor.copy(_copying(sql)) as copy:
                    return b"".join(copy)

            def give_up() -> None:
                connection.cancel_safe(timeout=GRACE)

            return of_csv(wanted.worked(asked, give_up, within=answering.DEADLINE + GRACE), schema)

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        schema, sql = expression.schema().to_pyarrow(), self._backend.compile(expression)
        with self._connection() as connection, connection.cursor() as cursor:
            connection.execute("SET LOCAL statement_timeout = 0")
            with cursor.copy(_copying(sql)) as copy:
                rows = iter(copy)
                while cells := b"".join(islice(rows, IN_PART)):
                    yield from of_csv(cells, schema).to_batches()

    def write(self, name: str, rows: pa.RecordBatchReader) -> None:
        import psycopg  # noqa: PLC0415  # an extra; the import of this module needs none

        columns = ", ".join(f"{_quoted(field.name)} {_KINDS[field.type]}" for field in rows.schema)
        options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="all_valid")
        # A connection of its own, which may write; all of it is one transaction.
        with told(_why), psycopg.connect(self._url, client_encoding="UTF8", **ALIVE) as connection:  # type: ignore[arg-type]
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
            held = wanted.taken(self._free, answering.DEADLINE)
        except queue.Empty:
            raise Unanswered("PostgreSQL is busy with other questions; try again") from None
        connection = held
        try:
            with told(_why):
                if connection is None or connection.closed:
                    only = f"-c statement_timeout={answering.DEADLINE * 1000} -c default_transaction_read_only=on"
                    settings: dict[str, Any] = {"options": only, "client_encoding": "UTF8", **ALIVE}
                    connection = psycopg.connect(self._url, **settings)
                yield connection
                connection.commit()
        except BaseException:
            if connection is not None:
                connection.close()
            connection = None
            raise
        finally:
            self._free.put(connection)


def _copying(sql: str) -> str:
    """The question with its answer as CSV, which is read in a tenth of the time that its rows would take one by one."""
    return f"COPY ({sql}) TO STDOUT (FORMAT csv, FORCE_QUOTE *)"


def _why(error: Exception) -> str | None:
    if isinstance(error, ImportError):  # Ibis's own, which names its package and not ours
        return "PostgreSQL needs the package psycopg: pip install 'attest[engines]'"
    if type(error).__module__.partition(".")[0] not in ("psycopg", "psycopg_binary"):
        return None
    known = {
        "QueryCanceled": SLOW,
        "InsufficientPrivilege": "the engine does not let this user do that; ask its keeper for the right to the table",
        "UndefinedTable": "the table is no longer in the engine",
        "UndefinedColumn": "the table has other columns now; run attest publish again",
        "DiskFull": "the engine's disk is full; nothing was changed",
    }
    if said := known.get(type(error).__name__):
        return said
    asking = getattr(error, "pgconn", None)  # that of a connection that was not made
    if asking is not None and asking.needs_password:
        return "the engine asks for a password; put it into ~/.pgpass, never into the URL"
    if asking is not None and asking.used_password:
        return "the engine refuses this user, password or database: is the password in ~/.pgpass right?"
    return "the engine does not answer: is it running, and are host, user and database right?"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_KINDS: Mapping[pa.DataType, str] = {
    pa.string(): "text", pa.int32(): "integer", pa.int64(): "bigint", pa.float64(): "double precision",
    pa.bool_(): "boolean", pa.date32(): "date",
}  # fmt: skip
