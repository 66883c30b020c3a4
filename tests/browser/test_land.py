"""The land under the marks, anywhere on earth, on the real dashboard and in a saved file, with the network blocked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from geodata.cli import main
from tests import server
from tests.conftest import Screen, opened

pytestmark = pytest.mark.heavy

PLACES = {
    "syria": [(36.2, 37.15, "Aleppo"), (33.51, 36.29, "Damascus")],
    "bangladesh": [(23.81, 90.41, "Dhaka"), (21.45, 91.97, "Cox's Bazar"), (24.9, 91.87, "Sylhet")],
    "pacific": [(-18.14, 178.44, "Suva"), (-13.83, -171.76, "Apia")],
    "one": [(20.14, 92.9, "Sittwe")],
    "poles": [(-77.85, 166.67, "McMurdo"), (78.22, 15.65, "Longyearbyen")],
}
STATE = """(element) => {
  const { views: [view], land: cells } = element.attest;
  const size = view.map.getSize();
  const [land, box] = [view.land.canvas.getBoundingClientRect(), view.box.getBoundingClientRect()];
  const at = (x, y) => [...view.land.context.getImageData(
    Math.round(x + box.x - land.x), Math.round(y + box.y - land.y), 1, 1).data];
  return {
    zoom: view.map.getZoom(),
    whole: cells.cellsIn(cells.levels.findLastIndex((level) => level.zoom <= view.map.getZoom()), [
      view.map.getBounds().getWest(), view.map.getBounds().getSouth(),
      view.map.getBounds().getEast(), view.map.getBounds().getNorth()]).isWhole,
    under: view.items.filter(({ kind }) => kind === "mark").map(({ x, y }) => at(x, y)),
    hidden: view.items.filter(({ kind, x, y }) => kind === "mark" && view.controlBoxes().some((box) =>
      x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height)).length,
    marks: view.items.filter(({ kind }) => kind === "mark").length,
    size: [size.x, size.y],
  };
}"""


LAND_AND_SEA = {
    "syria": ((35.0, 38.5), None), "bangladesh": ((24.5, 89.5), (20.8, 90.5)),
    "pacific": ((-17.8, 178.0), (-15.0, 183.0)), "one": (None, (20.05, 92.75)), "poles": ((-80.0, 60.0), (0.0, 150.0)),
}  # fmt: skip
"""A point on land and one at sea, latitude first, where both are seen."""

PIXEL = """(element, [lat, lon]) => {
  const { views: [view] } = element.attest;
  const { x, y } = view.map.latLngToContainerPoint([lat, lon]);
  const [land, box] = [view.land.canvas.getBoundingClientRect(), view.box.getBoundingClientRect()];
  const [red, green, blue, shown] = view.land.context.getImageData(x + box.x - land.x, y + box.y - land.y, 1, 1).data;
  return shown === 255 && red > 225 && blue < red + 5;
}"""


def table(folder: Path, name: str) -> Path:
    path = folder / f"{name}.csv"
    rows = [f'{number},2024-01-0{number + 1},Incident,"{place}",{lat},{lon},Daily News'
            for number, (lat, lon, place) in enumerate(PLACES[name])]  # fmt: skip
    path.write_text("\n".join(["id,date,title,place,latitude,longitude,source", *whole(rows)]))
    return path


def whole(rows: list[str]) -> Iterator[str]:
    """The rows, and further ones on no map: a table with fewer rows than before would first be asked about."""
    yield from rows
    yield from (f"{number},2024-01-01,Elsewhere,,,,Daily News" for number in range(len(rows), MOST))
    yield ""


MOST = max(map(len, PLACES.values()))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    path = table(tmp_path_factory.mktemp("elsewhere"), "syria")
    with server.running(path, path.with_suffix(".log")) as address:
        yield path, address


@pytest.fixture
def screen(reader: BrowserContext, elsewhere: tuple[Path, str]) -> Iterator[Screen]:
    yield from opened(reader, elsewhere[1], (1440, 900))


def shown(page: Page) -> dict[str, Any]:
    """The map's state once its land is here."""
    for _ in range(60):
        state: dict[str, Any] = page.locator(".tm").first.evaluate(STATE)
        if state["whole"]:
            return state
        page.wait_for_timeout(100)
    raise AssertionError("the land does not come")


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("syria", "Syria"),
        ("bangladesh", "Bangladesh"),
        ("pacific", "larger town"),
        ("one", "Myanmar"),
        ("poles", "° [NS], "),
    ],
)
def test_a_table_from_anywhere_lies_on_its_land(
    screen: Screen, elsewhere: tuple[Path, str], name: str, country: str
) -> None:
    elsewhere[0].write_text(table(elsewhere[0].parent, name).read_text())
    screen.open()
    state = shown(screen.page)
    assert state["marks"] == len(PLACES[name])
    assert state["hidden"] == 0, "no mark lies under a button"
    if name in ("syria", "bangladesh"):
        assert all(sum(pixel[:3]) > 3 * 225 and pixel[3] == 255 for pixel in state["under"]), (
            "marks in towns lie on land"
        )
    if name == "pacific":
        assert state["zoom"] > 5, "it is framed as one, and not as the whole world"
    if name == "one":
        assert 8 <= state["zoom"] <= 10.5, "no closer than a district"
    on_land, at_sea = LAND_AND_SEA[name]
    assert on_land is None or screen.page.locator(".tm").first.evaluate(PIXEL, list(on_land))
    assert at_sea is None or not screen.page.locator(".tm").first.evaluate(PIXEL, list(at_sea))
    expect(screen.page.locator(".tm-where")).to_contain_text(re.compile(f"Centre: .*{country}"))
    expect(screen.page.locator(".tm-scale")).to_contain_text("km")


