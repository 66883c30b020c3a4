"""The map in a frame of another page: a real host page, with the code that *Download* gives, in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from dashboard.parts.share import code_of
from tests.conftest import Screen

pytestmark = pytest.mark.heavy  # the suite of every day stays short

WIDTHS = (320, 480, 800)

Host = Callable[[str, int], Frame]


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """The host page's server writes nothing between the tests' own lines."""


@pytest.fixture
def host(tmp_path: Path, screen: Screen) -> Iterator[Host]:
    """Puts the code of a frame into a page of another origin, at a width, and gives the frame."""
    with ThreadingHTTPServer(("localhost", 0), partial(Silent, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def placed(code: str, width: int) -> Frame:
            (tmp_path / "host.html").write_text(
                f'<!doctype html><meta charset="utf-8"><body style="margin: 0">{code}</body>', encoding="utf-8"
            )
            screen.page.set_viewport_size({"width": width, "height": 900})
            screen.page.goto(f"http://localhost:{server.server_port}/host.html")
            return drawn_frame(screen.page)

        yield placed
        server.shutdown()


def drawn_frame(page: Page) -> Frame:
    within = page.frame_locator("iframe")
    expect(within.locator(".tm-count")).to_contain_text("on the map")
    expect(within.locator("body")).to_contain_text("Told by:")
    page.wait_for_timeout(600)  # the height is told, heard, and the map drawn anew
    (frame,) = page.main_frame.child_frames
    return frame


def main_of(frame: Frame) -> dict[str, int]:
    """What scrolls in the frame: how much of it there is, and how much is in view."""
    sizes: dict[str, int] = frame.locator("[data-testid=stMain]").evaluate(
        "main => ({all: main.scrollHeight, seen: main.clientHeight, wide: main.scrollWidth, width: main.clientWidth})"
    )
    return sizes


def last_line(frame: Frame) -> float:
    """Where the attribution ends, in pixels from the frame's top."""
    end: float = frame.locator(".st-key-embedded [data-testid=stCaptionContainer] p").evaluate(
        "words => words.getBoundingClientRect().bottom"
    )
    return end


@pytest.mark.parametrize("width", WIDTHS)
def test_the_host_page_gives_the_frame_the_height_at_which_nothing_is_cut(
    host: Host, screen: Screen, width: int
) -> None:
    frame = host(code_of(f"{screen.address}/?embed=true"), width)
    box = screen.page.locator("iframe").bounding_box()
    assert box
    assert box["width"] == width
    sizes = main_of(frame)
    assert sizes["seen"] == box["height"]
    assert sizes["all"] == sizes["seen"], "nothing to scroll to"
    assert sizes["wide"] == sizes["width"]
    assert box["height"] - 12 <= last_line(frame) <= box["height"], "the attribution ends where the frame ends"
    maps = frame.locator(".tm-maps").bounding_box()
    assert maps
    assert maps["height"] >= 359


def test_a_frame_that_becomes_narrower_is_given_more_height(host: Host, screen: Screen) -> None:
    frame = host(code_of(f"{screen.address}/?embed=true"), 800)
    before = main_of(frame)["seen"]
    screen.page.set_viewport_size({"width": 320, "height": 900})
    screen.page.wait_for_timeout(800)
    sizes = main_of(frame)
    assert sizes["seen"] > before + 100
    assert sizes["all"] == sizes["seen"]


@pytest.mark.parametrize("width", WIDTHS)
def test_without_the_script_the_frame_holds_all_or_scrolls_to_it(host: Host, screen: Screen, width: int) -> None:
    code, _, _ = code_of(f"{screen.address}/?embed=true").partition("<script>")
    frame = host(code, width)
    sizes = main_of(frame)
    assert sizes["wide"] == sizes["width"]
    words = frame.locator(".st-key-embedded [data-testid=stCaptionContainer] p")
    words.evaluate("words => words.scrollIntoView({block: 'end'})")
    assert last_line(frame) <= sizes["seen"]


def test_in_a_high_frame_the_map_takes_what_the_words_leave(host: Host, screen: Screen) -> None:
    code, _, _ = code_of(f"{screen.address}/?embed=true").partition("<script>")
    for width in WIDTHS:
        frame = host(code.replace("height: clamp(680px, 1060px - 30vw, 960px)", "height: 1300px"), width)
        assert 1288 <= last_line(frame) <= 1300
        assert main_of(frame)["all"] == 1300


def test_the_message_to_the_host_is_a_number_and_nothing_of_the_table(host: Host, screen: Screen) -> None:
    listener = "<script>window.heard = []; addEventListener('message', ({data}) => heard.push(data))</script>"
    host(listener + code_of(f"{screen.address}/?embed=true&sides=armenian"), 800)
    heard = screen.page.evaluate("heard.filter((said) => said?.type)")  # what is Streamlit's own is a line of text
    heard = [said for said in heard if said["type"].startswith("attest")]
    assert heard
    for said in heard:
        assert said.keys() == {"type", "height"}
        assert isinstance(said["height"], int)


def test_a_message_of_another_frame_changes_no_height(host: Host, screen: Screen) -> None:
    other = (
        "<iframe class='attest' id='other' style='height: 50px' srcdoc='<script>"
        'for (const height of [-5, 0, "9e9x", null]) parent.postMessage({type: "attest-height", height}, "*");'
        'parent.postMessage(null, "*"); parent.postMessage({type: "other", height: 7}, "*")</script>\'></iframe>'
    )
    code = code_of(f"{screen.address}/?embed=true")
    screen.page.set_viewport_size({"width": 800, "height": 900})
    frame = host(code, 800)
    before = main_of(frame)["seen"]
    screen.page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", other)
    screen.page.wait_for_timeout(500)
    assert main_of(frame)["seen"] == before
    assert screen.page.locator("#other").evaluate("frame => frame.style.height") == "50px"
