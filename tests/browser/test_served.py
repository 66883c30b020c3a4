"""The page however it is served: by ``streamlit run``, below a base path, in a frame; and what no page may do to it."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dashboard.screens.contents import PAGES
from tests import server
from tests.conftest import SMALL, Screen, opened
from tests.server import ROOT

pytestmark = pytest.mark.attack

STREAMLIT_RUN = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard" / "app.py"), "--server.headless=true"]
OURS = [sys.executable, "-m", "dashboard", "--server.headless=true"]


def has_marks(page: Page) -> None:
    """The map is drawn, from the table that the page asked for."""
    expect(page.locator(".tm-count").first).to_contain_text("on the map")
    assert page.locator(".tm").first.evaluate("element => element.attest !== undefined")


@pytest.mark.parametrize("base", ["", "/maps", "/a/b"])
@pytest.mark.parametrize("command", [STREAMLIT_RUN, OURS], ids=["streamlit", "ours"])
def test_the_map_is_drawn_however_and_wherever_it_is_served(
    reader: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], base: str
) -> None:
    monkeypatch.setenv("ATTEST_EVENTS", str(SMALL / "events.csv"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    words = [*command, *([f"--server.baseUrlPath={base}"] if base else [])]
    log = tmp_path / "log.txt"
    with server.started(words, tmp_path, log, port_option="--server.port", base=base) as address:
        for screen in opened(reader, address, (1440, 900)):
            has_marks(screen.open().page)
            size = screen.page.locator(".stApp").evaluate("page => getComputedStyle(page).fontSize")
            assert size == "15px", "the theme is ours"
            page_of_lessons = screen.open("?page=lessons").page
            expect(page_of_lessons.get_by_role("button", name="Show in class").first).to_be_visible()
    said = log.read_text(encoding="utf-8")
    assert "Network URL" not in said, "it is served on this machine alone"
    assert "usage statistics" not in said
    assert "Traceback" not in said


class Canary(SimpleHTTPRequestHandler):
    """Writes down what it is asked for."""

    def __init__(self, *given: Any, heard: list[str], directory: str) -> None:
        self.heard = heard
        super().__init__(*given, directory=directory)

    def log_request(self, *_: object) -> None:
        self.heard.append(self.path)

    def log_message(self, *_: object) -> None:
        """Nothing between the tests' own lines."""


@pytest.fixture
def heard() -> list[str]:
    """What the server of another origin was asked for."""
    return []


@pytest.fixture
def elsewhere(tmp_path: Path, heard: list[str]) -> Iterator[tuple[str, Path]]:
    """A server of another origin on this machine, and the folder that it serves."""
    (tmp_path / "page.html").write_text("<!doctype html><title>other</title>", encoding="utf-8")
    handler = partial(Canary, heard=heard, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{other.server_port}", tmp_path
        other.shutdown()


def framed(page: Page, elsewhere: tuple[str, Path], address: str) -> list[str]:
    """Opens a page of another origin with a frame of the dashboard; what the browser then says of policies."""
    origin, folder = elsewhere
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if "Content Security Policy" in line.text else None)
    code = f'<!doctype html><iframe src="{address}" style="width: 900px; height: 900px"></iframe>'
    (folder / "host.html").write_text(code, encoding="utf-8")
    page.goto(f"{origin}/host.html")
    return said


def test_the_view_for_frames_is_shown_in_a_page_of_another_origin(
    browser: Browser, small_dashboard: str, elsewhere: tuple[str, Path]
) -> None:
    with browser.new_page() as page:
        said = framed(page, elsewhere, f"{small_dashboard}/?embed=true")
        expect(page.frame_locator("iframe").locator(".tm-count").first).to_contain_text("on the map")
        assert said == []


@pytest.mark.parametrize("query", ["", "?page=table", "?embed=false", "?mode=class"])
def test_no_other_view_is_shown_in_a_page_of_another_origin(
    browser: Browser, small_dashboard: str, elsewhere: tuple[str, Path], query: str
) -> None:
    with browser.new_page() as page:
        with page.expect_console_message(lambda line: "frame-ancestors" in line.text):
            framed(page, elsewhere, f"{small_dashboard}/{query}")
        page.wait_for_timeout(500)
        assert not page.frame_locator("iframe").locator("[data-testid=stApp]").count()


CONNECTS = """address => new Promise((done) => {
  const socket = new WebSocket(address, ["streamlit"]);
  socket.onopen = () => done("open");
  socket.onerror = () => done("refused");
})"""


def test_a_page_of_another_origin_opens_no_websocket_and_reads_nothing(
    browser: Browser, small_dashboard: str, elsewhere: tuple[str, Path]
) -> None:
    origin, _ = elsewhere
    socket = f"{small_dashboard.replace('http:', 'ws:')}/_stcore/stream"
    read = f"fetch('{small_dashboard}/_stcore/host-config').then(() => 'read', () => 'refused')"
    with browser.new_page() as page:
        page.goto(small_dashboard)
        assert page.evaluate(CONNECTS, socket) == "open"
        assert page.evaluate(read) == "read"
        page.goto(f"{origin}/page.html")
        assert page.evaluate(CONNECTS, socket) == "refused"
        assert page.evaluate(read) == "refused"