def test_the_land_comes_after_the_table_and_is_asked_for_once(screen: Screen, elsewhere: tuple[Path, str]) -> None:
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url.split("/attest/")[-1]))
    elsewhere[0].write_text(table(elsewhere[0].parent, "syria").read_text())
    screen.open()
    shown(screen.page)
    tables = [number for number, address in enumerate(asked) if address.endswith("/table")]
    land = [address for address in asked if "/land/" in address]
    assert land
    assert tables[0] < min(number for number, address in enumerate(asked) if "/land/" in address)
    assert len(set(land)) == len(land)
    screen.page.locator(".tm-leaflet").press("ArrowRight")
    screen.page.wait_for_timeout(400)
    screen.page.locator(".tm-leaflet").press("ArrowLeft")
    screen.page.wait_for_timeout(400)
    again = [address for address in asked if "/land/" in address]
    assert len(set(again)) == len(again)


def test_a_mark_without_a_place_is_told_by_its_nearest_town(screen: Screen, elsewhere: tuple[Path, str]) -> None:
    rows = whole(["0,2024-01-01,Incident,,36.3,37.0,Daily News"])
    elsewhere[0].write_text("\n".join(["id,date,title,place,latitude,longitude,source", *rows]))
    screen.open("?camera=36.3,37.0,10")
    expect(screen.page.locator(".tm-where")).to_contain_text("Syria")
    box = screen.page.locator(".tm-leaflet").bounding_box()
    assert box
    screen.page.locator(".tm-leaflet").click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(screen.page.locator(".tm-panel")).to_contain_text("On the base map: ")
    expect(screen.page.locator(".tm-panel")).to_contain_text("Syria")


def test_a_mark_in_the_town_that_it_names_is_not_told_of_it_twice(screen_of_shipped: Screen) -> None:
    screen_of_shipped.open()
    shown(screen_of_shipped.page)
    screen_of_shipped.mark("Stepanakert / Xankəndi")
    cards = screen_of_shipped.page.locator(".tm-panel")
    expect(cards).to_contain_text("Stepanakert / Xankəndi")
    expect(cards).not_to_contain_text("On the base map: larger town Stepanakert")


