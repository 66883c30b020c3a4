"""What every answer says to the browser: from where the page may load, who may frame it, and that types are as told."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server.guard import THIS_MACHINE
from dashboard.server.options import options
from geodata.timemap import tiles

HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # the address holds the filters; tiles ask for their own, see tiles.js
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

FRAMED = ("embed", "true")
"""The parameter with which Streamlit shows a page for a frame, and `dashboard.screens.embed` nothing but the map."""


class Told:
    """ASGI middleware that gives each answer `HEADERS` and its Content-Security-Policy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_framed = FRAMED in parse_qsl(scope["query_string"].decode("latin-1"))

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers["Content-Security-Policy"] = policy(is_framed=is_framed)
            await send(message)

        await self.app(scope, receive, told)


def failed(_: Request, __: Exception) -> Response:
    """The answer where the program failed; Starlette sends it past all middleware, and the log has the reason."""
    headers = {**HEADERS, "Content-Security-Policy": policy(is_framed=False)}
    return PlainTextResponse("The server failed at this; its log says why.", 500, headers)


def policy(*, is_framed: bool) -> str:
    """The Content-Security-Policy of an answer, for a frame or for a window of its own.

    Streamlit writes styles into the page and runs a component's script from a blob; the picture of three dimensions
    compiles WebAssembly, and no text becomes a script. Hosts of online tiles may be asked for pictures where the page
    offers them, which a frame does not.
    """
    hosts = [] if is_framed else [f"https://{one.host}" for one in tiles.offered().values()]
    allowed = {
        "default-src": ["'self'"],
        "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *inline_scripts()],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:", *hosts],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'", "data:", "blob:"],
        "media-src": ["'self'", "data:", "blob:"],
        "worker-src": ["'self'", "blob:"],
        "frame-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'", *(frame_ancestors() if is_framed else ())],
    }
    return "; ".join(" ".join((name, *sources)) for name, sources in allowed.items())


def frame_ancestors() -> tuple[str, ...]:
    """The pages that may frame the view for frames, beside our own, see `Options.frame_ancestors`."""
    given = options()
    if given.frame_ancestors:
        return given.frame_ancestors
    if given.hosts:
        return ("*",)
    served = (f"{scheme}://{name}:*" for name in THIS_MACHINE[:2] for scheme in ("http", "https"))
    return ("file:", *served)  # a page that its author opens from disk, before it stands anywhere


@cache
def inline_scripts() -> tuple[str, ...]:
    """The scripts that stand in Streamlit's own page, by their hashes, so that no other inline script runs."""
    page = Path(st.__file__).with_name("static") / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    return tuple(f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in scripts)
