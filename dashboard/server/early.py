"""What the page will need, as ``Link`` headers (RFC 8288): the browser asks for it while Streamlit's scripts start."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.state import data

STATIC = Path(st.__file__).parent / "static"
SCRIPTS = STATIC / "static/js"
"""Streamlit's scripts, one file or more an element. Their names carry a hash of what is in them."""

ELEMENTS = ("Html", "TextInput", "ButtonGroup", "Selectbox", "Checkbox", "BidiComponent", "DataFrame")
"""What the opening page is made of. Streamlit asks for an element's script only when the element arrives."""

IMPORT = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')
IN_PAGE = re.compile(r'"\./static/js/([\w.-]+\.js)"')

MOST = 30
"""Scripts named, the largest first: proxies refuse a page whose headers take more than four kilobytes."""

WITHOUT_MAP = ("Disagreements", "Who is heard", "Lessons", "Help")
"""Pages that need neither the map's script nor its table."""


class AskEarly:
    """Middleware: adds the ``Link`` headers to the page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and scope["path"].endswith("/")

        async def with_links(message: Message) -> None:
            if is_page and message["type"] == "http.response.start":
                asked = parse_qs(scope["query_string"].decode())
                page, mode = (asked.get(name, [""])[0] for name in ("page", "mode"))
                MutableHeaders(scope=message).append("link", ", ".join(links(page, is_class=mode == "class")))
            await send(message)

        await self.app(scope, receive, with_links)


def links(page: str, *, is_class: bool = False) -> list[str]:
    """The values of the header for a page of the dashboard; class mode has one page, and a table of its own."""
    asked = []
    if is_class or page not in WITHOUT_MAP:
        asked.append(f"<{data.engine_address()}>; rel=modulepreload")
        if token := data.last_token(is_class=is_class):
            asked.append(f"<{data.table_address(token)}>; rel=preload; as=fetch; crossorigin=anonymous")
    return asked + [f"<static/js/{name}>; rel=modulepreload; fetchpriority=low" for name in elements()]


@cache
def elements() -> list[str]:
    """The files of `ELEMENTS` that the page does not name itself; none where Streamlit has laid them out otherwise."""
    if not (STATIC / "index.html").is_file():
        return []
    named = IN_PAGE.findall((STATIC / "index.html").read_text(encoding="utf-8"))
    more = _needed([file.name for name in ELEMENTS for file in SCRIPTS.glob(f"{name}.*.js")]) - _needed(named)
    return sorted(sorted(more, key=lambda name: -(SCRIPTS / name).stat().st_size)[:MOST])


def _needed(ahead: list[str]) -> set[str]:
    """Scripts and all that they import."""
    found: set[str] = set()
    while ahead:
        name = ahead.pop()
        if name not in found and (SCRIPTS / name).is_file():
            found.add(name)
            ahead += IMPORT.findall((SCRIPTS / name).read_text(encoding="utf-8"))
    return found