REACHES = """async (address) => {
  const put = (tag, what) => {
    const element = Object.assign(document.createElement(tag), what);
    document.body.append(element);
    return element;
  };
  put("img", { src: `${address}/img` });
  put("iframe", { src: `${address}/iframe` });
  put("script", { src: `${address}/script.js` });
  put("link", { rel: "stylesheet", href: `${address}/style.css` });
  put("video", { src: `${address}/video` });
  put("style", { textContent: `body { background: url(${address}/background) }` });
  put("form", { action: `${address}/form`, method: "post" }).submit();
  put("script", { textContent: "window.hasRun = true" });
  setTimeout(() => eval("window.hasRun = true"));
  navigator.sendBeacon(`${address}/beacon`, "x");
  await fetch(`${address}/fetch`, { mode: "no-cors" }).catch(() => {});
  try { new WebSocket(address.replace("http:", "ws:")); } catch { /* some browsers throw */ }
}"""


def test_a_script_in_the_page_reaches_no_other_origin_and_no_text_becomes_a_script(
    browser: Browser, small_dashboard: str, elsewhere: tuple[str, Path], heard: list[str]
) -> None:
    with browser.new_page() as page:
        forbidden: list[str] = []
        page.on("console", lambda said: forbidden.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(f"{elsewhere[0]}/page.html")
        assert heard[0] == "/page.html", "the other origin hears what does reach it"
        page.goto(small_dashboard)
        expect(page.locator(".tm-count").first).to_contain_text("on the map")
        heard.clear()
        page.evaluate(REACHES, elsewhere[0])
        page.wait_for_timeout(1500)
        assert heard == []
        assert page.evaluate("window.hasRun") is None
        assert len(forbidden) >= 10


def test_no_page_asks_for_what_its_policy_forbids(screen: Screen) -> None:
    page = screen.page
    for name in PAGES:
        screen.open(f"?page={name}")
        page.wait_for_timeout(500)
    screen.open("?mode=class")
    screen.open("?embed=true")
    assert screen.forbidden == []


def test_prints_films_pictures_and_files_are_made_within_the_policy(screen: Screen) -> None:
    page = screen.open("?page=briefing&from=2020-09-27&to=2020-10-26").page
    page.get_by_role("button", name="Make picture, caption and link").click()
    expect(page.get_by_role("button", name="Save the picture")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Copy picture, caption and link").click()
    page.get_by_role("button", name="Make the GIF").click()
    expect(page.get_by_role("button", name="Save the GIF")).to_be_visible(timeout=60_000)
    with page.expect_download():
        page.get_by_role("button", name="Save the GIF").click()
    screen.open("?page=download")
    with page.expect_download(timeout=60_000):
        page.get_by_test_id("stDownloadButton").get_by_role("button", name="HTML", exact=True).click()
    screen.open("?from=2020-09-27&to=2020-10-26")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    with page.expect_download():
        page.get_by_role("button", name="Copy picture").click()
    assert screen.forbidden == []


def test_a_cancelled_print_ends_and_the_page_stays(screen: Screen) -> None:
    page = screen.open("?page=briefing&from=2016-01-01&to=2020-11-30").page
    page.get_by_role("radio", name="month").click()
    screen.settle()
    page.get_by_role("button", name="Make the GIF").click()
    expect(page.get_by_text(re.compile("Drawing picture [1-9]"))).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Cancel").click()
    screen.settle()
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    expect(page.get_by_role("button", name="Save the GIF")).to_have_count(0)
    expect(page.get_by_role("button", name="Make the GIF")).to_be_enabled()


def test_a_reader_too_many_is_told_so_and_a_page_that_is_closed_or_loaded_again_makes_room(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTEST_SESSIONS", "2")
    with server.running(SMALL / "events.csv", tmp_path / "log.txt") as address, browser.new_context() as context:
        first, second, third = (context.new_page() for _ in range(3))
        for page in (first, second):
            for _ in range(3):  # each loading is another session, and the one before has not ended yet
                page.goto(f"{address}/?page=sources")
                expect(page.locator(".st-key-overview")).to_be_visible()
        third.goto(f"{address}/?page=sources")
        expect(third.get_by_text("2 readers at a time")).to_be_visible()
        expect(third.locator(".st-key-overview")).to_have_count(0)
        second.close()
        third.reload()
        expect(third.locator(".st-key-overview")).to_be_visible()


def test_a_view_too_large_for_memory_is_saved_as_it_is_written(
    reader: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTEST_ROWS_IN_MEMORY", "3")
    with ExitStack() as stack:
        address = stack.enter_context(server.running(SMALL / "events.csv", tmp_path / "log.txt"))
        for screen in opened(reader, address, (1440, 900)):
            page = screen.open("?page=download").page
            expect(page.get_by_text("more than 3 reports")).to_be_visible()
            with page.expect_download() as begun, page.context.expect_page():
                page.get_by_role("link", name="CSV").click()
            assert begun.value.suggested_filename.endswith(".csv")
            assert Path(begun.value.path()).read_bytes().startswith(b"\xef\xbb\xbfincident_id,")
