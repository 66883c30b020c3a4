"""One change is one entry of the browser's history, and Back brings back what was there before it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Screen

FIVE = "?q=Karabakh&sides=armenian&deaths=1&from=1988-01-01&to=2020-12-31"


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def parameters(page: Page) -> set[tuple[str, str]]:
    return {(name, value) for name, value in page.evaluate("[...new URL(location.href).searchParams]")}


@pytest.mark.heavy
def test_clearing_five_filters_is_one_step_and_back_brings_all_five_back(screen: Screen) -> None:
    page = screen.open(FIVE).page
    before, asked, sentence = entries(page), parameters(page), screen.sentence.inner_text()
    page.get_by_role("button", name="Clear all").click()
    expect(screen.sentence).not_to_have_text(sentence)
    screen.settle()
    assert entries(page) == before + 1
    assert parameters(page) == set()
    page.go_back()
    expect(screen.sentence).to_have_text(sentence)
    screen.settle()
    assert parameters(page) == asked
    expect(page.get_by_role("textbox", name="Search words or places")).to_have_value("Karabakh")
    expect(page.get_by_label("First day of the window")).to_have_value("1 Jan 1988")
    page.go_forward()
    expect(screen.sentence).not_to_have_text(sentence)
    screen.settle()
    assert parameters(page) == set()
    assert entries(page) == before + 1


@pytest.mark.heavy
def test_each_step_of_a_lesson_is_one_entry_and_back_goes_one_step_back(screen: Screen) -> None:
    page = screen.page
    page.goto(f"{screen.address}/?mode=class&lesson=how-to-read-a-claim&step=1")
    expect(page.locator(".tm-bar")).to_be_visible()
    screen.settle()
    step, begun = page.locator(".st-key-lesson_step h2"), entries(page)
    titles = [step.inner_text()]
    for number in (2, 3):
        page.get_by_role("button", name="Next ▸").click()
        expect(page).to_have_url(re.compile(f"step={number}"))
        screen.settle()
        titles.append(step.inner_text())
    assert entries(page) == begun + 2
    for title in reversed(titles[:-1]):
        page.go_back()
        expect(step).to_have_text(title)
        screen.settle()
    assert entries(page) == begun + 2


@pytest.mark.heavy
def test_leaving_class_mode_is_one_entry_and_back_leads_into_it_again(screen: Screen) -> None:
    page = screen.page
    page.goto(f"{screen.address}/?mode=class&lesson=how-to-read-a-claim&step=2&incident=2020-shushi-shelling")
    expect(page.locator(".tm-bar")).to_be_visible()
    screen.settle()
    title, begun = page.locator(".st-key-lesson_step h2").inner_text(), entries(page)
    page.get_by_role("button", name="Leave").click()
    expect(page.locator(".st-key-page")).to_be_visible()
    screen.settle()
    assert entries(page) == begun + 1
    page.go_back()
    expect(page.locator(".st-key-lesson_step h2")).to_have_text(title)
    screen.settle()
    assert entries(page) == begun + 1


@pytest.mark.heavy
def test_back_works_on_a_page_without_a_map(screen: Screen) -> None:
    page = screen.page
    page.goto(f"{screen.address}/?page=who-is-heard")
    said = page.locator(".stMarkdown h2").first
    expect(said).to_contain_text("come from")
    screen.settle()
    before = said.inner_text()
    page.locator('[class*="st-key-sides-azerbaijani"] label').click()
    expect(said).not_to_have_text(before)
    screen.settle()
    page.go_back()
    expect(said).to_have_text(before)
    screen.settle()
    assert parameters(page) == {("page", "who-is-heard")}


@pytest.mark.heavy
@pytest.mark.parametrize("query", ["?sides=martian&from=2021-01-01&to=2020-01-01&deaths=1"])
def test_an_odd_link_does_not_stand_in_the_way_of_going_back(screen: Screen, query: str) -> None:
    page = screen.open("?page=download").page
    screen.open(query)
    for _ in range(3):
        page.go_back()
        screen.settle()
        if "page=download" in page.url:
            break
    assert "page=download" in page.url


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From one point of the map to another, in shares of its width and height."""
    box = page.locator(".tm-leaflet").bounding_box()
    assert box
    (x, y), *_ = points = [(box["x"] + box["width"] * at[0], box["y"] + box["height"] * at[1]) for at in (start, end)]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(*points[1], steps=4)
    page.mouse.up()


