"""The timeline as a person uses it: the window, its handles and dates, playback and lanes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from geodata.store.load import load
from tests.conftest import Screen, opened
from tests.server import ROOT

X_OF = """(root, [iso]) => {
  const { domain, width, strip } = root.attest.timeline;
  const day = Date.parse(iso) / 86400000;
  const box = strip.getBoundingClientRect();
  return [box.x + (day - domain.first + 0.5) / (domain.last - domain.first + 1) * width, box.y];
}"""
"""Where a day stands in the strip, and the strip's top, in pixels of the page."""


def at(screen: Screen, day: str) -> tuple[float, float]:
    screen.page.locator(".tm-strip").scroll_into_view_if_needed()
    x, y = screen.page.locator(".tm").evaluate(X_OF, [day])
    return x, y


def window(screen: Screen) -> list[str]:
    fields = ("First day of the window", "Last day of the window")
    return [screen.page.get_by_label(field).input_value() for field in fields]


@pytest.mark.heavy
def test_a_click_on_a_bar_takes_its_days_and_a_double_click_zooms_to_them_and_back(screen: Screen) -> None:
    page = screen.open().page
    x, y = at(screen, "2020-10-20")
    page.mouse.click(x, y + 50)
    expect(page.locator(".tm-when")).to_have_text("1 Oct 2020 – 31 Dec 2020")
    screen.settle()
    expect(page).to_have_url(re.compile("from=2020-10-01&to=2020-12-31"))
    page.mouse.dblclick(x, y + 50)
    expect(page.get_by_role("button", name="Whole timeline")).to_be_visible()
    assert window(screen) == ["1 Oct 2020", "31 Dec 2020"]
    screen.settle()
    expect(page).to_have_url(re.compile("axis=2020-10-01"))
    x, y = at(screen, "2020-10-04")
    page.mouse.dblclick(x, y + 50)
    expect(page.get_by_role("button", name="Zoom timeline")).to_be_visible()
    assert window(screen) == ["1 Oct 2020", "31 Dec 2020"], "a double click leaves the window as it was"


@pytest.mark.heavy
def test_a_slow_double_click_is_one_where_the_browser_says_so(screen: Screen) -> None:
    page = screen.open("?from=2020-01-01&to=2021-12-31").page
    page.mouse.move(*at(screen, "2020-10-20"))
    for count in (1, 2):
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        page.wait_for_timeout(700)
    expect(page.get_by_role("button", name="Whole timeline")).to_be_visible()
    assert window(screen) == ["1 Jan 2020", "31 Dec 2021"]


@pytest.mark.heavy
def test_a_double_click_within_a_window_zooms_to_all_of_it(screen: Screen) -> None:
    page = screen.open("?from=2020-01-01&to=2021-12-31").page
    x, y = at(screen, "2020-10-20")
    page.mouse.dblclick(x, y + 50)
    expect(page.get_by_role("button", name="Whole timeline")).to_be_visible()
    assert window(screen) == ["1 Jan 2020", "31 Dec 2021"]


@pytest.mark.heavy
def test_a_click_where_no_report_is_takes_nothing(screen: Screen) -> None:
    page = screen.open("?q=Zeynallı").page
    _, y = at(screen, "2000-01-01")
    before = window(screen)
    page.mouse.click(page.locator(".tm-strip").bounding_box()["x"] + 300, y + 20)  # type: ignore[index]
    screen.settle()
    assert window(screen) == before


@pytest.mark.heavy
def test_a_click_on_a_year_of_the_axis_takes_the_year(screen: Screen) -> None:
    page = screen.open().page
    x, y = at(screen, "2020-01-01")
    page.mouse.click(x + 8, y + 70)
    expect(page.locator(".tm-when")).to_have_text("1 Jan 2020 – 31 Dec 2020")
    x, y = at(screen, "2017-11-15")  # between two labels
    page.mouse.click(x, y + 72)
    expect(page.locator(".tm-when")).to_have_text("1 Jan 2017 – 31 Dec 2017")


