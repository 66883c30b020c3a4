"""The picture of three dimensions: names and columns in words, colours with letters, and a sign that it loads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.conftest import Screen

pytestmark = pytest.mark.heavy  # the suite of every day stays short

SIGN = ".st-key-cube_sign p"
CANVAS = ".st-key-cube [data-testid=stDeckGlJsonChart] canvas"

SLOW = 40_000
"""Milliseconds: without a graphics card the first paint takes all of a busy machine."""

PAINTED = """canvas => {
    const small = new OffscreenCanvas(40, 40), pen = small.getContext("2d");
    pen.drawImage(canvas, 0, 0, 40, 40);
    return pen.getImageData(0, 0, 40, 40).data.some(Boolean);
}"""


def painted(page: Page) -> bool:
    return bool(page.locator(CANVAS).first.evaluate(PAINTED))


def test_a_sign_says_that_the_picture_loads_until_its_first_paint(screen: Screen) -> None:
    held: list[Route] = []
    screen.page.route(re.compile(r"DeckGlJsonChart.*\.js"), lambda route: held.append(route))  # noqa: PLW0108, Playwright takes no built-in
    screen.page.goto(f"{screen.address}/?page=3-d")
    expect(screen.page.locator(SIGN)).to_contain_text("Drawing the picture")
    screen.page.wait_for_timeout(1000)
    expect(screen.page.locator(SIGN)).to_be_visible()
    assert held, "the script of the picture was on its way"
    for route in held:
        route.continue_()
    expect(screen.page.locator(SIGN)).to_be_hidden(timeout=SLOW)
    assert painted(screen.page)


def test_the_legend_of_the_cube_has_the_maps_colours_and_letters(screen: Screen) -> None:
    page = screen.open("?page=3-d&from=2020-09-27&to=2020-11-10").page
    lines = page.locator(".st-key-cube_colours li")
    expect(lines.first).to_be_visible(timeout=SLOW)
    shown = lines.evaluate_all(
        "lines => lines.map((line) => [line.innerText.trim(), line.querySelector('canvas').toDataURL()])"
    )
    screen.open()
    on_the_map = page.locator(".tm-legend li").evaluate_all(
        "lines => lines.map((line) => [line.innerText.trim(), line.querySelector('canvas').toDataURL()])"
    )
    assert shown
    assert all(line in on_the_map for line in shown)


def test_columns_have_a_legend_of_their_numbers(screen: Screen) -> None:
    page = screen.open("?page=3-d").page
    page.get_by_text("Density", exact=True).click()
    expect(page.locator(".st-key-cube_colours li").last).to_have_text(re.compile(r"\d+ reports"), timeout=SLOW)
    expect(page.get_by_role("figure", name=re.compile("Density of [0-9]+ reports"))).to_be_visible()


@pytest.mark.parametrize("screen", [(390, 844)], indirect=True, ids=["phone"])
def test_on_a_phone_nothing_of_the_page_is_wider_than_it(screen: Screen) -> None:
    page = screen.open("?page=3-d").page
    expect(page.locator(SIGN)).to_be_hidden(timeout=SLOW)
    assert painted(page)
    assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollWidth") <= 390
