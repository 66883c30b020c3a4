"""The server: Streamlit's page, and beside it the map's script and table over plain HTTP.

The page's head asks the browser for both at once, so that they are on their way while Streamlit's own scripts start.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import data

IMMUTABLE = {"cache-control": "private, max-age=86400, immutable", "content-encoding": "identity"}
"""For addresses that change with what they name. ``identity``: packing 23 MB takes longer than passing them on."""


def engine(_: Request) -> Response:
    """The map's script, an ES module."""
    return Response(data.engine(), media_type="text/javascript", headers=IMMUTABLE)


def table(request: Request) -> Response:
    """The table on screen, as `geodata.timemap.packed`; 404 where the file has changed since the page was sent."""
    dataset, token, _ = data.current()
    if dataset is None or token != request.path_params["token"]:
        return PlainTextResponse("The table has changed; reload the page.", status_code=404)
    return Response(data.carried(token, dataset), media_type="application/octet-stream", headers=IMMUTABLE)


class AskEarly:
    """Middleware: adds to the page the ``Link`` headers (RFC 8288) that name what the map will need."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and scope["path"].endswith("/")

        async def with_links(message: Message) -> None:
            if is_page and message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.append("link", f"<{data.engine_address()}>; rel=modulepreload")
                if token := data.last_token():
                    address = data.table_address(token)
                    headers.append("link", f"<{address}>; rel=preload; as=fetch; crossorigin=anonymous")
            await send(message)

        await self.app(scope, receive, with_links)


app = st.App(
    Path(__file__).with_name("app.py"),
    routes=[Route("/attest/{version}/engine.js", engine), Route("/attest/{token}/table", table)],
    middleware=[Middleware(AskEarly)],
)
