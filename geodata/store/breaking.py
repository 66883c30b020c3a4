"""What DuckDB works at is broken off when the program is told to end; of itself it hears that between its parts."""

from __future__ import annotations

import signal
import socket
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import duckdb

_ASKED: weakref.WeakSet[duckdb.DuckDBPyConnection] = weakref.WeakSet()
_AGAIN = 0.05
"""Seconds until what has not ended is interrupted again."""


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
def hearing(signals: frozenset[int], handled: Event) -> Iterator[None]:
    """Within the block these signals break off what runs, until `handled` is set. To be entered in the main thread.

    Python calls a signal's handler in the main thread alone, and only once what runs there comes back to it. A query
    does so at its end. A wait does when a signal interrupts it, and not when the signal came just before it began or
    was given to another thread: it would be heard when the wait is over. A pair of sockets is told at once; a thread
    reads it, and goes on interrupting query and wait until the handler has been called.
    """
    heard, told = socket.socketpair()
    told.setblocking(False)
    main = threading.main_thread().ident
    assert main

    def listen() -> None:
        while number := heard.recv(1):
            while number[0] in signals:
                break_off()
                if handled.wait(_AGAIN):
                    break
                signal.pthread_kill(main, signal.SIGURG)

    thread = Thread(target=listen, name="signals", daemon=True)
    thread.start()
    ignored = signal.signal(signal.SIGURG, lambda *_: None)  # what has no handler interrupts no wait
    before = signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        handled.set()
        signal.set_wakeup_fd(before)
        told.close()
        thread.join()
        heard.close()
        signal.signal(signal.SIGURG, ignored)
