"""The tour on a first visit: it points at what it speaks of, and the keyboard alone leads through it and out of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from dashboard.parts.tour import STEPS

pytestmark = pytest.mark.heavy  # the suite of every day stays short

SIZES = {"desktop": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def first_visit(request: pytest.FixtureRequest, browser: Browser, dashboard: str) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(dashboard)
    expect(page.locator(".tm-count").first).to_contain_text("on the map")
    expect(tour_of(page)).to_be_visible()
    yield page
    context.close()


def tour_of(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Tour")


def ring_of(page: Page) -> FloatRect:
    """The ring, once it has followed what it goes round."""
    page.wait_for_timeout(500)
    box = page.locator(".st-key-tour div[popover]").bounding_box()
    assert box
    return box


def spoken_of(page: Page, number: int) -> list[FloatRect]:
    step = STEPS[number]
    for selector in step.at:
        found = page.locator(selector).all()
        boxes = [one.bounding_box() for one in found if not step.named or one.inner_text() in step.named]
        if seen := [box for box in boxes if box and box["width"]]:
            return seen
    return []


def in_window(box: FloatRect, page: Page) -> tuple[float, float, float, float]:
    size = page.viewport_size
    assert size
    return (
        max(0, box["x"]),
        max(0, box["y"]),
        min(size["width"], box["x"] + box["width"]),
        min(size["height"], box["y"] + box["height"]),
    )


def test_each_step_has_its_ring_round_what_it_speaks_of_and_its_words_in_the_window(first_visit: Page) -> None:
    page = first_visit
    for number, step in enumerate(STEPS):
        tour = tour_of(page)
        expect(tour).to_contain_text(step.title)
        left, top, right, bottom = in_window(ring_of(page), page)
        targets = spoken_of(page, number)
        assert targets, step.title
        edges = [in_window(target, page) for target in targets]
        around = min(e[0] for e in edges), min(e[1] for e in edges), max(e[2] for e in edges), max(e[3] for e in edges)
        assert [abs(one - other) <= 5 for one, other in zip(around, (left, top, right, bottom), strict=True)] == [
            True
        ] * 4, (step.title, around, (left, top, right, bottom))
        words = tour.bounding_box()
        assert words
        assert in_window(words, page) == (
            words["x"], words["y"], words["x"] + words["width"], words["y"] + words["height"]
        ), step.title  # fmt: skip
        if number + 1 < len(STEPS):
            tour.get_by_role("button", name="Next").click()


def test_who_follows_a_link_to_a_card_reads_it_first(browser: Browser, dashboard: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{dashboard}/?incident=2020-shushi-shelling")
    expect(page.locator(".tm-panel h2").first).to_contain_text("Shushi")
    page.wait_for_timeout(1000)
    expect(tour_of(page)).to_be_hidden()
    page.goto(dashboard)
    expect(tour_of(page)).to_be_visible()
    context.close()


def test_the_keyboard_leads_on_and_back_and_escape_ends_the_tour_for_good(first_visit: Page) -> None:
    page = first_visit
    tour = tour_of(page)
    expect(tour.get_by_role("button", name="Next")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tour).to_contain_text("2 / 6")
    expect(tour.get_by_role("button", name="Next")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(tour).to_contain_text("1 / 6")
    page.locator(".tm-leaflet").focus()
    page.keyboard.press("Escape")
    expect(tour).to_be_hidden()
    page.reload()
    expect(page.locator(".tm-count").first).to_contain_text("on the map")
    page.wait_for_timeout(500)
    expect(tour).to_be_hidden()


def test_the_page_stays_in_use_while_the_tour_is_open(first_visit: Page) -> None:
    page = first_visit
    before = page.locator(".tm").evaluate("root => root.attest.views[0].map.getZoom()")
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("zoom => [...document.querySelectorAll('.st-key-timemap *')]"
                           ".some(host => host.shadowRoot?.querySelector('.tm')?.attest.views[0].map.getZoom() > zoom)",
                           arg=before)  # fmt: skip
    expect(tour_of(page)).to_contain_text("1 / 6")