def test_an_area_drawn_on_the_map_filters_stays_in_the_link_and_is_taken_away(screen: Screen) -> None:
    page = screen.open("?camera=40,46.5,7").page
    everything, camera = screen.sentence.inner_text(), page.url
    page.get_by_role("button", name="Choose an area").click()
    drag(page, (0.3, 0.3), (0.6, 0.7))
    expect(page).to_have_url(re.compile("area="))
    expect(screen.sentence).to_contain_text("without coordinates, cannot be placed in the area")
    screen.settle()
    assert "camera=40" in camera
    assert "camera=40" in page.url, "the map did not move under the hand"
    west, south, east, north = (float(edge) for edge in dict(parameters(page))["area"].split(","))
    assert west < 46.5 < east
    assert south < 40 < north
    inside = """root => { const table = root.attest.table;
        return [...table.rowsIn(null)].map(row => [table.lon[row], table.lat[row]]); }"""
    points = page.locator(".tm").evaluate(inside)
    assert points
    assert all(west <= lon <= east and south <= lat <= north for lon, lat in points)
    drawn = screen.sentence.inner_text()
    page.reload()
    expect(screen.sentence).to_have_text(drawn)
    expect(page.locator("[data-testid=stSidebar]")).to_contain_text("Map area")
    page.get_by_role("button", name="Remove area").click()
    expect(screen.sentence).to_have_text(everything)
    expect(page).not_to_have_url(re.compile("area="))


@pytest.mark.heavy
def test_the_keyboard_takes_what_is_in_view_as_the_area(screen: Screen) -> None:
    page = screen.open("?camera=40,46.5,8").page
    page.get_by_role("button", name="Choose an area").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Drag a rectangle.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("area="))
    expect(page.get_by_text("Drag a rectangle.")).to_be_hidden()
    screen.settle()
    page.get_by_role("button", name="Remove the map area").click()
    expect(page).not_to_have_url(re.compile("area="))


@pytest.mark.heavy
def test_an_area_over_the_antimeridian_runs_from_west_to_east(screen: Screen) -> None:
    page = screen.open("?camera=0,179,3").page
    page.get_by_role("button", name="Choose an area").click()
    drag(page, (0.3, 0.3), (0.7, 0.7))
    expect(page).to_have_url(re.compile("area="))
    west, _, east, _ = (float(edge) for edge in dict(parameters(page))["area"].split(","))
    assert 90 < west < 180
    assert -180 < east < -90


@pytest.mark.heavy
def test_an_empty_search_names_the_words_and_a_click_takes_the_nearest(screen: Screen) -> None:
    screen.open("?q=Zzyzx+rokets")
    expect(screen.page.locator(".st-key-said")).to_contain_text("No report has “zzyzx” or “rokets”.")
    screen.page.get_by_role("button", name=re.compile("^Search “rocket”")).click()
    screen.settle()
    expect(screen.sentence).to_contain_text("reports of")
    expect(screen.page).to_have_url(re.compile("q=rocket"))
    expect(screen.page.get_by_role("button", name=re.compile("^Search “"))).to_have_count(0)


STANDS = """root => {
  const { cameras, lanes, layers, panel, timeline } = root.attest;
  const { lat, lon, zoom } = cameras.camera ?? { lat: 0, lon: 0, zoom: 0 };
  return { camera: [lat.toFixed(2), lon.toFixed(2), zoom], lanes: lanes.open, axis: timeline.zoomed,
           off: layers.all.filter(one => !one.isOn).length, panel: panel.view };
}"""


def stands(page: Page) -> dict[str, Any]:
    """How map, timeline, layers and panel stand."""
    found: dict[str, Any] = page.locator(".tm").evaluate(STANDS)
    return found


@pytest.mark.heavy
def test_back_and_forward_bring_camera_axis_lanes_and_panel_back_with_the_filters(screen: Screen) -> None:
    page = screen.open("?camera=40,46.5,8&panel=reports&axis=2020-01-01,2020-12-31").page
    first = stands(page)
    assert first == {"camera": ["40.00", "46.50", 8], "lanes": False, "axis": True, "off": 0, "panel": "reports"}
    page.locator("[data-testid=stSidebar]").get_by_text(re.compile("^Azerbaijani ·")).click()
    expect(page).to_have_url(re.compile("sides="))
    screen.settle()
    page.get_by_role("button", name="Core region", exact=True).click()
    page.get_by_role("button", name="Lanes", exact=True).click()
    page.get_by_role("button", name="Close panel").click()
    page.locator(".tm-zoomer").click()
    screen.settle()
    page.wait_for_timeout(300)  # the stretch of the timeline is told when it rests
    second = stands(page)
    assert second["camera"] != first["camera"]
    assert second == {"camera": second["camera"], "lanes": True, "axis": False, "off": 0, "panel": None}
    page.go_back()
    expect(page).not_to_have_url(re.compile("sides="))
    screen.settle()
    assert stands(page) == first
    page.go_forward()
    expect(page).to_have_url(re.compile("sides="))
    screen.settle()
    assert stands(page) == second
    screen.open(page.url.removeprefix(f"{screen.address}/"))
    assert stands(page) == second
