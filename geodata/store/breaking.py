"""What DuckDB works at is broken off when the program is told to end; of itself it hears that between its parts."""

from __future__ import annotations

import signal
import socket
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import duckdb

_ASKED: weakref.WeakSet[duckdb.DuckDBPyConnection] = weakref.WeakSet()


def breakable(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The same connection, whose queries `break_off` ends."""
    _ASKED.add(connection)
    return connection


def break_off() -> None:
    """Ends the query of each breakable connection. From any thread; where none runs, nothing happens."""
    for connection in list(_ASKED):
        with suppress(duckdb.ConnectionException):  # it was closed meanwhile
            connection.interrupt()


@contextmanager
def hearing(signals: frozenset[int]) -> Iterator[None]:
    """Within the block these signals break off what runs. To be entered in the main thread.

    Python calls a signal's handler in the main thread alone, so not before a query that runs there has ended. A pair of
    sockets is told at once, and a thread reads it; the handler is called once the query has been broken off.
    """
    heard, told = socket.socketpair()
    told.setblocking(False)

    def listen() -> None:
        while number := heard.recv(1):
            if number[0] in signals:
                break_off()

    thread = Thread(target=listen, name="signals", daemon=True)
    thread.start()
    before = signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        told.close()
        thread.join()
        heard.close()