def test_the_bars_are_stacked_in_the_colours_of_the_map_and_say_who_tells(screen: Screen) -> None:
    page = screen.open("?by=side").page
    colours = """canvas => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, 60);
        const found = new Set();
        for (let at = 0; at < data.length; at += 4) {
          const parts = [data[at], data[at + 1], data[at + 2]];
          if (data[at + 3] === 255) found.add('#' + parts.map((one) => one.toString(16).padStart(2, '0')).join(''));
        }
        return [...found]; }"""
    in_bars = page.locator(".tm-strip canvas").evaluate(colours)
    categories = page.locator(".tm").evaluate("root => root.attest.colouring.categories.map(one => one.colour)")
    assert len({one.lower() for one in categories} & set(in_bars)) >= 5
    x, y = at(screen, "2020-10-20")
    page.mouse.move(x, y + 50)
    told = re.compile(r"^Oct – Dec 2020: about \d+ reports, \d+ by vague dates · A Armenian \d+ · ")
    expect(page.locator(".tm-most")).to_contain_text(told)
    page.mouse.move(x, y + 300)
    expect(page.locator(".tm-most")).to_contain_text("pale: vague dates")


@pytest.mark.heavy
def test_comparing_shows_the_bars_of_both_sets(screen: Screen) -> None:
    page = screen.page
    page.goto(f"{screen.address}/?page=compare")
    expect(page.locator(".tm-abreast .tm-map")).to_have_count(2)
    screen.settle()
    expect(page.locator(".tm-most")).to_contain_text("A above the line, B below")
    sums = page.locator(".tm").evaluate(
        """root => root.attest.timeline.bins().map(({ solid, possible }) =>
        Math.round([...solid, ...possible].reduce((sum, one) => sum + one, 0)))"""
    )
    shown = [sum(map(int, re.findall(r"\d+", text))) for text in page.locator(".tm-count").all_inner_texts()]
    assert sums == shown


@pytest.mark.heavy
def test_the_menu_of_periods_takes_each_that_the_case_names(screen: Screen) -> None:
    page = screen.open().page
    menu = page.get_by_label("Periods")
    offered = menu.locator("option").all_inner_texts()
    assert offered[1:3] == ["All dates", "2024"]
    assert re.fullmatch(r"12 months to \d+ \w+ 2024", offered[3])
    for period in load(ROOT).case.periods:
        menu.select_option(period.name)
        screen.settle()
        first, last = period.days
        expect(page).to_have_url(re.compile(f"from={first}&to={last}"))
        assert menu.locator("option:checked").inner_text() == period.name
    menu.select_option("All dates")
    screen.settle()
    expect(page).not_to_have_url(re.compile("from="))
    expect(menu).to_have_value("")


@pytest.mark.heavy
def test_a_handle_under_the_hand_leaves_the_other_where_it_is(screen: Screen) -> None:
    page = screen.open("?from=2020-09-01&to=2020-11-30").page
    page.locator(".tm-strip").scroll_into_view_if_needed()
    left, right = page.locator(".tm-left"), page.locator(".tm-right")
    before, box = right.bounding_box(), left.bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 30)
    page.mouse.down()
    for shift in (-3, -40, 0, 4, 200):
        page.mouse.move(box["x"] + 5 + shift, box["y"] + 30)
        assert right.bounding_box() == before, shift
    page.mouse.up()


@pytest.mark.heavy
@pytest.mark.parametrize("screen", [(1440, 900)], indirect=True)
def test_bar_and_strip_are_one_row_of_controls_and_at_most_150_pixels_high(screen: Screen) -> None:
    page = screen.open("?from=2020-09-27&to=2020-11-10").page
    box = page.locator(".tm-time").bounding_box()
    assert box
    assert box["height"] <= 150
    tops = page.locator(".tm-bar").evaluate(
        "bar => [...bar.querySelectorAll('button, select, input')].map(one => one.getBoundingClientRect().top)"
    )
    assert len(set(tops)) == 1


