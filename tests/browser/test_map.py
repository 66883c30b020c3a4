"""The map as a person uses it: the shipped table, the real server, Chromium with the network blocked."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.conftest import TOUR_SEEN, Screen, opened


def test_opens_on_the_core_scope_with_marks_and_says_what_is_left_out(screen: Screen) -> None:
    screen.open()
    expect(screen.sentence).to_contain_text("reports of")
    screen.page.get_by_role("button", name="Who speaks, what is left out").click()
    expect(screen.page.get_by_text("Left out by scope")).to_be_visible()
    expect(screen.page.locator(".st-key-overview")).to_contain_text("no evidence that nothing happened")
    assert painted(screen) > 500


def test_filtering_a_document_sends_little_and_repaints(screen: Screen) -> None:
    screen.open()
    before = screen.page.locator(".tm-count").inner_text()
    screen.page.get_by_text("Al-Ahram Weekly, 8 Oct 2020 ·").click()
    screen.settle()
    expect(screen.sentence).to_contain_text("told by 1 document")
    expect(screen.page.locator(".tm-count")).not_to_have_text(before)
    expect(screen.page).to_have_url(re.compile("sources=004_35158a2b97b6a292"))


def test_a_click_on_the_canvas_opens_what_is_drawn_there(screen: Screen) -> None:
    screen.open("?from=2020-09-27&to=2020-11-10&camera=39.8177,46.7528,8")
    screen.settle()
    leaflet = screen.page.locator(".tm-leaflet")
    box = leaflet.bounding_box()
    assert box
    middle = {"x": box["width"] / 2, "y": box["height"] / 2}
    leaflet.hover(position=middle)
    expect(screen.page.locator(".tm-tip")).to_contain_text("Stepanakert")
    leaflet.click(position=middle)
    expect(screen.page.locator(".tm-panel h2").first).to_contain_text("Stepanakert / Xankəndi")


ALL_AT_ONCE = """async (root, number) => {
  const { attest: map } = root;
  const soon = () => new Promise((resolve) => setTimeout(resolve, 3));
  document.querySelectorAll('[class*="st-key-sides-"] input[type=checkbox]')[number % 3].click();
  for (const part of [0, 1, 2]) {
    await soon();
    map.options.onWindow({ first: 7300 + number + part, last: 18_000 });
    await soon();
    map.options.onArea({ west: 40, south: 38, east: 48 + (number + part) / 100, north: 42 });
  }
}"""
"""A filter, windows and areas within a fiftieth of a second: before the page has answered the first."""


@pytest.mark.heavy
def test_what_is_done_on_the_map_while_the_page_answers_is_not_lost(screen: Screen) -> None:
    screen.open()
    expect(screen.page.locator('[class*="st-key-sides-"] input[type=checkbox]').nth(2)).to_be_attached()
    for number in range(16):
        screen.page.locator(".tm").evaluate(ALL_AT_ONCE, number)
        first, east = date(1970, 1, 1) + timedelta(7302 + number), f"{48 + (number + 2) / 100:g}"
        expect(screen.page).to_have_url(re.compile(f"from={first}.*area=[^&]*{re.escape(east)}"))
        screen.settle()


COVERED = """root => {
  const { x, y, width, height } = root.querySelector('.tm-map').getBoundingClientRect();
  const host = root.getRootNode().host, found = new Set();
  for (let down = y + 4; down < Math.min(y + height, innerHeight) - 4; down += 2)
    for (let right = x + 4; right < x + width - 4; right += 40) {
      const over = document.elementFromPoint(right, down);
      if (over !== host && !root.contains(over)) found.add(over.className);
    }
  return [...found];
}"""
"""What of the page lies over the map, by its classes."""


def test_nothing_of_the_page_lies_over_the_map_and_takes_what_a_hand_does_there(screen: Screen) -> None:
    assert screen.open().page.locator(".tm").evaluate(COVERED) == []


@pytest.mark.parametrize("size", [(1440, 900), pytest.param((1920, 1080), marks=pytest.mark.heavy)])
def test_map_and_timeline_fill_the_window(reader: BrowserContext, dashboard: str, size: tuple[int, int]) -> None:
    for screen in opened(reader, dashboard, size):
        page = screen.open("?incident=2020-shushi-shelling").page
        map_box, whole = page.locator(".tm-map").bounding_box(), page.locator(".tm").bounding_box()
        assert map_box
        assert whole
        assert map_box["height"] >= 0.65 * size[1]
        assert whole["height"] >= 0.85 * size[1]
        assert whole["y"] + whole["height"] <= size[1], "without scrolling the page"
        expect(page.locator(".tm-panel h2")).to_be_in_viewport()


@pytest.mark.heavy
def test_downloads_carry_the_attribution_of_what_is_shown(screen: Screen) -> None:
    screen.open("?q=Гянджа&page=download")
    shown = int(re.match(r"(\d+) report", screen.sentence.inner_text())[1])
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("button", name="GeoJSON").click()
    features = json.loads(waiting.value.path().read_text(encoding="utf-8"))["features"]
    assert len(features) == shown > 0
    assert all(feature["properties"]["claimed_by"] and feature["properties"]["paragraphs"] for feature in features)
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("button", name="CSV").click()
    assert "claimed_by" in waiting.value.path().read_text(encoding="utf-8-sig").splitlines()[0]


@pytest.mark.heavy
def test_a_download_is_named_by_its_title_window_and_filters(screen: Screen) -> None:
    screen.open("?from=2020-09-27&to=2020-11-10&page=download")
    for button, ending in (("CSV", "csv"), ("XLSX", "xlsx"), ("HTML", "html")):
        with screen.page.expect_download() as waiting:
            screen.page.get_by_role("button", name=button, exact=True).click()
        name = f"armenian-azerbaijani-conflict_2020-09-27_2020-11-10_core.{ending}"
        assert waiting.value.suggested_filename == name


@pytest.mark.heavy
def test_the_cube_and_the_hexagons_draw_without_an_outside_request(screen: Screen) -> None:
    screen.open("?page=3-d")
    expect(screen.page.locator("[data-testid=stDeckGlJsonChart] canvas").first).to_be_visible()
    screen.page.get_by_text("Density", exact=True).click()
    screen.settle()
    expect(screen.page.locator("[data-testid=stDeckGlJsonChart] canvas").first).to_be_visible()


def painted(screen: Screen) -> int:
    """Pixels of the marks' canvas that are not blank, one in sixteen looked at."""
    return screen.page.locator(".tm-marks").evaluate(
        """canvas => { const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        let count = 0; for (let at = 3; at < data.length; at += 64) if (data[at]) count += 1; return count; }"""
    )


