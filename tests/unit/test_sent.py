"""A file on its way to a reader, whose engine fails."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from http.client import HTTPConnection, IncompleteRead
from threading import Thread

import pytest
import uvicorn
from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.server import sent
from dashboard.server.headers import Told
from geodata.store.answering import Unanswered


def parts(whole: int) -> Iterator[bytes]:
    for number in range(whole):
        yield f"part {number}\n".encode()
    raise Unanswered("the engine does not answer")


async def route(request: Request) -> Response:
    return await sent.in_parts(parts(int(request.path_params["whole"])), "text/csv", {}, CapacityLimiter(2))


@pytest.fixture
def port() -> Iterator[int]:
    app = Starlette(routes=[Route("/{whole}", route)], middleware=[Middleware(Told)])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app))
        running = Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        running.join(10)


def test_a_file_whose_engine_does_not_answer_at_once_is_answered_with_the_reason(port: int) -> None:
    answer = HTTPConnection("127.0.0.1", port, timeout=10)
    answer.request("GET", "/0")
    got = answer.getresponse()
    assert (got.status, got.read()) == (503, b"the engine does not answer")


def test_a_part_without_bytes_does_not_end_a_file(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    monkeypatch.setattr(f"{__name__}.parts", lambda _: iter([b"first, ", b"", b"last"]))
    answer = HTTPConnection("127.0.0.1", port, timeout=10)
    answer.request("GET", "/3")
    assert answer.getresponse().read() == b"first, last"


def test_a_file_whose_engine_fails_later_is_broken_off_and_the_log_has_one_line_of_it(
    port: int, caplog: pytest.LogCaptureFixture
) -> None:
    answer = HTTPConnection("127.0.0.1", port, timeout=10)
    answer.request("GET", "/2")
    got = answer.getresponse()
    assert got.status == 200
    with pytest.raises(IncompleteRead) as broken, caplog.at_level(logging.WARNING):
        got.read()
    assert broken.value.partial == b"part 0\npart 1\n"
    said = [record for record in caplog.records if "broken off" in record.getMessage()]
    assert len(said) == 1
    assert not [record for record in caplog.records if record.exc_info]
