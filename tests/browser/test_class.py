"""Class mode and lessons as a teacher uses them: 1280 × 720, a clicker, no network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from geodata.briefing.sheet import Box
from geodata.lessons import read
from geodata.model.selection import select
from geodata.store.classroom import suitable
from geodata.store.dataset import Dataset
from tests.conftest import Screen, opened
from tests.server import ROOT

FIRST = "how-to-read-a-claim"


@pytest.fixture
def projector(reader: BrowserContext, dashboard: str) -> Iterator[Screen]:
    yield from opened(reader, dashboard, (1280, 720))


def go(screen: Screen, query: str) -> Page:
    screen.page.goto(f"{screen.address}/{query}")
    expect(screen.page.locator(".st-key-class")).to_be_visible()
    expect(screen.page.locator(".tm-bar")).to_be_visible()
    screen.settle()
    return screen.page


@pytest.mark.heavy
def test_marks_and_letters_are_larger_and_the_page_needs_no_scrolling(projector: Screen) -> None:
    page = go(projector, "?mode=class&from=2020-09-27&to=2020-11-10")
    assert page.locator(".tm").evaluate("root => root.attest.magnification") > 1.5
    play = page.locator(".tm-play").bounding_box()
    assert play
    assert play["width"] >= 90
    strip = page.locator(".tm-strip").bounding_box()
    assert strip
    assert strip["y"] + strip["height"] <= 720, "the timeline is on the first screen"
    small = page.evaluate(
        """() => [...document.querySelectorAll('.st-key-class p, .st-key-class button')].filter(one =>
        one.checkVisibility() && parseFloat(getComputedStyle(one).fontSize) < 15).map(one => one.textContent)"""
    )
    assert small == []


def test_the_presenters_keys_play_step_and_blank(projector: Screen) -> None:
    page = go(projector, "?mode=class&from=2020-09-01&to=2020-09-30")
    page.locator("body").press("ArrowRight")
    expect(page.get_by_label("First day of the window")).to_have_value("1 Oct 2020")
    page.locator("body").press("Space")
    expect(page.locator(".tm-play")).to_have_attribute("aria-label", "Pause")
    page.locator("body").press("Space")
    page.locator("body").press("b")
    expect(page.locator(".attest-blank")).to_be_visible()
    page.locator("body").press("b")
    expect(page.locator(".attest-blank")).to_have_count(0)


@pytest.mark.heavy
def test_no_tag_of_an_area_covers_a_mark_or_another_tag(projector: Screen) -> None:
    page = go(projector, "?mode=class&camera=39.9,46.6,7.5")
    expect(page.locator(".tm-count")).to_contain_text("report")
    projector.settle()
    boxes = page.locator(".tm").evaluate(
        """root => root.attest.views[0].items.map(({ box, kind }) =>
        [kind === 'area', box.x, box.y, box.width, box.height])"""
    )
    tags = [Box(*box) for is_tag, *box in boxes if is_tag]
    marks = [Box(*box) for is_tag, *box in boxes if not is_tag]
    assert tags
    assert marks
    for at, tag in enumerate(tags):
        assert not any(tag.overlaps(other) for other in (*marks, *tags[:at]))


def test_graphic_rows_and_private_names_are_not_in_the_page_at_all(projector: Screen, shipped: Dataset) -> None:
    reports = shipped.reports
    graphic = shipped.fetch(reports.filter(reports.graphic).select("incident_id"))["incident_id"].to_pylist()
    page = go(projector, f"?mode=class&incident={graphic[0]}&graphic=1&scopes=")
    details = page.locator(".tm").evaluate("root => JSON.stringify(root.attest.options.details)")
    shown = page.locator("body").inner_text()
    for text in (details, shown):
        assert not re.search("Sloyan|Margaryan|Safarov", text)
    assert page.locator(".tm").evaluate("root => root.attest.table.length") == suitable(shipped).size < shipped.size


def test_a_lesson_runs_step_by_step_with_the_clicker_and_its_link(projector: Screen, shipped: Dataset) -> None:
    classroom = suitable(shipped)
    lesson = read(ROOT / "lessons" / f"{FIRST}.md", shipped.case)
    page = projector.page
    page.goto(f"{projector.address}/?page=lessons")
    page.locator(f".st-key-begin_{FIRST} button").click()  # by its key: a button may be named before the one above it
    step = page.locator(".st-key-lesson_step")
    expect(step).to_contain_text(lesson.steps[0].title)
    expect(page.locator(".tm-count")).to_contain_text("report")
    projector.settle()
    for expected in lesson.steps[1:3]:
        page.locator("body").press("PageDown")
        expect(step).to_contain_text(expected.title)
        projector.settle()
        told = len(classroom.fetch(select(classroom.reports, expected.selection())))
        assert page.locator(".tm").evaluate("root => root.attest.shown") == told
    expect(page).to_have_url(re.compile("step=3"))
    page.goto(f"{projector.address}/?mode=class&lesson={FIRST}&step=2")
    expect(step).to_contain_text(lesson.steps[1].title)
    expect(page.locator(".tm-count")).to_contain_text("report")
    projector.settle()
    page.locator("body").press("PageUp")
    expect(step).to_contain_text(lesson.steps[0].title)


SHIPPED = sorted(path.stem for path in (ROOT / "lessons").glob("*.md"))

NOT_IN_VIEW = """() => {
    const parts = { words: '[class*="st-key-lesson_words"]', questions: '.st-key-lesson_asked' };
    const found = Object.entries(parts).map(([name, where]) => [name, document.querySelector(where)]);
    return found.filter(([, one]) => {
        const box = one?.getBoundingClientRect();
        const isIn = box && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
        return !isIn || one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;
    }).map(([name]) => name);
}"""
"""Words and questions that do not stand whole in the window, or are longer than their place."""


@pytest.mark.heavy
@pytest.mark.parametrize("name", SHIPPED)
def test_words_questions_map_and_card_of_every_step_are_in_view(projector: Screen, shipped: Dataset, name: str) -> None:
    lesson = read(ROOT / "lessons" / f"{name}.md", shipped.case)
    page = go(projector, f"?mode=class&lesson={name}&step=1")
    for number, step in enumerate(lesson.steps, start=1):
        if number > 1:
            page.locator("body").press("PageDown")
        expect(page.locator(".st-key-lesson_step h2")).to_have_text(step.title)
        projector.settle()
        assert page.evaluate(NOT_IN_VIEW) == [], step.title
        main = page.locator("[data-testid=stMain]")
        assert main.evaluate("one => one.scrollHeight <= one.clientHeight"), f"{step.title}: the page scrolls"
        for part in (".tm-map", ".tm-strip", *([".tm-panel"] if step.incident else [])):
            box = page.locator(part).bounding_box()
            assert box, f"{step.title}: no {part}"
            assert box["x"] >= 0, (step.title, part)
            assert box["y"] >= 0, (step.title, part)
            assert box["x"] + box["width"] <= 1280, (step.title, part)
            assert box["y"] + box["height"] <= 720, (step.title, part)
            assert box["width"] * box["height"] > 380 * 400 or part == ".tm-strip", (step.title, part)
        if step.incident:
            expect(page.locator(".tm-head h2")).to_be_in_viewport(ratio=1)


@pytest.mark.heavy
def test_a_clicker_turns_the_steps_wherever_the_focus_is(projector: Screen, shipped: Dataset) -> None:
    lesson = read(ROOT / "lessons" / f"{FIRST}.md", shipped.case)
    page = go(projector, f"?mode=class&lesson={FIRST}&step=1")
    title = page.locator(".st-key-lesson_step h2")

    def turned(key: str, number: int) -> None:
        page.keyboard.press(key)
        expect(title).to_have_text(lesson.steps[number - 1].title)
        projector.settle()

    page.get_by_label("First day of the window").focus()
    turned("PageDown", 2)
    page.locator(".tm-leaflet").click(position={"x": 40, "y": 300})
    turned("ArrowRight", 3)
    page.locator(".tm-right").click()
    turned("ArrowRight", 4)
    turned("ArrowLeft", 3)
    page.get_by_role("button", name="List marks").click()
    turned("PageUp", 2)
    turned("PageUp", 1)
    expect(page).not_to_have_url(re.compile("camera="))  # a step without a camera shows home, with the card gone too
    page.get_by_role("button", name="Answer sheet").click()
    page.get_by_label("Why").fill("It was there.")
    turned_to = lesson.steps[1].title
    page.keyboard.press("PageDown")
    expect(page.locator(".st-key-lesson_words_sheet")).to_contain_text(turned_to)
    projector.settle()
    page.keyboard.press("PageUp")
    expect(page.get_by_label("Why").last).to_have_value("It was there.")
    page.get_by_role("button", name="Words").click()
    expect(title).to_have_text(lesson.steps[0].title)
    for key in (".", "b"):
        page.keyboard.press(key)
        expect(page.locator(".attest-blank")).to_be_visible()
        page.keyboard.press(key)
        expect(page.locator(".attest-blank")).to_have_count(0)


@pytest.mark.heavy
def test_arrows_stay_with_a_control_that_was_reached_by_tab(projector: Screen) -> None:
    page = go(projector, f"?mode=class&lesson={FIRST}&step=6")
    last = page.get_by_label("Last day of the window")
    expect(last).to_have_value("29 Feb 2024")
    page.locator(".tm-play").focus()
    while not page.locator(".tm-right:focus").count():
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    expect(last).not_to_have_value("29 Feb 2024")
    projector.settle()
    expect(page.locator(".st-key-lesson_step h2")).to_have_text("Corroboration, one event told again")


@pytest.mark.heavy
def test_a_lesson_is_made_of_views_and_reads_back(projector: Screen, tmp_path: Path, shipped: Dataset) -> None:
    page = projector.page
    page.goto(f"{projector.address}/?page=lessons&from=2020-09-27&to=2020-11-10&sides=azerbaijani&camera=40,46.5,7")
    page.get_by_role("radio", name="Make a lesson").click()
    expect(page.locator(".tm-count")).to_contain_text("report")
    page.get_by_label("Title of the lesson").fill("Ganja, autumn 2020")
    page.get_by_role("button", name="Add this view as a step").click()
    page.get_by_label("Title of the step").fill("Who speaks")
    page.get_by_label("Words that the class reads").fill("Read who says so.\n\nThen ask who does not speak.")
    page.get_by_label("Questions, one on each line").fill("Who speaks?\nWho is silent?")
    page.get_by_label("Title of the step").press("Enter")
    expect(page.get_by_role("button", name="1 · Who speaks")).to_be_visible()
    projector.settle()
    page.locator(".tm-leaflet").press("ArrowUp")  # the map moves: the second step is of where it looks then
    projector.settle()
    page.get_by_role("button", name="Add this view as a step").click()
    expect(page.get_by_role("button", name="2 · (no title yet)")).to_be_visible()
    projector.settle()
    page.get_by_label("Title of the step").fill("Farther north")
    page.get_by_label("Words that the class reads").fill("Look.")
    page.get_by_label("Title of the step").press("Enter")
    expect(page.get_by_role("button", name="2 · Farther north")).to_be_visible()
    projector.settle()
    page.locator(".st-key-draft_up_1 button").first.click()
    expect(page.get_by_role("button", name="1 · Farther north")).to_be_visible()
    projector.settle()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the file").click()
    path = tmp_path / download.value.suggested_filename
    assert path.name == "ganja-autumn-2020.md"
    download.value.save_as(path)
    north, step = read(path, shipped.case).steps
    assert step.window
    assert (str(step.window.first), str(step.window.last)) == ("2020-09-27", "2020-11-10")
    assert step.filters.sides == ("azerbaijani",)
    assert step.questions == ("Who speaks?", "Who is silent?")
    assert step.camera
    assert (step.camera.latitude, step.camera.zoom) == (40, 7)
    assert north.camera
    assert north.camera.latitude > 40
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".st-key-lesson_step h2")).to_have_text("Farther north")
    expect(page.locator(".tm-bar")).to_be_visible()
    projector.settle()
    page.locator("body").press("PageDown")
    expect(page.locator(".st-key-lesson_step h2")).to_have_text("Who speaks")
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("button", name="1 · Farther north")).to_be_visible()


@pytest.mark.heavy
def test_axe_finds_nothing_grave_in_class_mode(projector: Screen) -> None:
    page = go(projector, f"?mode=class&lesson={FIRST}&step=1")
    page.wait_for_timeout(1000)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert not [(one["id"], one["nodes"][0]["target"]) for one in found if one["impact"] in ("serious", "critical")]
