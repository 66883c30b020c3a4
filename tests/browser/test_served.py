"""The page however it is served: by ``streamlit run``, below a base path, in a frame; and what no page may do to it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard.screens.contents import PAGES
from tests import server
from tests.browser.test_frame import Silent
from tests.conftest import SMALL, Screen, opened
from tests.server import ROOT

pytestmark = pytest.mark.heavy

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


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server of another origin on this machine, and the folder that it serves."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(tmp_path))) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{other.server_port}", tmp_path
        other.shutdown()


def framed(screen: Screen, elsewhere: tuple[str, Path], query: str) -> Page:
    """A page of another origin with the dashboard in a frame."""
    origin, folder = elsewhere
    code = f'<!doctype html><iframe src="{screen.address}/{query}" style="width: 900px; height: 900px"></iframe>'
    (folder / "host.html").write_text(code, encoding="utf-8")
    screen.page.goto(f"{origin}/host.html")
    return screen.page


def only_this(screen: Screen, origin: str) -> None:
    """The page of the other origin itself is no outside request here."""
    screen.outside[:] = [url for url in screen.outside if not url.startswith(origin)]


def test_the_view_for_frames_is_shown_in_a_page_of_another_origin(
    small_screen: Screen, elsewhere: tuple[str, Path]
) -> None:
    page = framed(small_screen, elsewhere, "?embed=true")
    expect(page.frame_locator("iframe").locator(".tm-count").first).to_contain_text("on the map")
    only_this(small_screen, elsewhere[0])


@pytest.mark.parametrize("query", ["", "?page=table", "?embed=false", "?mode=class"])
def test_no_other_view_is_shown_in_a_page_of_another_origin(
    small_screen: Screen, elsewhere: tuple[str, Path], query: str
) -> None:
    page = framed(small_screen, elsewhere, query)
    page.wait_for_timeout(1500)
    assert not page.frame_locator("iframe").locator("[data-testid=stApp]").count()
    assert any("frame-ancestors" in said for said in small_screen.forbidden)
    small_screen.forbidden.clear()
    only_this(small_screen, elsewhere[0])


CONNECTS = """address => new Promise((done) => {
  const socket = new WebSocket(address, ["streamlit"]);
  socket.onopen = () => done("open");
  socket.onerror = () => done("refused");
})"""


def test_a_page_of_another_origin_opens_no_websocket_and_reads_no_table(
    small_screen: Screen, elsewhere: tuple[str, Path]
) -> None:
    page = small_screen.open().page
    socket = f"{small_screen.address.replace('http:', 'ws:')}/_stcore/stream"
    assert page.evaluate(CONNECTS, socket) == "open"
    (elsewhere[1] / "page.html").write_text("<!doctype html><title>other</title>", encoding="utf-8")
    page.goto(f"{elsewhere[0]}/page.html")
    assert page.evaluate(CONNECTS, socket) == "refused"
    read = f"fetch('{small_screen.address}/_stcore/host-config').then(() => 'read', () => 'refused')"
    assert page.evaluate(read) == "refused"
    only_this(small_screen, elsewhere[0])


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
    page = screen.open("?page=briefing").page
    page.get_by_role("button", name="Make the GIF").click()
    page.get_by_role("button", name="Cancel").click(timeout=30_000)
    screen.settle()
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    expect(page.get_by_role("button", name="Save the GIF")).to_have_count(0)
    expect(page.get_by_role("button", name="Make the GIF")).to_be_enabled()


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
