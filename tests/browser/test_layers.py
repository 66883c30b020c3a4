"""The reader's own layers in a real browser: drawn in their window, named with their source, never as reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from geodata.exports.html import to_html
from geodata.model.layers import look
from geodata.model.selection import Selection
from geodata.store.load import load
from tests import layering, server
from tests.conftest import Screen, opened
from tests.layering import CAMPS, DISTRICT, FRONT, HOSTILE, RIGHT_TO_LEFT, case_with, frame

pytestmark = pytest.mark.heavy

CAUCASUS = (45.4, 39.3, 47.6, 40.9)
WAR = "?from=2020-09-27&to=2020-11-10"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("layered")
    frame([FRONT], name=[RIGHT_TO_LEFT]).to_file(folder / "front.geojson", driver="GeoJSON")
    frame([DISTRICT], name=[HOSTILE]).to_file(folder / "district.gpkg", driver="GPKG")
    frame(CAMPS, since=["2020-10", "2021-06"]).to_parquet(folder / "camps.parquet")
    layering.png_with_world_file(folder / "old.png", CAUCASUS)
    return case_with(
        folder,
        {"file": "front.geojson", "title": "Front line before 27 September 2020", "source": "A journal of record",
         "terms": "CC BY 4.0", "first": "1994-05", "last": "2020-09-27"},
        {"file": "district.gpkg", "title": "District", "source": "A statistics office"},
        {"file": "camps.parquet", "title": "Camps", "source": "An agency", "first_column": "since"},
        {"file": "old.png", "title": "Old map", "source": "A survey of 1978"},
    )  # fmt: skip


@pytest.fixture(scope="module")
def address(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server.running(folder, tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture(params=[(1440, 900)])
def layered(request: pytest.FixtureRequest, reader: BrowserContext, address: str) -> Iterator[Screen]:
    yield from opened(reader, address, request.param)


DRAWN = "root => root.attest.layers.drawnIn(root.attest.window).map(({ info }) => info.number)"

INKED = """(canvas, [r, g, b]) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let found = 0;
  for (let at = 0; at < data.length; at += 4) {
    const far = Math.abs(data[at] - r) + Math.abs(data[at + 1] - g) + Math.abs(data[at + 2] - b);
    found += data[at + 3] > 100 && far < 90;
  }
  return found;
}"""
"""How many pixels of a canvas have a colour."""

SPOT = """(root, [lon, lat]) => { const view = root.attest.views[0], box = view.box.getBoundingClientRect();
  const at = view.map.latLngToContainerPoint([lat, lon]); return [box.x + at.x, box.y + at.y]; }"""


def colour(number: int) -> list[int]:
    return [int(look(number)[0][at : at + 2], 16) for at in (1, 3, 5)]


def root(page: Page) -> Locator:
    return page.locator(".tm").first


def until(page: Page, true: str) -> None:
    """Waits until an expression over ``root`` holds. The map stands in a shadow of the page."""
    asked = f"let tries = 300; while (!({true}) && tries--) await new Promise((done) => setTimeout(done, 30));"
    assert root(page).evaluate(f"async root => {{ {asked} return tries > 0; }}")


def all_loaded(page: Page) -> None:
    until(page, "root.attest?.layers.all.every(({ shapes, pictures }) => shapes.length + pictures.length > 0)")
    page.wait_for_timeout(100)


def inked(page: Page, number: int) -> int:
    found: int = page.locator(".tm-shapes").evaluate(INKED, colour(number))
    return found


def look_at(screen: Screen, query: str = WAR) -> Page:
    screen.open(query)
    all_loaded(screen.page)
    return screen.page


def set_window(page: Page, first: str, last: str) -> None:
    page.get_by_label("First day of the window").fill(first)
    page.get_by_label("Last day of the window").fill(last)
    page.get_by_label("Last day of the window").press("Tab")
    page.wait_for_timeout(200)


# --- drawing --------------------------------------------------------------------------------------------------------


def test_a_layer_is_drawn_while_the_window_touches_it_and_not_after(layered: Screen) -> None:
    page = look_at(layered)
    assert root(page).evaluate(DRAWN) == [1, 2, 3, 4]
    assert inked(page, 1) > 100
    set_window(page, "2020-09-28", "2020-11-10")
    assert root(page).evaluate(DRAWN) == [2, 3, 4]
    assert inked(page, 1) == 0
    assert inked(page, 2) > 20, "a layer without a span is drawn always"
    expect(page.locator(".tm-layer").first).to_contain_text("Not in this window of time.")
    set_window(page, "2020-09-01", "2020-09-30")
    assert inked(page, 3) == 0, "the first camp is of October"


def test_a_window_that_plays_draws_its_layers_without_the_server(layered: Screen) -> None:
    page = look_at(layered, "?from=2020-08-01&to=2020-08-31")
    assert root(page).evaluate(DRAWN) == [1, 2, 4]
    before = len(layered.to_server)
    page.get_by_role("button", name="Play").click()
    until(page, f"(drawn => !drawn.includes(1) && drawn.includes(3))(({DRAWN})(root))")
    assert len(layered.to_server) == before


def test_layers_lie_under_the_marks_and_over_the_land(layered: Screen) -> None:
    page = look_at(layered)
    order = [
        int(page.locator(f".leaflet-{name}-pane").evaluate("pane => getComputedStyle(pane).zIndex"))
        for name in ("tile", "layers", "marks")
    ]
    assert order == sorted(order)
    assert len(set(order)) == 3


# --- legend, pointer ------------------------------------------------------------------------------------------------


def test_the_legend_names_each_layer_with_its_source_span_and_terms(layered: Screen) -> None:
    page = look_at(layered)
    first = page.locator(".tm-layer").first
    expect(first).to_contain_text("Front line before 27 September 2020")
    expect(first).to_contain_text("source: A journal of record · May 1994 – 27 Sep 2020 · CC BY 4.0")
    expect(page.locator(".tm-layers h2")).to_have_text("Layers: as their sources say; not reports")


def test_the_keyboard_switches_a_layer_off_and_the_address_keeps_it(layered: Screen) -> None:
    page = look_at(layered)
    page.get_by_role("checkbox", name="District").focus()
    page.keyboard.press("Space")
    page.wait_for_timeout(200)
    assert inked(page, 2) == 0
    assert "layers_off=2" in page.url
    page.reload()
    expect(page.locator(".tm-count")).to_contain_text("on the map")
    all_loaded(page)
    assert not page.get_by_role("checkbox", name="District").is_checked()
    assert inked(page, 2) == 0
    page.get_by_role("checkbox", name="District").check()
    page.wait_for_timeout(200)
    assert "layers_off" not in page.url


def test_a_name_is_text_under_the_pointer_and_on_a_click_whatever_it_holds(layered: Screen) -> None:
    page = look_at(layered)
    page.mouse.move(*root(page).evaluate(SPOT, [46.7, 39.3]))
    tip = page.locator(".tm-tip")
    expect(tip).to_contain_text(HOSTILE)
    expect(tip).to_contain_text("source: A statistics office")
    expect(tip).to_contain_text("not a report")
    assert not tip.locator("img").count()
    page.mouse.click(*root(page).evaluate(SPOT, [46.7, 39.3]))
    expect(page.locator(".tm-popup")).to_contain_text(HOSTILE)
    assert page.title() != "run"


def test_a_right_to_left_name_stands_in_its_own_direction(layered: Screen) -> None:
    page = look_at(layered)
    page.mouse.move(*root(page).evaluate(SPOT, [45.75, 39.6]))
    name = page.locator(".tm-tip .tm-layer-name")
    expect(name).to_have_text(RIGHT_TO_LEFT)
    assert name.evaluate("one => getComputedStyle(one).direction") == "rtl"


# --- pictures -------------------------------------------------------------------------------------------------------


def test_a_scanned_map_has_an_opacity_and_a_divider_that_cuts_it(layered: Screen) -> None:
    page = look_at(layered)
    pictures = page.locator(".tm-pictures")
    alpha = "canvas => canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[3]"
    assert pictures.evaluate(alpha) == pytest.approx(191, abs=3)
    page.get_by_role("slider", name="Opacity of Old map").fill("40")
    page.wait_for_timeout(100)
    assert pictures.evaluate(alpha) == pytest.approx(102, abs=3)
    page.get_by_role("checkbox", name="Divider: cut pictures against the land").check()
    divider = page.get_by_role("slider", name="Divider between the land and the pictures over it")
    divider.focus()
    page.keyboard.press("ArrowRight")
    assert pictures.evaluate("one => one.style.clipPath") == "inset(0px 0px 0px 55%)"
    assert divider.get_attribute("aria-valuetext") == "the land alone 55 percent of the width"
    page.get_by_role("checkbox", name="Divider: cut pictures against the land").uncheck()
    expect(divider).to_have_count(0)
    assert pictures.evaluate("one => one.style.clipPath") == ""


def test_the_copied_picture_shows_the_layers_and_names_their_sources(layered: Screen) -> None:
    page = look_at(layered)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    written = """() => { globalThis.written = []; const fill = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (text, ...at) { written.push(text);
        return fill.call(this, text, ...at); }; }"""
    page.evaluate(written)
    page.get_by_role("button", name="Copy picture").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    taken = """async () => { const [item] = await navigator.clipboard.read();
      const picture = await createImageBitmap(await item.getType("image/png"));
      const canvas = document.body.appendChild(document.createElement("canvas"));
      Object.assign(canvas, { id: "taken", width: picture.width, height: picture.height });
      canvas.getContext("2d").drawImage(picture, 0, 0); }"""
    page.evaluate(taken)
    assert page.locator("#taken").evaluate(INKED, colour(1)) > 100
    said = page.evaluate("written")
    assert "Front line before 27 September 2020 · source: A journal of record, CC BY 4.0" in said
    assert "Old map · source: A survey of 1978" in said


# --- other hosts, other screens -------------------------------------------------------------------------------------


@pytest.mark.parametrize("layered", [(390, 844)], indirect=True)
def test_the_layers_are_reached_on_a_phone(layered: Screen) -> None:
    page = look_at(layered)
    page.locator(".tm-legend summary").click()
    box = page.get_by_role("checkbox", name="Camps")
    box.scroll_into_view_if_needed()
    box.uncheck()
    page.wait_for_timeout(200)
    assert root(page).evaluate(DRAWN) == [1, 2, 4]


def test_a_class_is_shown_the_layers_with_their_sources(layered: Screen) -> None:
    page = look_at(layered, "?mode=class")
    expect(page.locator(".tm-layer").first).to_contain_text("source: A journal of record")
    assert inked(page, 2) > 20


def test_a_saved_map_draws_its_layers_from_disk(browser: Browser, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "map.html").write_bytes(to_html(load(folder), Selection()))
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "map.html").as_uri())
    all_loaded(page)
    assert root(page).evaluate(DRAWN) == [1, 2, 3, 4]
    assert inked(page, 1) > 100
    expect(page.locator(".tm-layer").first).to_contain_text("source: A journal of record")
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    page.close()


def test_a_layer_that_vanishes_is_told_once_and_the_map_stays(
    reader: BrowserContext, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    frame([FRONT]).to_file(tmp_path / "front.geojson", driver="GeoJSON")
    frame([DISTRICT]).to_file(tmp_path / "district.geojson", driver="GeoJSON")
    folder = case_with(tmp_path, {"file": "front.geojson"}, {"file": "district.geojson", "title": "District"})
    with server.running(folder, tmp_path_factory.mktemp("server") / "log.txt") as address:
        for screen in opened(reader, address, (1440, 900)):
            page = look_at(screen, "")
            assert not page.get_by_test_id("stAlert").count()
            (folder / "front.geojson").unlink()
            screen.open("?from=2020-09-27&to=2020-11-10")
            alert = page.get_by_test_id("stAlert")
            expect(alert).to_have_count(1)
            expect(alert).to_contain_text("A layer cannot be drawn. The reports and the map are whole without it.")
            expect(page.get_by_text("layers 1, file: front.geojson is not there; put it back")).to_be_visible()
            all_loaded(page)
            assert root(page).evaluate(DRAWN) == [2]
            expect(page.locator(".tm-count")).to_contain_text("on the map")


def test_what_a_layer_says_of_a_point_goes_when_the_layer_is_switched_off(layered: Screen) -> None:
    page = look_at(layered)
    popup = page.locator(".tm-popup")
    page.mouse.click(*root(page).evaluate(SPOT, [46.7, 39.3]))
    expect(popup).to_contain_text("A statistics office")
    page.locator(".tm-layer", has_text="A statistics office").locator("input").first.uncheck()
    expect(popup).to_be_hidden()


def test_what_a_layer_says_of_a_point_goes_when_the_window_leaves_its_span(layered: Screen) -> None:
    page = look_at(layered, "?from=2020-09-01&to=2020-09-27")
    page.mouse.click(*root(page).evaluate(SPOT, [45.75, 39.6]))
    popup = page.locator(".tm-popup")
    expect(popup).to_contain_text("A journal of record")
    set_window(page, "2020-10-05", "2020-11-01")
    expect(popup).to_be_hidden()
