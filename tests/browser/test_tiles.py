"""Online tiles: asked for only once the reader said so, of the host that was named, and never in a frame or a class.

The network stays blocked: what a host would answer, the test answers.
"""

from __future__ import annotations

import io
import re
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Route, expect

from geodata.exports import EXPORTS
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.timemap import tiles
from tests.conftest import Screen, opened

pytestmark = pytest.mark.heavy

OSM = tiles.offered()["OpenStreetMap.Mapnik"]
COLOUR = (20, 160, 90)


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (256, 256), COLOUR).save(made, "PNG")
    return made.getvalue()


def answer(route: Route) -> None:
    route.fulfill(body=picture(), content_type="image/png", headers={"access-control-allow-origin": "*"})


def choice(screen: Screen) -> Locator:
    return screen.page.get_by_role("combobox", name="Base map")


def choose(screen: Screen, title: str) -> None:
    screen.page.get_by_test_id("stSelectbox").filter(has=choice(screen)).click()
    screen.page.get_by_role("option", name=title, exact=True).click()
    screen.settle()


def asked_hosts(screen: Screen) -> set[str]:
    """The hosts outside that were asked so far; they are then forgotten, for here they were allowed."""
    hosts = {str(urlsplit(url).hostname) for url in screen.outside}
    screen.outside.clear()
    return hosts


def button(screen: Screen, host: str = OSM.host) -> Locator:
    return screen.page.get_by_role("button", name=f"Ask {host} for tiles")


def test_no_host_is_asked_before_the_reader_says_so_and_then_that_one_alone(small_screen: Screen) -> None:
    screen, page = small_screen.open(), small_screen.page
    page.route(f"**/{OSM.host}/**", answer)
    choose(screen, "OpenStreetMap")
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar).to_contain_text(f"{OSM.host} will be asked for pictures of the map")
    assert screen.outside == []
    expect(page.locator(".leaflet-tile")).to_have_count(0)
    button(screen).click()
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    screen.settle()
    expect(button(screen)).to_have_count(0)
    notice = page.locator(".leaflet-control-attribution")
    expect(notice).to_contain_text("Base map: Natural Earth")
    expect(notice).to_contain_text(f"Tiles of {OSM.host}: © OpenStreetMap contributors")
    expect(page.locator(".tm-failure")).to_be_hidden()
    assert "tiles" not in page.url
    choose(screen, "Offline")
    expect(page.locator(".leaflet-tile")).to_have_count(0)
    expect(notice).not_to_contain_text(OSM.host)
    assert asked_hosts(screen) == {OSM.host}


def test_the_land_stays_below_the_tiles_and_a_picture_shows_both(small_screen: Screen) -> None:
    screen, page = small_screen.open(), small_screen.page
    page.route(f"**/{OSM.host}/**", answer)
    choose(screen, "OpenStreetMap")
    button(screen).click()
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    screen.settle()
    assert page.locator(".leaflet-tile-pane canvas").count() > 0
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Copy picture").click()
    drawn = Image.open(saved.value.path()).convert("RGB")
    colours = {colour for _, colour in drawn.getcolors(maxcolors=1 << 24) or []}
    assert COLOUR in colours
    assert asked_hosts(screen) == {OSM.host}


def test_tiles_that_do_not_come_are_told_in_words(small_screen: Screen) -> None:
    screen, page = small_screen.open(), small_screen.page
    choose(screen, "OpenStreetMap")
    button(screen).click()
    failure = page.locator(".tm-failure")
    expect(failure).to_contain_text(f"Tiles of {OSM.host} are missing")
    failure.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Zoom in").click()
    screen.settle()
    expect(failure).to_be_hidden()
    assert asked_hosts(screen) == {OSM.host}


def test_a_link_that_keeps_tiles_asks_its_reader_first(small_screen: Screen) -> None:
    screen, page = small_screen.open(), small_screen.page
    page.route(f"**/{OSM.host}/**", answer)
    choose(screen, "OpenStreetMap")
    page.get_by_test_id("stCheckbox").filter(has_text="Keep this in the address").click()
    expect(page).to_have_url(re.compile("tiles=OpenStreetMap.Mapnik"))
    page.reload()
    expect(button(screen)).to_be_visible()
    screen.settle()
    assert screen.outside == []
    choose(screen, "OpenTopoMap (relief)")
    expect(button(screen, tiles.offered()["OpenTopoMap"].host)).to_be_visible()
    expect(page).to_have_url(re.compile("tiles=OpenTopoMap"))
    assert screen.outside == []


