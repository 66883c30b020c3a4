"""The map as a person uses it: the shipped table, the real server, Chromium with the network blocked."""

from __future__ import annotations

import json
import re

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


def test_a_mark_opens_its_reports_and_the_card_with_full_attribution(screen: Screen) -> None:
    screen.open("?from=2020-09-27&to=2020-11-10")
    screen.mark("Stepanakert")
    report = (
        screen.page.locator("button.tm-report").filter(has_text="Stepanakert").filter(has_text="Al-Ahram Weekly").first
    )
    expect(report).to_contain_text("¶")
    report.click()
    screen.settle()
    card = screen.page.locator(".tm-panel")
    for words in ("Al-Ahram Weekly", "paragraph", "Date", "Place", "Stepanakert / Xankəndi", "Deaths stated"):
        expect(card).to_contain_text(words)
    expect(screen.page).to_have_url(re.compile("incident="))


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


def test_a_link_restores_filters_window_colour_camera_and_card(screen: Screen) -> None:
    screen.open(
        "?from=2020-09-27&to=2020-11-10&by=document&sides=armenian&surely=1&incident=2020-shushi-shelling"
        "&camera=39.760,46.750,9"
    )
    expect(screen.page.get_by_label("First day of the window")).to_have_value("2020-09-27")
    expect(screen.page.locator(".tm-legend")).to_contain_text("In which document")
    expect(screen.page.locator(".tm-panel")).to_contain_text("2020-shushi-shelling")
    expect(screen.page.locator("label").filter(has_text="Armenian ·").locator("input")).to_be_checked()
    expect(screen.sentence).to_contain_text("surely inside")
    scale = screen.page.locator(".tm-scale").first
    expect(scale).to_contain_text(re.compile(r"^(5|10|20) km"))


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("?from=2020-01-01", "2020-01-01", "2021-05-07"),
        ("?from=2021-01-01&to=2020-01-01", "2020-01-01", "2021-01-01"),
        ("?from=1000-01-01&to=2500-01-01", "2006-01-01", "2021-05-07"),
    ],
)
def test_an_odd_window_in_a_link_means_the_same_to_map_and_sentence(
    small_screen: Screen, query: str, first: str, last: str
) -> None:
    small_screen.open(query)
    expect(small_screen.page.get_by_label("First day of the window")).to_have_value(first)
    expect(small_screen.page.get_by_label("Last day of the window")).to_have_value(last)
    small_screen.settle()
    shown = int(re.match(r"(\d+) report", small_screen.sentence.inner_text())[1])
    drawn = [int(number) for number in re.findall(r"\d+", small_screen.page.locator(".tm-count").inner_text())]
    assert sum(drawn) == shown


@pytest.mark.parametrize(
    "query", ["?scopes=", "?scopes=bogus&sources=bogus", "?camera=.,.,.", "?camera=1.2.3,4,5&by=x"]
)
def test_a_link_with_nonsense_in_it_hides_nothing(screen: Screen, query: str) -> None:
    screen.open(query)
    assert int(re.match(r"(\d+) report", screen.sentence.inner_text())[1]) > 200


def test_the_same_link_shows_the_same_to_another_reader(screen: Screen) -> None:
    screen.open()
    screen.page.get_by_text("Keghart, 7 May 2021 ·").click()
    screen.settle()
    sentence, url = screen.sentence.inner_text(), screen.page.url
    other = screen.page.context.browser.new_page()
    other.goto(url)
    expect(other.locator(".st-key-said p").first).to_have_text(sentence)
    other.close()


def test_the_link_keeps_lanes_and_the_stretch_of_the_timeline(screen: Screen) -> None:
    page = screen.open("?from=2020-09-27&to=2020-11-10").page
    page.get_by_role("button", name="Zoom timeline").click()
    page.get_by_role("button", name="Lanes").click()
    expect(page).to_have_url(re.compile("axis=2020-09-27%2C2020-11-10.*lanes=1"))
    page.reload()
    expect(page.get_by_role("button", name="Lanes")).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("button", name="Whole timeline")).to_be_visible()
    page.get_by_role("button", name="Whole timeline").click()
    page.get_by_role("button", name="Lanes").click()
    expect(page).not_to_have_url(re.compile("axis=|lanes="))
    page.goto(f"{screen.address}/?axis=9000-01-01,1000-01-01&lanes=maybe")
    expect(page.locator(".tm-count")).to_contain_text("on the map")
    expect(page.get_by_role("button", name="Lanes")).to_have_attribute("aria-expanded", "false")


def test_a_row_of_the_list_opens_its_incident_and_closing_the_panel_closes_it(screen: Screen) -> None:
    page = screen.open("?q=Sumgait&scopes=context&panel=reports").page
    page.locator(".tm-panel .tm-report").first.click()
    expect(page).to_have_url(re.compile("incident="))
    expect(page.locator(".tm-panel h2")).to_be_visible()
    screen.settle()
    page.get_by_role("button", name="Close panel").click()
    expect(page.locator(".tm-panel")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("incident="))


def test_an_incident_that_is_open_is_told_apart_in_the_list_and_brought_into_view(screen: Screen) -> None:
    page = screen.open("?incident=2020-shushi-shelling").page
    page.get_by_role("tab", name="Reports").click()
    expect(page.locator('.tm-report[aria-current="true"]').first).to_be_in_viewport()


def test_every_report_of_an_area_can_be_reached(screen: Screen) -> None:
    page = screen.open().page
    page.get_by_role("button", name="List marks").click()
    area = page.locator(".tm-jump").filter(has_text="Nagorno-Karabakh").first
    number = int(re.search(r"(\d+) reports", area.inner_text())[1])
    area.click()
    expect(page.locator(".tm-panel .tm-report")).to_have_count(number)
    page.get_by_label("Order of the list").select_option("who")
    expect(page.locator(".tm-panel .tm-report")).to_have_count(number)
    expect(page.locator(".tm-panel h4").first).to_be_visible()


