"""Texts that try to be more than text, and a canary that hears whatever they reach."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FORMS = (
    "![i]({0}/image)",
    "[l]({0}/link)",
    "[l][r] [r]: {0}/reference",
    "![i][r]",
    "<{0}/angle>",
    "{0}/bare",
    "HTTP://{1}/shout",
    "see:{0}/colon.",
    "www.{1}/www",
    "WWW.{1}",
    "me@{1}",
    "mailto:me@mail.example",
    "me@mail.example, you.too+tag@mail.example.org",
    "xmpp:me@mail.example/room",
    '<img src="{0}/img" onerror="window.hit=1">',
    "<script>window.hit=1</script>",
    "<a href={0}/a>a</a>",
    "<!-- hidden --> seen",
    "&lt;b&gt; &copy; &#104;ttp&#58;//{1}/entity",
    "$x^2$ and $$\\frac{{1}}{{2}}$$",
    "$[description] {{{{x}}}}",
    ":red[red] :blue-background[blue] :rainbow[all] :small[small] :orange-badge[badge] :shimmer[x] :help[x]",
    ':color[x]{{foreground="red"}} :note{{a=b}} :note and ::leaf[x] :::box',
    ":smile: :+1: :-1: :100: :heart:",
    ":material/home: :material_home: :streamlit:",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "-> -- <->",
    "[^1] and [^1]: note",
    "| a | b |\n|---|---|\n| c | d |",
    "# heading",
    "heading\n===",
    "heading\n---",
    "- list",
    "* list",
    "+ list",
    "1. list",
    "12) list",
    "- [x] ticked",
    "> quote",
    "    code of four",
    "`code` and ```code```",
    "~~~\ncode",
    "***",
    "**bold** *it* __bold__ _it_ ~~gone~~ ~gone~",
    "\\",
    "back\\slash \\[l\\](x)",
    "two  \nlines",
    "12:30:45, Title: words, 5 < 6 & 7 > 2, snake_case_name, a.b@c",
)
"""``{0}`` is the address of a canary, ``{1}`` its host with its port."""

FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(1)", ";=1", "a;=1",
            "a,=1", 'a","=1', "a\n=1", "a\t=1", " =1", "\u00a0=1", "\ufeff=1", "|=1")  # fmt: skip
"""Texts that a spreadsheet might run, first in their cell or where it parts one cell in two."""


def texts(address: str) -> list[str]:
    """Every form with the address of a canary in it."""
    return [form.format(address, address.removeprefix("http://")) for form in FORMS]


@contextmanager
def canary() -> Iterator[tuple[str, list[str]]]:
    """A server on another port of this machine: its address, and each path that it was asked for."""
    heard: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_HEAD = do_POST = do_OPTIONS = do_GET  # noqa: N815  # names of the standard library

        def log_message(self, *_: object) -> None:
            """Says nothing: the list has it."""

    server = ThreadingHTTPServer(("localhost", 0), Canary)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}", heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
