"""What a browser has asked the server for and no longer waits for is given up."""

from __future__ import annotations

import socket
import time
from queue import Empty, Queue
from threading import Event, Thread

import duckdb
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.server import serve
from dashboard.server.headers import Told
from geodata.store import wanted


@pytest.mark.slow
def test_what_a_browser_that_left_has_asked_for_is_given_up_and_what_another_asks_is_answered() -> None:
    started, given_up = Event(), Event()

    def answer(request: Request) -> Response:
        if request.url.path == "/long":
            started.set()
            wanted.worked(lambda: given_up.wait(20), given_up.set)
        return PlainTextResponse("here it is")

    async def route(request: Request) -> Response:
        return await serve._while_here(request, answer)

    app = Starlette(routes=[Route("/{any}", route)], middleware=[Middleware(Told)])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        running = Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        try:
            ask = b"GET /%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            with socket.create_connection(("127.0.0.1", port)) as browser:
                browser.sendall(ask % b"long")
                assert started.wait(10)
                assert not given_up.is_set()
                left = time.monotonic()
            assert given_up.wait(10)
            assert time.monotonic() - left < 10
            with socket.create_connection(("127.0.0.1", port)) as other:
                other.sendall(ask % b"short")
                assert b"here it is" in b"".join(iter(lambda: other.recv(4096), b""))
        finally:
            server.should_exit = True
            running.join()


def test_who_waits_for_a_connection_leaves_when_the_answer_is_no_longer_wanted() -> None:
    looks: list[int] = []

    def look() -> None:
        looks.append(1)
        if len(looks) == 2:
            raise wanted.Unwanted

    with wanted.looking(look), pytest.raises(wanted.Unwanted):
        wanted.taken(Queue(), 60)
    with pytest.raises(Empty):
        wanted.taken(Queue(), 0.01)
    held: Queue[str] = Queue()
    held.put("a connection")
    assert wanted.taken(held, 60) == "a connection"


def test_what_is_asked_beside_is_given_up_with_what_it_stands_beside() -> None:
    connection = duckdb.connect()

    def for_hours() -> object:
        query = "SELECT count(*) FROM range(10_000_000) AS a, range(10_000_000) AS b WHERE a.range + b.range = 1"
        return wanted.worked(lambda: connection.execute(query).fetchall(), connection.interrupt)

    with pytest.raises(wanted.Unwanted), wanted.beside(for_hours) as coming:
        assert not coming.done()
        raise wanted.Unwanted
    assert isinstance(coming.exception(), wanted.Unwanted | duckdb.InterruptException)
    assert connection.execute("SELECT 1").fetchall() == [(1,)]


def test_the_error_of_what_is_asked_beside_is_told() -> None:
    with pytest.raises(duckdb.CatalogException, match="nowhere"), wanted.beside(
        lambda: duckdb.connect().execute("FROM nowhere")
    ):  # fmt: skip
        pass
