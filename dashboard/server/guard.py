"""Whom the server answers: requests that ask for it by a name it has, and pages of its own.

A hostile page may have its own name lead to this machine (DNS rebinding); the browser then takes what it reads for the
page's own. The name stands in the request, and it is not one of ours. Streamlit checks names of websockets alone.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from ipaddress import ip_address
from logging import getLogger
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.server.options import options

THIS_MACHINE = ("localhost", "127.0.0.1", "::1")

EVERY_ADDRESS = (None, "", "0.0.0.0", "::")
"""Values of Streamlit's ``server.address`` with which every address of the machine is served."""

READING = ("GET", "HEAD", "OPTIONS")

_log = getLogger(__name__)


class Guard:
    """ASGI middleware that refuses a request by a foreign name, and what another site's page sends or connects to."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif refused := refusal(Headers(scope=scope), scope.get("method", "")):
            status, words = refused
            if scope["type"] == "websocket":  # a browser tells its page nothing but that it was closed
                _log.warning("A websocket was refused: %s", words)
                await send({"type": "websocket.close", "code": 1008})
            else:
                await PlainTextResponse(words, status)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def refusal(headers: Headers, method: str) -> tuple[int, str] | None:
    """The status and one sentence for a request that is refused; ``method`` is blank for a websocket."""
    asked = headers.get("host", "")
    host = named(asked)
    if host is None:
        return 400, "The request names no host."
    if not is_ours(host, names(), every_address=st.get_option("server.address") in EVERY_ADDRESS):
        return 421, (
            f"This server does not answer to the name {host}; whoever runs it can add that to the option hosts "
            "(ATTEST_HOSTS)."
        )
    origin = headers.get("origin")
    if method not in READING and origin is not None and not _is_of(origin, asked):
        return 403, (
            f"A page of {origin[:200]} may not use the server of {asked}; a proxy between them has to pass on the Host "
            "that the browser sent."
        )
    return None


def _is_of(origin: str, host: str) -> bool:
    """Whether a page of this origin is one of the host's, port included."""
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


def names() -> frozenset[str]:
    """The names of this server: this machine's, the address that it listens on, and those that its options add."""
    configured = (st.get_option("server.address"), st.get_option("browser.serverAddress"), *options().hosts)
    return frozenset((*THIS_MACHINE, *_lower(configured)))


def _lower(names: Iterable[str | None]) -> Iterable[str]:
    return (name.strip("[]").rstrip(".").lower() for name in names if name)


def is_ours(host: str, names: Container[str], *, every_address: bool) -> bool:
    """Whether a server has this name. One that serves every address has any number for its name.

    No page of another site can be at a number that leads here, so numbers are safe.
    """
    return host in names or (every_address and _is_number(host))


def named(host: str) -> str | None:
    """The name in a Host header, lower case, without port and brackets; ``None`` where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises where it is no number
        name = parts.hostname
    except ValueError:
        return None
    if not name or parts.netloc != host or parts.username is not None or not host.isprintable() or " " in host:
        return None
    return name.rstrip(".") or None


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
