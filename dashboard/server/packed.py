"""Streamlit's own scripts and styles, sent packed: 2.7 MB for a first visit come as 0.8, and in one piece each.

Streamlit sends them plain, for packing them for each reader would keep the readers waiting; here each is packed once.
"""

from __future__ import annotations

import gzip
from functools import cache, partial
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

FOLDER = Path(st.__file__).parent / "static" / "static"

KINDS = {"js": "text/javascript", "css": "text/css"}
"""The folders of what shrinks, and the media type of what they hold; fonts and pictures are packed already."""

HEADERS = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
"""The first as Streamlit sends it: names change with what they hold."""


def send(request: Request, kind: str) -> Response:
    """A script or a style, packed for a browser that can unpack it; 404 where Streamlit has none of this name."""
    name = request.path_params["name"]
    if name not in _names(kind):
        return PlainTextResponse("There is no such file.", status_code=404)
    path = FOLDER / kind / name
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return FileResponse(path, media_type=KINDS[kind], headers=HEADERS)
    return Response(packed(path), media_type=KINDS[kind], headers=HEADERS | {"content-encoding": "gzip"})


@cache
def packed(path: Path) -> bytes:
    """A file packed with gzip, once in a process."""
    return gzip.compress(path.read_bytes(), 6, mtime=0)


def pack_first() -> None:
    """Packs what Streamlit's page names, before there is a reader who waits for it (0.05 s)."""
    page = (FOLDER.parent / "index.html").read_text(encoding="utf-8")
    for kind in KINDS:
        for name in _names(kind):
            if name in page:
                packed(FOLDER / kind / name)


@cache
def _names(kind: str) -> frozenset[str]:
    """What stands in a folder: a name that is none of these is never made into a path."""
    return frozenset(path.name for path in (FOLDER / kind).iterdir())


ROUTES = tuple(Route(f"/{{folder:path}}static/{kind}/{{name}}", partial(send, kind=kind)) for kind in KINDS)
"""Below the page's address, as `serve.OURS` says. They would stand before a folder of that name of a component of
Streamlit's first kind, or of `server.enableStaticServing`, neither of which the dashboard has."""