@pytest.mark.heavy
def test_on_a_phone_the_controls_take_two_rows_and_none_is_cut(reader: BrowserContext, dashboard: str) -> None:
    for screen in opened(reader, dashboard, (390, 844)):
        page = screen.page
        page.goto(f"{screen.address}/?from=2020-09-27&to=2020-11-10")
        expect(page.locator(".tm-bar")).to_be_visible()
        screen.settle()
        boxes = page.locator(".tm-bar").evaluate(
            """bar => [...bar.querySelectorAll('button, select, input')].filter(one => one.checkVisibility())
            .map(one => one.getBoundingClientRect()).map(({ top, left, right }) => [top, left, right])"""
        )
        assert len({top for top, _, _ in boxes}) == 2
        assert all(left >= 0 and right <= 390 for _, left, right in boxes)


@pytest.mark.heavy
def test_every_lane_is_in_view_without_scrolling_within_its_box(screen: Screen) -> None:
    page = screen.open("?by=side&lanes=1").page
    lanes = page.locator(".tm-lanes-box")
    expect(lanes).to_be_visible()
    assert lanes.evaluate("box => box.scrollHeight - box.clientHeight") <= 1
    box = lanes.bounding_box()
    assert box
    assert box["height"] <= 900 * 0.3 + 40
    sides = page.locator(".tm").evaluate(
        "root => new Set(root.attest.lanes.bars.map(bar => bar.lane.category.name)).size"
    )
    assert sides == 9, "each side that tells anything has bars"


@pytest.mark.heavy
def test_lanes_show_each_report_as_a_bar_that_can_be_chosen(screen: Screen) -> None:
    screen.open("?from=2020-09-01&to=2020-12-31&by=document")
    screen.page.get_by_role("button", name="Lanes").click()
    expect(screen.page.locator(".tm-lanes")).to_contain_text("Solid: the day is known")
    bar = screen.page.locator(".tm").evaluate(
        """root => { const bar = root.attest.lanes.bars.find(one => one.x > 20);
        return [bar.x + 2, bar.y + 3]; }"""
    )
    canvas = screen.page.locator(".tm-lanes canvas")
    canvas.hover(position={"x": bar[0], "y": bar[1]})
    expect(screen.page.locator(".tm-tip")).to_be_visible()
    canvas.click(position={"x": bar[0], "y": bar[1]})
    expect(screen.page).to_have_url(re.compile("incident="))


@pytest.mark.heavy
def test_clearing_the_filters_brings_the_whole_time_back(screen: Screen) -> None:
    screen.open("?from=2020-09-27&to=2020-11-10")
    screen.page.get_by_role("button", name="Zoom timeline").click()
    screen.page.get_by_role("button", name="Clear all").click()
    screen.settle()
    expect(screen.page.get_by_label("First day of the window")).to_have_value("1 Jan 1990")
    expect(screen.page.get_by_role("button", name="Zoom timeline")).to_be_disabled()


@pytest.mark.heavy
@pytest.mark.parametrize(("width", "height", "rows"), [(1440, 900, 1), (1280, 720, 1), (390, 844, 2)])
def test_the_bar_keeps_its_rows_beside_an_open_sidebar_and_on_a_phone(
    screen: Screen, width: int, height: int, rows: int
) -> None:
    """One row more would be taken from the map, and nothing may stand out of the bar."""
    page = screen.open("?from=2020-09-27&to=2020-11-10").page
    page.set_viewport_size({"width": width, "height": height})
    screen.settle()
    boxes = page.locator(".tm-bar").evaluate(
        """bar => [...bar.querySelectorAll("button, select, input")].filter(one => one.checkVisibility())
            .map(one => one.getBoundingClientRect()).map(({ x, right, y, height }) => [x, right, y + height / 2])"""
    )
    assert len({round(middle) for _, _, middle in boxes}) == rows
    frame = page.locator(".tm-bar").bounding_box()
    assert frame
    assert all(frame["x"] <= x and right <= frame["x"] + frame["width"] for x, right, _ in boxes)
