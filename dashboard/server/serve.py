"""The server: Streamlit's page, and beside it the map's script and table over plain HTTP."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.parts.style import FONT_ADDRESS
from dashboard.state import data, opened
from geodata.timemap import fonts

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
    dataset = opened.named(token)
    if dataset is None:
        return PlainTextResponse("The table has changed; reload the page.", status_code=404)
    return Response(data.carried(dataset), media_type="application/octet-stream", headers=IMMUTABLE)


@asynccontextmanager
async def ready(_: st.App) -> AsyncIterator[None]:
    """What the page needs is imported before the server listens, so that the first reader does not wait for it.

    It is imported here and not with this module: a component registers itself with a server that runs.
    """
    importlib.import_module("dashboard.screens.contents")
    # With its first element Streamlit looks through the stack (`env_util.is_repl`), and the first look in a process
    # reads the source of every module: 55 ms that the first reader would wait.
    inspect.stack()
    yield


app = st.App(
    Path(__file__).parents[1] / "app.py",
    routes=[
        Route("/attest/{version}/engine.js", engine),
        Route("/attest/{token}/table", table),
        Route(f"/{FONT_ADDRESS}", font),
    ],
    lifespan=ready,
)