@pytest.mark.heavy
def test_one_finger_scrolls_the_page_and_two_move_the_map(browser: Browser, dashboard: str) -> None:
    # At 844 pixels the page has nothing to scroll; a browser's own bars leave about this much of them.
    context = browser.new_context(viewport={"width": 390, "height": 664}, has_touch=True, is_mobile=True)
    context.add_init_script(TOUR_SEEN)
    page = context.new_page()
    page.goto(dashboard)
    expect(page.locator(".tm-count")).to_contain_text("on the map")
    page.locator(".tm-map").scroll_into_view_if_needed()
    box = page.locator(".tm-map").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    hand = context.new_cdp_session(page)

    def drag(fingers: tuple[float, ...], way: float) -> None:
        """Fingers at these distances from the middle of the map move down by ``way`` pixels, and are lifted."""
        steps = [("touchStart", 0.0), *(("touchMove", way * step / 30) for step in range(1, 31))]
        for kind, moved in steps:
            points = [{"x": x + beside, "y": y + moved} for beside in fingers]
            hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            page.wait_for_timeout(16)
        hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    camera = page.locator(".tm").evaluate(CENTRE)
    drag((0,), -150)
    expect(page.locator(".tm-hint")).to_be_visible()
    scrolled = page.locator(".tm-map").bounding_box()
    assert scrolled
    assert scrolled["y"] < box["y"] - 60
    assert page.locator(".tm").evaluate(CENTRE) == camera
    y = scrolled["y"] + scrolled["height"] / 2
    drag((-40, 40), 60)
    assert page.locator(".tm").evaluate(CENTRE)[0] > camera[0] + 0.1, "drawn down, the map shows more of the north"
    context.close()


CENTRE = """root => { const { lat, lng } = root.attest.map.getCenter(); return [lat, lng]; }"""
"""Latitude and longitude of the map's middle, in degrees."""


@pytest.mark.heavy
def test_a_map_that_nobody_moved_keeps_its_region_when_the_window_changes_size(screen: Screen) -> None:
    page = screen.open().page
    page.set_viewport_size({"width": 1000, "height": 700})
    screen.settle()
    page.set_viewport_size({"width": 1300, "height": 800})
    screen.settle()
    assert "camera=" not in page.url
