"""Two more cases in a real browser: each page of each is read, and no word of the shipped case stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard.parts.tour import STEPS
from dashboard.screens.contents import PAGES
from geodata.model.case import Case
from geodata.store import case_file
from tests import server
from tests.conftest import Screen, opened
from tests.server import ROOT
from tests.shipped_words import found_in

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module", params=["strike", "islands"])
def folder(request: pytest.FixtureRequest) -> Path:
    return ROOT / "tests" / "cases" / str(request.param)


@pytest.fixture(scope="module")
def case(folder: Path) -> Case:
    return case_file.read(folder)


@pytest.fixture(scope="module")
def address(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server.running(folder, tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture
def screen(reader: BrowserContext, address: str) -> Iterator[Screen]:
    yield from opened(reader, address, (1440, 900))


def read(page: Page) -> str:
    """All that a page says: its text, its title, and what fields, pictures and buttons say of themselves."""
    attributes = page.evaluate(
        "() => [...document.querySelectorAll('[placeholder], [aria-label], [title], [alt]')].flatMap((part) => "
        "['placeholder', 'aria-label', 'title', 'alt'].map((name) => part.getAttribute(name) ?? ''))"
    )
    return "\n".join([page.title(), page.locator("body").inner_text(), *attributes])


def open_all(screen: Screen, within: str) -> None:
    """Opens every closed list of a part of the page, whose content is drawn only then."""
    closed = screen.page.locator(f"{within} [data-testid=stExpander] details:not([open]) > summary:visible")
    for _ in range(12):
        if not (count := closed.count()):
            break
        for _ in range(count):
            closed.first.click()
        screen.settle()


def test_no_page_of_another_case_bears_a_word_of_the_shipped_one(screen: Screen, case: Case) -> None:
    queries = tuple(f"?page={name}" for name in PAGES)
    for number, query in enumerate(queries):
        screen.page.goto(f"{screen.address}/{query}")
        expect(screen.page.get_by_role("heading", level=1)).to_contain_text(case.title)
        screen.settle()
        # The sidebar is that of every page: its lists are opened once.
        open_all(screen, "[data-testid=stMain]" if number else "body")
        said = read(screen.page)
        assert case.title in screen.page.title()
        assert len(said) > 500, query
        assert found_in(said) == [], query
        assert not screen.page.locator("[data-testid=stException]").count(), query


def test_the_map_of_another_case_has_its_box_its_letters_and_its_names(screen: Screen, case: Case) -> None:
    screen.open()
    assert case.home
    home = screen.page.get_by_role("button", name=case.home.name, exact=True)
    expect(home).to_have_attribute("title", f"Zoom to {case.home.covers}")
    seen = screen.page.locator(".tm").evaluate("root => root.attest.views[0].map.getBounds().toBBoxString()")
    west, south, east, north = map(float, seen.split(","))
    assert west <= case.home.west < case.home.east <= east
    assert south <= case.home.south < case.home.north <= north
    legend = screen.page.locator(".tm-legend")
    for side in case.parties:
        expect(legend).to_contain_text(case.side_name(side))
    assert screen.page.get_by_test_id("stTextInputField").first.get_attribute("placeholder") == case.search_hint
    assert screen.page.locator(".st-key-naming").count() == (len(case.languages) > 1), "one way to name is no choice"


def test_class_mode_opens_with_a_list_of_persons_and_stays_closed_without(screen: Screen, folder: Path) -> None:
    screen.page.goto(f"{screen.address}/?mode=class")
    if (folder / case_file.PERSONS).exists():
        expect(screen.page.locator(".tm-count")).to_contain_text("on the map")
        screen.settle()
    else:
        expect(screen.page.get_by_role("alert")).to_contain_text(
            "Class mode stays closed: this table has no list of persons"
        )
        assert "Tom Arkle" not in read(screen.page)
        assert not screen.page.locator(".tm").count()
    assert found_in(read(screen.page)) == []
    screen.page.get_by_role("button", name="Leave").click()
    expect(screen.page.locator(".tm-count")).to_contain_text("on the map")


def test_a_lesson_is_shown_where_class_mode_is_open(screen: Screen, folder: Path) -> None:
    screen.page.goto(f"{screen.address}/?page=lessons")
    [lesson] = folder.glob("lessons/*.md")
    begin = screen.page.get_by_role("button", name="Show in class")
    expect(screen.page.get_by_role("button", name="Lesson file", exact=True)).to_be_visible()
    if not (folder / case_file.PERSONS).exists():
        assert not begin.count()
        expect(screen.page.get_by_text("Class mode stays closed")).to_be_visible()
        return
    begin.click()
    expect(screen.page.locator(".st-key-lesson_step")).to_contain_text("call the harbour by two names")
    screen.settle()
    assert lesson.stem in screen.page.url


def test_the_tour_bears_no_word_of_the_shipped_case() -> None:
    assert found_in(" ".join(f"{step.title} {step.words}" for step in STEPS)) == []
