"""Room on the screen: what can be pressed or must be read is cut off by nothing and covered by nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from geodata import lessons
from geodata.store import case_file
from tests.conftest import opened
from tests.server import ROOT

pytestmark = pytest.mark.heavy

COVERED = """root => [...root.querySelectorAll('.tm-tools button, .tm-legend summary')].filter(one => {
    if (!one.checkVisibility()) return false;
    const box = one.getBoundingClientRect();
    return [[box.left + 2, box.top + 2], [box.right - 2, box.bottom - 2]].some(([x, y]) => {
        const top = root.getRootNode().elementFromPoint(x, y);
        return !top || !one.contains(top);
    });
}).map(one => one.textContent)"""


CUT = """root => [root, ...root.querySelectorAll('*')].filter(one =>
    getComputedStyle(one).overflowX === 'hidden' && one.clientWidth > 1 && one.scrollWidth > one.clientWidth
).map(one => one.outerHTML)"""
"""Elements that hide a part of what they hold; of a pixel is what only a screen reader finds."""


@pytest.mark.parametrize("size", [(1440, 1000), (1280, 1000), (1100, 1000), (390, 1400)], ids=str)
@pytest.mark.parametrize("query", ["?from=2020-09-27&to=2020-11-10", "?page=compare"])
def test_nothing_covers_or_cuts_the_buttons_of_a_map(
    reader: BrowserContext, dashboard: str, size: tuple[int, int], query: str
) -> None:
    for screen in opened(reader, dashboard, size):
        screen.page.goto(f"{dashboard}/{query}")
        expect(screen.page.locator(".tm-count").last).to_contain_text("on the map")
        screen.settle()
        assert screen.page.locator(".tm").evaluate(COVERED) == []


@pytest.mark.parametrize("width", [1440, 1280, 1100, 390])
def test_the_label_of_the_divider_is_whole(reader: BrowserContext, dashboard: str, width: int) -> None:
    for screen in opened(reader, dashboard, (width, 1000)):
        screen.page.goto(f"{dashboard}/?page=compare")
        toggle = screen.page.locator(".st-key-split")
        expect(toggle.locator("p")).to_have_text("One map with a divider")
        screen.settle()
        assert toggle.evaluate(CUT) == []


def test_the_caption_of_a_table_that_scrolls_sideways_stays_in_view_on_a_phone(
    reader: BrowserContext, dashboard: str
) -> None:
    for screen in opened(reader, dashboard, (390, 1000)):
        screen.page.goto(f"{dashboard}/?page=who-is-heard")
        table = screen.page.locator(".attest-scroll").first
        expect(table).to_be_visible()
        screen.settle()
        for moved in (0, 120):
            table.evaluate("(one, moved) => { one.scrollLeft = moved; }", moved)
            assert table.evaluate("one => one.scrollLeft") == moved, "the table is wider than its place"
            caption, place = table.locator("caption").bounding_box(), table.bounding_box()
            assert caption
            assert place
            assert place["x"] <= caption["x"]
            assert caption["x"] + caption["width"] <= place["x"] + place["width"]


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "lessons").glob("*.md")))
def test_the_words_and_questions_of_every_step_are_on_the_first_screen(
    reader: BrowserContext, dashboard: str, name: str
) -> None:
    lesson = lessons.read(ROOT / "lessons" / f"{name}.md", case_file.read(ROOT))
    for screen in opened(reader, dashboard, (1440, 900)):
        page = screen.page
        page.goto(f"{dashboard}/?mode=class&lesson={name}&step=1")
        for number, step in enumerate(lesson.steps, start=1):
            if number > 1:
                page.get_by_role("button", name="Next ▸").click()
            panel = page.locator(".st-key-lesson_step")
            expect(panel.locator("h2")).to_have_text(step.title)
            screen.settle()
            expect(panel.locator("p", has_text=step.questions[-1])).to_be_in_viewport(ratio=1)
