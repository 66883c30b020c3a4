"""The server: Streamlit's page, and beside it the map's script and table over plain HTTP."""

from __future__ import annotations

import importlib
import inspect
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.parts.style import FONT_ADDRESS
from dashboard.state import data, opened
from geodata.model.names import LABEL, namings
from geodata.tell import card
from geodata.timemap import fonts, layers
from geodata.timemap import land as timemap_land
from geodata.timemap.basemap import archive

IMMUTABLE = {"cache-control": "private, max-age=86400, immutable", "content-encoding": "identity"}
"""For addresses that change with what they name. ``identity``: packing 23 MB takes longer than passing them on."""

EVERY_ADDRESS = {None, "0.0.0.0", "::"}
"""Values of Streamlit's ``server.address`` with which every address of the machine is served."""


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


def layer(request: Request) -> Response:
    """The shapes or the picture of a layer of the case on screen; 404 where there is none any more."""
    dataset = opened.named(request.path_params["token"])
    number = request.path_params["number"]
    found = next((one for one in dataset.layers if one.number == number), None) if dataset else None
    if found is None:
        return PlainTextResponse("The layer is gone; reload the page.", status_code=404)
    content, kind = layers.content(found)
    return Response(content, media_type=kind, headers=IMMUTABLE)


def incident(request: Request) -> Response:
    """The card of the incident that a row of the table on screen tells of, see `geodata.tell.card`."""
    dataset = opened.named(request.path_params["token"])
    naming = request.query_params.get("names", LABEL)
    if dataset is not None and naming not in namings(dataset.case):
        naming = LABEL
    found = card.of_row(dataset, request.path_params["row"], naming) if dataset else None
    if found is None:
        return PlainTextResponse("The table has changed; reload the page.", status_code=404)
    return JSONResponse(found, headers=IMMUTABLE)


def land(request: Request) -> Response:
    """A cell of the land, or of the names on it: of the table with this token, or of every table by its version."""
    token, address = request.path_params["token"], request.path_params["address"]
    dataset = opened.named(token)
    if dataset is not None:
        packed = timemap_land.member(dataset, address)
    else:
        packed = archive.member(address) if token == archive.version() else None
    if packed is None:
        return PlainTextResponse("There is no such part of the land.", status_code=404)
    headers = IMMUTABLE | {"content-encoding": "gzip"}
    return Response(packed, media_type="application/octet-stream", headers=headers)


def app(query: str = "") -> st.App:
    """The server's program. When it is ready, the browser opens the page with this query of the address."""
    return st.App(
        Path(__file__).parents[1] / "app.py",
        routes=[
            Route("/attest/{version}/engine.js", engine),
            Route("/attest/{token}/table", table),
            Route("/attest/{token}/layer/{number:int}", layer),
            Route("/attest/{token}/incident/{row:int}", incident),
            Route("/attest/{token}/land/{address:path}", land),
            Route(f"/{FONT_ADDRESS}", font),
        ],
        lifespan=lambda _: _ready(query),
    )


@asynccontextmanager
async def _ready(query: str) -> AsyncIterator[None]:
    """What the page needs is imported before the server listens, so that the first reader does not wait for it.

    It is imported here and not with this module: a component registers itself with a server that runs.
    """
    importlib.import_module("dashboard.screens.contents")
    # With its first element Streamlit looks through the stack (`env_util.is_repl`), and the first look in a process
    # reads the source of every module: 55 ms that the first reader would wait.
    inspect.stack()
    page = f"{_address()}/?{query}" if query else _address()
    if query:
        print(f"  With these filters: {page}\n", flush=True)
    if not st.get_option("server.headless"):
        Thread(target=webbrowser.open, args=(page,), daemon=True).start()  # some browsers keep their caller waiting
    yield


def _address() -> str:
    """Where a browser on this machine finds the page."""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    bound, folder = st.get_option("server.address"), st.get_option("server.baseUrlPath").strip("/")
    host = "localhost" if bound in EVERY_ADDRESS else bound
    return f"{scheme}://{host}:{st.get_option('server.port')}/{folder}".rstrip("/")
