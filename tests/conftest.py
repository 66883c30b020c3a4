"""What several rooms of tests share: the shipped table, and the real dashboard in a real browser."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect, sync_playwright
from streamlit.components.v2 import manifest_scanner

from dashboard.server.options import options
from geodata.store import case_file
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table, ready
from geodata.store.load import load
from tests import chromium, server
from tests.large import served
from tests.server import ROOT

expect.set_options(timeout=15_000)
os.environ.setdefault(ready.FOLDER, "no")  # a test that keeps tables names a folder; a server that it starts keeps none


def pytest_collection_finish() -> None:
    """What is loaded by now lasts as long as the tests: to look through it again and again for what nobody uses takes
    a tenth of their time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 50)


def pytest_unconfigure() -> None:
    gc.unfreeze()  # or modules tell at the end of objects that were left over


@pytest.fixture(autouse=True, scope="session")
def _components_sought_once() -> Iterator[None]:
    """For each page that it runs Streamlit reads what is known of every installed package: 0.4 s, always the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def _fresh_options() -> Iterator[None]:
    """Our options are read once a process; each test reads its own."""
    options.cache_clear()
    yield
    options.cache_clear()


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    return load(ROOT)


@pytest.fixture(scope="session")
def tables_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case with a table of others beside its own: twenty rows of UCDP GED."""
    folder = tmp_path_factory.mktemp("with_tables")
    for name in case_file.FILES:
        shutil.copy(ROOT / name, folder / name)
    (folder / "tables").mkdir()
    shutil.copy(ROOT / "tests" / "data" / "ged_extract.csv", folder / "tables" / "ged.csv")
    with (folder / case_file.CASE).open("a", encoding="utf-8") as case:
        case.write("\ntables:\n  ged: {file: tables/ged.csv, title: UCDP GED}\n")
    return folder


@pytest.fixture(scope="session")
def with_tables(tables_folder: Path) -> Dataset:
    return open_table(tables_folder)


SMALL = ROOT / "tests" / "data" / "small"
"""A case of eleven reports for tests that count: a new document in the shipped table changes nothing in it."""


@pytest.fixture(scope="session")
def small() -> Dataset:
    return load(SMALL)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The founders' folder beside the repository, where there is one."""
    folder = ROOT.parent / "shared"
    if not (folder / "sources").is_dir():
        pytest.skip("the documents in ../shared are not at hand")
    return folder


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = chromium.launch(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server.running(ROOT / "events.csv", tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture(scope="session")
def small_dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server.running(SMALL / "events.csv", tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


WITHOUT_MAP = ("briefing", "download", "3-d", "help", "table", "lessons", "disagreements", "who-is-heard", "by-area")
"""Pages that draw no map of their own."""

SIDEBAR_FORGOTTEN = """for (const key of Object.keys(localStorage)) {
  if (key.startsWith("stSidebarCollapsed")) localStorage.removeItem(key);
}"""
"""Streamlit keeps in the browser whether the list of filters was closed, also for the tests that follow."""

TOUR_SEEN = "localStorage.setItem('attest-tour-seen', '1')"


@dataclass
class Screen:
    """A page of the dashboard, the outside requests it made and what its policy forbade: there must be none of both."""

    page: Page
    address: str
    outside: list[str]
    to_server: list[str]
    forbidden: list[str] = field(default_factory=list)

    def open(self, query: str = "") -> Screen:
        self.page.goto(f"{self.address}/{query}")
        if any(f"page={name}" in query for name in WITHOUT_MAP):
            expect(self.page.locator(".st-key-overview")).to_be_visible()
        else:
            expect(self.page.locator(".tm-count").first).to_contain_text("on the map")
        self.settle()
        return self

    def settle(self) -> None:
        """Waits until the server has answered and the page is still."""
        self.page.wait_for_timeout(250)
        expect(self.page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
        self.page.wait_for_timeout(100)

    @property
    def sentence(self) -> Locator:
        return self.page.locator(".st-key-said p").first

    def mark(self, name: str) -> None:
        """Clicks a mark through the list that the keyboard reaches."""
        self.page.get_by_role("button", name="List marks").click()
        self.page.locator(".tm-jump").filter(has_text=name).first.click()


@pytest.fixture(params=[(1440, 900)], ids=["desktop"])
def screen(request: pytest.FixtureRequest, reader: BrowserContext, dashboard: str) -> Iterator[Screen]:
    yield from opened(reader, dashboard, request.param)


@pytest.fixture
def small_screen(reader: BrowserContext, small_dashboard: str) -> Iterator[Screen]:
    yield from opened(reader, small_dashboard, (1440, 900))


@pytest.fixture(scope="session")
def reader(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A reader who has been here before: the browser keeps Streamlit's scripts from one test to the next."""
    context = chromium.launch_profile(playwright, tmp_path_factory.mktemp("profile"))
    context.add_init_script(TOUR_SEEN)
    yield context
    context.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a large table, see `tests.large`."""
    with served(tmp_path_factory.mktemp("large")) as address:
        yield address


def opened(reader: BrowserContext, address: str, size: tuple[int, int]) -> Iterator[Screen]:
    """A page of its own; fails at the end on any request outside localhost and on any script error."""
    page = reader.new_page()
    page.add_init_script(SIDEBAR_FORGOTTEN)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    screen = Screen(page, address, [], [])
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://localhost", "blob:", "data:"))
            else screen.outside.append(request.url)
        ),
    )
    page.on(
        "console",
        lambda said: screen.forbidden.append(said.text) if "Content Security Policy" in said.text else None,
    )
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: screen.to_server.append(str(frame))))
    yield screen
    page.close()
    reader.clear_permissions()
    reader.clear_cookies()
    assert screen.outside == []
    assert screen.forbidden == []
    assert errors == []


@pytest.fixture
def table_copy(tmp_path: Path) -> Path:
    """The table of a copy of the shipped case, where a test may change any of its files."""
    for name in case_file.FILES:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path / "events.csv"
