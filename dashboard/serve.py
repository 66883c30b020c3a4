"""The server: Streamlit's page, and beside it the map's script and table over plain HTTP.

The page's head asks the browser for both at once, so that they are on their way while Streamlit's own scripts start.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import data
from dashboard.style import FONT_ADDRESS
from geodata import fonts

IMMUTABLE = {"cache-control": "private, max-age=86400, immutable", "content-encoding": "identity"}
"""For addresses that change with what they name. ``identity``: packing 23 MB takes longer than passing them on."""


def engine(_: Request) -> Response:
    """The map's script, an ES module."""
    return Response(data.engine(), media_type="text/javascript", headers=IMMUTABLE)


def font(_: Request) -> Response:
    """The font for scripts that the machine has no letters of."""
    return FileResponse(fonts.path(), media_type="font/ttf", headers={"cache-control": IMMUTABLE["cache-control"]})


def table(request: Request) -> Response:
    """The table on screen, as `geodata.timemap.packed`; 404 where the file has changed since the page was sent."""
    token = request.path_params["token"]
    dataset = data.named(token)
    if dataset is None:
        return PlainTextResponse("The table has changed; reload the page.", status_code=404)
    return Response(data.carried(token, dataset), media_type="application/octet-stream", headers=IMMUTABLE)


WITHOUT_MAP = ("Disagreements", "Who is heard")
"""Pages that need neither script nor table."""


class AskEarly:
    """Middleware: adds to the page the ``Link`` headers (RFC 8288) that name what the map will need."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and scope["path"].endswith("/")
        has_map = is_page and parse_qs(scope["query_string"].decode()).get("page", [""])[0] not in WITHOUT_MAP

        async def with_links(message: Message) -> None:
            if has_map and message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.append("link", f"<{data.engine_address()}>; rel=modulepreload")
                if token := data.last_token():
                    address = data.table_address(token)
                    headers.append("link", f"<{address}>; rel=preload; as=fetch; crossorigin=anonymous")
            await send(message)

        await self.app(scope, receive, with_links)


app = st.App(
    Path(__file__).with_name("app.py"),
    routes=[
        Route("/attest/{version}/engine.js", engine),
        Route("/attest/{token}/table", table),
        Route(f"/{FONT_ADDRESS}", font),
    ],
    middleware=[Middleware(AskEarly)],
)
