"""On a tablet the page has all of the width: the pages in a row of their own, the filters over it on demand."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dashboard.screens.contents import PAGES, always
from tests.conftest import Screen

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.parametrize("screen", [(820, 1180)], indirect=True, ids=["tablet"]),
]


def test_two_maps_stand_one_below_the_other_in_one_view(screen: Screen) -> None:
    page = screen.open("?page=compare").page
    first, second = (page.locator(name).bounding_box() for name in (".tm-first", ".tm-second"))
    assert first
    assert second
    assert first["x"] == second["x"]
    assert first["width"] == second["width"] > 780
    assert first["y"] + first["height"] <= second["y"]
    assert first["height"] > 280
    strip = page.locator(".tm-strip").bounding_box()
    assert strip
    assert strip["y"] + strip["height"] <= 1180, "the timeline is in the same view"


def test_the_filters_lie_over_the_map_only_when_asked_for(screen: Screen) -> None:
    page = screen.open().page
    bar = page.locator("[data-testid=stSidebar]")
    expect(bar).to_have_attribute("data-collapsed", "true")
    width = page.locator(".tm-map").evaluate("map => map.clientWidth")
    assert width > 780
    page.locator("[data-testid=stExpandSidebarButton]").click()
    expect(bar).to_have_attribute("data-collapsed", "false")
    bar.get_by_text("Azerbaijani", exact=False).first.click()
    screen.settle()
    expect(bar).to_have_attribute("data-collapsed", "false")
    assert page.locator(".tm-map").evaluate("map => map.clientWidth") == width


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.is_offered is always])
def test_each_page_fits_the_width_and_is_named_in_view(screen: Screen, name: str) -> None:
    page = screen.page
    page.goto(f"{screen.address}/?page={name}")
    expect(page.locator(".st-key-page")).to_be_visible()
    screen.settle()
    assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollWidth - main.clientWidth") <= 1, (
        "but for rounding"
    )
    names = page.locator(".st-key-pages")
    assert names.evaluate("row => row.scrollWidth - row.clientWidth") <= 2, "every page's name is in view"


def test_what_the_reader_chose_of_the_list_of_filters_is_kept_when_the_page_closes_it(screen: Screen) -> None:
    screen.page.add_init_script("localStorage.setItem('stSidebarCollapsed-chosen', 'false')")
    page = screen.open().page
    expect(page.locator("[data-testid=stSidebar]")).to_have_attribute("data-collapsed", "true")
    page.wait_for_timeout(1000)  # until the page has put back what Streamlit noted of its click
    noted = page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('stSidebarCollapsed'))")
    assert noted == [["stSidebarCollapsed-chosen", "false"]]