def test_a_host_is_not_told_the_address_with_its_filters(small_screen: Screen) -> None:
    screen, page = small_screen.open("?q=Shushi"), small_screen.page
    page.route(f"**/{OSM.host}/**", answer)
    choose(screen, "OpenStreetMap")
    with page.expect_request(f"**/{OSM.host}/**") as asked:
        button(screen).click()
    headers = asked.value.all_headers()
    assert headers.get("referer", "") in ("", f"{screen.address}/")
    assert "cookie" not in headers
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    screen.settle()
    assert asked_hosts(screen) == {OSM.host}


@pytest.mark.parametrize("query", ["?embed=true&tiles=OpenStreetMap.Mapnik", "?mode=class&tiles=OpenStreetMap.Mapnik"])
def test_a_frame_and_a_class_have_no_such_choice(screen: Screen, query: str) -> None:
    screen.open(query)
    expect(choice(screen)).to_have_count(0)
    expect(button(screen)).to_have_count(0)
    expect(screen.page.locator(".leaflet-tile")).to_have_count(0)
    assert screen.outside == []


def test_a_class_opened_while_tiles_are_shown_has_none(screen: Screen) -> None:
    page = screen.open().page
    page.route(f"**/{OSM.host}/**", answer)
    choose(screen, "OpenStreetMap")
    button(screen).click()
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    page.get_by_role("button", name="Class mode").click()
    expect(page.locator(".st-key-class .tm-count")).to_have_count(1)
    screen.settle()
    assert asked_hosts(screen) == {OSM.host}
    page.get_by_role("button", name="All", exact=True).click()
    screen.settle()
    expect(page.locator(".leaflet-tile")).to_have_count(0)
    assert screen.outside == []


def test_a_saved_map_has_neither_a_host_nor_the_script_that_asks(small: Dataset) -> None:
    page = EXPORTS["html"](small, Selection()).decode()
    assert not [one.host for one in tiles.offered().values() if one.host in page]
    assert "tileerror" in page  # Leaflet's own
    assert "class Tiles" not in page


def test_both_maps_of_a_comparison_have_the_tiles_and_each_its_notice(screen: Screen) -> None:
    page = screen.page
    page.route(f"**/{OSM.host}/**", answer)
    page.goto(f"{screen.address}/?page=compare&tiles=OpenStreetMap.Mapnik")
    expect(page.locator(".tm-count").last).to_contain_text("on the map")
    screen.settle()
    assert screen.outside == []
    button(screen).click()
    for part in ("first", "second"):
        expect(page.locator(f".tm-{part} .leaflet-tile-loaded").first).to_be_visible()
        expect(page.locator(f".tm-{part} .leaflet-control-attribution")).to_contain_text(OSM.host)
    page.get_by_test_id("stCheckbox").filter(has_text="One map with a divider").click()
    screen.settle()
    expect(page.locator(".tm-split .tm-second .leaflet-tile-loaded").first).to_be_visible()
    page.go_back()
    screen.settle()
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    assert asked_hosts(screen) == {OSM.host}


@pytest.mark.heavy
@pytest.mark.parametrize("name", tiles.TITLES)
def test_on_a_phone_nothing_covers_the_credit(reader: BrowserContext, small_dashboard: str, name: str) -> None:
    host = tiles.offered()[name].host
    for screen in opened(reader, small_dashboard, (390, 844)):
        page = screen.page
        page.route(f"**/{host}/**", answer)
        page.goto(f"{small_dashboard}/?from=2020-09-27&to=2020-11-10&tiles={name}")
        expect(page.locator(".tm-leaflet")).to_be_visible()
        screen.settle()
        page.get_by_test_id("stExpandSidebarButton").click()
        button(screen, host).click()
        expect(button(screen, host)).to_have_count(0)
        page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
        expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
        screen.settle()
        parts = (".leaflet-control-attribution", ".tm-where", ".tm-when", ".tm-legend")
        notice, *above = (page.locator(part).bounding_box() or {} for part in parts)
        assert max(box["y"] + box["height"] for box in above) <= notice["y"]
        assert asked_hosts(screen) == {host}
