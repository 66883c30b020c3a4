"""A case and a table whose every text tries to be more: walked whole, beside a canary that must hear nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as TooLateError

from dashboard.screens.contents import PAGES
from dashboard.state.link import OURS
from geodata.briefing import BRIEFINGS, Briefing
from geodata.formats import EXPORTS, LESSONS
from geodata.lessons import read_all
from geodata.model.selection import Selection
from geodata.store import classroom
from geodata.store.importers import open_table
from tests import hostile, hostile_case, server
from tests.browser.test_cases import open_all
from tests.conftest import Screen

pytestmark = pytest.mark.attack

ACTING = """() => {
  const every = (root) => [...root.querySelectorAll("*")].flatMap((one) =>
    [one, ...(one.shadowRoot ? every(one.shadowRoot) : [])]);
  const acts = (one) =>
    (one.matches("a[href], area[href]") && !/^(#|blob:)/.test(one.getAttribute("href"))) ||
    (one.matches("img, iframe, video, audio, source, object, embed") && !/^(data:|blob:)/.test(one.src ?? "") &&
      new URL(one.src || one.data || "about:blank", document.baseURI).origin !== location.origin) ||
    one.matches(".katex, .stMarkdownColoredText[style], [onerror]");
  return every(document).filter(acts).map((one) => one.outerHTML.slice(0, 300));
}"""
"""What on the page is more than text: links that lead elsewhere, what is fetched from elsewhere, formulas, colours."""

MOST_CLICKED = 8
"""Texts with an address that are clicked on a page: those that follow are more rows of the same."""

LONG_NUMBER = "".join(str(digit) for digit in range(10)) * 500
"""A number of 5,000 digits: Python reads none longer than 4,300."""


@dataclass
class Walk:
    """The hostile case and table, where each is served, and what the canary heard."""

    folder: Path
    case: str
    table: str
    canary: str
    heard: list[str]


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("hostile")
    with hostile.canary() as (canary, heard):
        case = hostile_case.made(folder / "case", canary)
        table = hostile_case.table(folder / "table.csv", canary)
        with server.running(case, folder / "case.log") as one, server.running(table, folder / "table.log") as other:
            yield Walk(folder, one, other, canary, heard)


@pytest.fixture
def page(reader: BrowserContext) -> Iterator[Page]:
    page = reader.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    yield page
    page.close()


def assert_all_is_text(page: Page, walk: Walk, where: str) -> None:
    assert page.evaluate(ACTING) == [], where
    assert page.evaluate("window.hit") is None, where
    said = page.locator("body").inner_text()
    assert "\\[l\\](http" not in said, f"{where}: what is no Markdown shows the signs that keep it from acting"
    assert page.get_by_test_id("stException").count() == 0, where
    assert str(walk.folder) not in said, f"{where}: a path of the server"
    assert "Traceback" not in said, where
    assert walk.heard == [], where


def visit(page: Page, walk: Walk, address: str) -> None:
    page.goto(address)
    running = page.locator("[data-testid=stApp]")
    expect(running).to_have_attribute("data-test-script-state", "notRunning", timeout=90_000)
    screen = Screen(page, address, [], [])
    screen.settle()
    open_all(screen, "body")
    for popover in page.locator("[data-testid=stPopover] button").all():
        popover.click()
        page.wait_for_timeout(150)
        assert_all_is_text(page, walk, address)
        page.keyboard.press("Escape")
    assert_all_is_text(page, walk, address)
    click_all(page, walk, address)


def click_all(page: Page, walk: Walk, where: str) -> None:
    """Clicks what shows the canary's address: nothing follows it, here or in another window."""
    windows = len(page.context.pages)
    told = page.get_by_text(walk.canary.partition("://")[2])
    clicked = 0
    for number in range(told.count()):
        one = told.nth(number)
        if clicked == MOST_CLICKED or not one.is_visible():
            continue
        with suppress(TooLateError):  # it lies under another, where no reader could click it either
            one.click(timeout=500)
            clicked += 1
    page.wait_for_timeout(500)
    assert walk.heard == [], where
    assert len(page.context.pages) == windows, where
    assert urlsplit(page.url).netloc == urlsplit(where).netloc
    assert_all_is_text(page, walk, where)


@pytest.mark.parametrize("name", PAGES)
def test_a_text_of_a_case_is_text_on_every_page(page: Page, walk: Walk, name: str) -> None:
    visit(page, walk, f"{walk.case}/?page={name}&incident=1911-08-landing")


@pytest.mark.parametrize("name", PAGES)
def test_a_text_of_a_table_of_others_is_text_on_every_page(page: Page, walk: Walk, name: str) -> None:
    visit(page, walk, f"{walk.table}/?page={name}")


@pytest.mark.parametrize(
    "query",
    ["embed=true", "mode=class", *(f"mode=class&lesson=three-parties&step={step}" for step in (1, 2, LONG_NUMBER))],
)
def test_a_text_is_text_in_a_frame_and_in_class(page: Page, walk: Walk, query: str) -> None:
    visit(page, walk, f"{walk.case}/?{query}")


def test_a_text_of_an_address_is_text(page: Page, walk: Walk) -> None:
    at = f"{walk.canary}/address"
    for text in (f"![i]({at}) {at} $x$ :red[x] <img src={at}>", at):
        query = page.evaluate("([names, text]) => new URLSearchParams(names.map((one) => [one, text])).toString()",
                              [[*OURS, "camera", "axis", "lanes", "panel"], text])  # fmt: skip
        for start in ("", "page=map&", "page=sources&", "page=briefing&"):
            visit(page, walk, f"{walk.case}/?{start}{query}")


def test_a_number_of_five_thousand_digits_in_an_address_is_no_fault(page: Page, walk: Walk) -> None:
    names = [*OURS, "camera", "axis", "lanes", "panel"]
    for start in range(0, len(names), 6):
        query = "&".join(f"{name}={LONG_NUMBER}" for name in names[start : start + 6])
        visit(page, walk, f"{walk.case}/?{query}")


def test_a_text_is_text_in_every_page_that_is_saved(page: Page, walk: Walk, tmp_path: Path) -> None:
    dataset = open_table(walk.folder / "case")
    room = classroom.suitable(dataset)
    [lesson], _ = read_all(walk.folder / "case" / "lessons", dataset.case)
    incidents = dataset.fetch(dataset.reports.select("incident_id").distinct())["incident_id"].to_pylist()
    briefing = Briefing(dataset, tuple(sorted(incidents)[:3]), date(2026, 1, 1))
    saved = {
        "map": EXPORTS["html"](dataset, Selection()),
        "table": EXPORTS["html"](open_table(walk.folder / "table.csv"), Selection()),
        "lesson": LESSONS["html"](room, lesson),
        "briefing": BRIEFINGS["html"](briefing),
    }
    for name, content in saved.items():
        file = tmp_path / f"{name}.html"
        file.write_bytes(content)
        page.goto(file.as_uri())
        page.wait_for_timeout(1500)
        assert page.evaluate(ACTING) == [], name
        assert page.evaluate("window.hit") is None, name
        assert walk.heard == [], name