def test_what_a_filter_removes_leaves_the_list_that_is_open(screen: Screen) -> None:
    page = screen.open("?scopes=core").page
    screen.mark("Ganja")
    expect(page.locator(".tm-panel .tm-report")).to_have_count(3)
    page.locator("[data-testid=stSidebar]").get_by_text(re.compile("^Azerbaijani ·")).click()
    expect(page.locator(".tm-panel .tm-report")).to_have_count(1)


def test_escape_closes_the_panel_from_anywhere(screen: Screen) -> None:
    page = screen.open("?incident=2020-shushi-shelling").page
    expect(page.locator(".tm-panel h2")).to_be_visible()
    page.locator("body").press("Escape")
    expect(page.locator(".tm-panel")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("incident="))


def test_the_address_has_no_camera_any_more_after_the_core_region_and_a_filter(screen: Screen) -> None:
    page = screen.open("?camera=40.307,46.425,9").page
    page.get_by_role("button", name="Core region").click()
    expect(page).not_to_have_url(re.compile("camera="))
    page.get_by_text("Keghart, 7 May 2021 ·").click()
    expect(page).to_have_url(re.compile("sources="))
    expect(page).not_to_have_url(re.compile("camera="))
    page.get_by_role("button", name="Lanes").click()
    expect(page).to_have_url(re.compile("lanes=1"))
    page.get_by_text("Keghart, 7 May 2021 ·").click()
    expect(page).not_to_have_url(re.compile("sources="))
    expect(page).to_have_url(re.compile("lanes=1"))


@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080)])
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


def test_going_back_in_the_browser_restores_the_view_before(screen: Screen) -> None:
    screen.open()
    before = screen.sentence.inner_text()
    screen.page.get_by_text("Keghart, 7 May 2021 ·").click()
    expect(screen.sentence).not_to_have_text(before)
    screen.settle()
    screen.page.go_back()
    expect(screen.sentence).to_have_text(before)


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


def test_a_download_is_named_by_its_title_window_and_filters(screen: Screen) -> None:
    screen.open("?from=2020-09-27&to=2020-11-10&page=download")
    for button, ending in (("CSV", "csv"), ("XLSX", "xlsx"), ("HTML", "html")):
        with screen.page.expect_download() as waiting:
            screen.page.get_by_role("button", name=button, exact=True).click()
        name = f"armenian-azerbaijani-conflict_2020-09-27_2020-11-10_core.{ending}"
        assert waiting.value.suggested_filename == name


def test_the_tray_lists_what_cannot_be_mapped_or_dated(screen: Screen) -> None:
    screen.open("?panel=unmapped")
    unmapped = re.search(r"(\d+) cannot be mapped", screen.sentence.inner_text())[1]
    expect(screen.page.get_by_text(f"Without a place that can be known · {unmapped}")).to_be_visible()


def test_the_cube_and_the_hexagons_draw_without_an_outside_request(screen: Screen) -> None:
    screen.open("?page=3-d")
    expect(screen.page.locator("[data-testid=stDeckGlJsonChart] canvas").first).to_be_visible()
    screen.page.get_by_text("Density", exact=True).click()
    screen.settle()
    expect(screen.page.locator("[data-testid=stDeckGlJsonChart] canvas").first).to_be_visible()


def test_graphic_reports_stay_closed_until_asked_for(screen: Screen) -> None:
    screen.open("?incident=2016-04-sloyan-killing")
    card = screen.page.locator(".tm-panel")
    closed = card.locator("details").filter(has_text="Graphic").first
    expect(closed).not_to_have_attribute("open", "")
    closed.locator("summary").click()
    expect(closed).to_have_attribute("open", "")


def test_the_keyboard_alone_reaches_a_report_and_comes_back(screen: Screen) -> None:
    screen.open("?from=2020-09-27&to=2020-11-10")
    screen.page.locator(".tm-leaflet").focus()
    screen.page.keyboard.press("l")
    expect(screen.page.locator(".tm-jump").first).to_be_focused()
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("button.tm-report").first).to_be_focused()
    screen.page.keyboard.press("Enter")
    expect(screen.page).to_have_url(re.compile("incident="))
    screen.page.keyboard.press("Escape")
    expect(screen.page.locator(".tm-panel")).to_be_hidden()


@pytest.mark.parametrize("screen", [(390, 844)], indirect=True, ids=["phone"])
def test_on_a_phone_a_mark_opens_a_sheet_that_nothing_covers(screen: Screen) -> None:
    screen.open("?from=2020-09-27&to=2020-11-10")
    screen.mark("Stepanakert")
    screen.page.locator("button.tm-report").first.click()
    expect(screen.page).to_have_url(re.compile("incident="))
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= 390


def painted(screen: Screen) -> int:
    """Pixels of the marks' canvas that are not blank, one in sixteen looked at."""
    return screen.page.locator(".tm-marks").evaluate(
        """canvas => { const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        let count = 0; for (let at = 3; at < data.length; at += 64) if (data[at]) count += 1; return count; }"""
    )


def test_one_finger_scrolls_the_page_and_two_move_the_map(browser: Browser, dashboard: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
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


def test_a_map_that_nobody_moved_keeps_its_region_when_the_window_changes_size(screen: Screen) -> None:
    page = screen.open().page
    page.set_viewport_size({"width": 1000, "height": 700})
    screen.settle()
    page.set_viewport_size({"width": 1300, "height": 800})
    screen.settle()
    assert "camera=" not in page.url