def test_words_tell_where_the_map_looks_and_follow_it(screen: Screen, elsewhere: tuple[Path, str]) -> None:
    elsewhere[0].write_text(table(elsewhere[0].parent, "one").read_text())
    screen.open("?camera=20.15,92.90,10")
    expect(screen.page.locator(".tm-where")).to_contain_text("Sittwe, Myanmar")
    screen.open("?camera=-30,-140,9")
    expect(screen.page.locator(".tm-where")).to_contain_text("30° S, 140° W, far from any town")
    screen.open("?camera=80,20,4")
    expect(screen.page.locator(".tm-where")).not_to_contain_text("far from any town")
    described = screen.page.locator(".tm-leaflet").first.get_attribute("aria-describedby")
    assert screen.page.locator(f"#{described}").inner_text().startswith("Centre: ")
    screen.open("?camera=60,10,3")
    expect(screen.page.locator(".tm-scale")).to_contain_text("° N")


def test_on_a_phone_no_mark_lies_under_the_words_of_where(reader: BrowserContext, elsewhere: tuple[Path, str]) -> None:
    elsewhere[0].write_text(table(elsewhere[0].parent, "pacific").read_text())
    for screen in opened(reader, elsewhere[1], (390, 844)):
        screen.open()
        state = shown(screen.page)
        assert (state["marks"], state["hidden"]) == (2, 0)


def test_a_part_of_the_land_that_does_not_come_is_told(screen: Screen, elsewhere: tuple[Path, str]) -> None:
    elsewhere[0].write_text(table(elsewhere[0].parent, "syria").read_text())
    screen.page.route("**/land/**", lambda route: route.abort())
    screen.open()
    expect(screen.page.locator(".tm-where")).to_contain_text("A part of the base map does not come.")
    expect(screen.page.locator(".tm-where")).not_to_contain_text("far from any town")


def test_a_saved_map_has_its_land_without_a_network(browser: Browser, tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    path = table(tmp_path, "bangladesh")
    assert main(["export", str(path), "--format", "html", "-o", str(target)]) == 0
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    warned: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: warned.append(message.text) if message.type in ("warning", "error") else None)
    page.goto(target.as_uri())
    expect(page.locator(".tm-count")).to_contain_text("on the map")
    page.wait_for_function("document.querySelector('.tm').attest.land.kept.get('10m/45_18')?.paths.has('land')")
    page.wait_for_timeout(200)
    assert all(sum(pixel[:3]) > 3 * 225 for pixel in page.locator(".tm").first.evaluate(STATE)["under"])
    expect(page.locator(".tm-where")).to_contain_text("larger town")
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert [text for text in warned if "willReadFrequently" not in text] == []
    page.close()


def test_a_map_across_the_antimeridian_opens_where_its_link_was_made(
    screen: Screen, elsewhere: tuple[Path, str]
) -> None:
    elsewhere[0].write_text(table(elsewhere[0].parent, "pacific").read_text())
    screen.open("?camera=-16.5,-178,5")
    assert shown(screen.page)["marks"] > 0, "west of the antimeridian lies east of Fiji"
    screen.page.locator(".tm").first.evaluate("(it) => it.attest.map.panBy([-9000, 0], { animate: false })")
    expect(screen.page).not_to_have_url(re.compile("camera=-16.5,-178,5"))
    middle = "(it) => it.attest.map.getCenter().lng"
    before = screen.page.locator(".tm").first.evaluate(middle)
    assert 0 <= before <= 360, "who went a turn away is brought back to the marks"
    screen.page.reload()
    shown(screen.page)
    assert screen.page.locator(".tm").first.evaluate(middle) == pytest.approx(before, abs=0.01)


def test_the_shipped_case_names_nothing_of_the_base_map_near_a_contested_place(screen_of_shipped: Screen) -> None:
    screen_of_shipped.open("?camera=39.80,46.75,10")
    shown(screen_of_shipped.page)
    expect(screen_of_shipped.page.locator(".tm-where")).to_contain_text("Stepanakert / Xankəndi")
    expect(screen_of_shipped.page.locator(".tm-where")).not_to_contain_text("Azerbaijan")


@pytest.fixture
def screen_of_shipped(reader: BrowserContext, dashboard: str) -> Iterator[Screen]:
    yield from opened(reader, dashboard, (1440, 900))
