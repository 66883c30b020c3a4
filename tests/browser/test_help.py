"""Help draws the signs that it speaks of, as the map's legend does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Screen

DRAWN = """lines => lines.map((line) => [line.innerText.trim(), line.querySelector("canvas").toDataURL()])"""


def drawn(page: Page, lines: str) -> list[list[str]]:
    """The words and the picture of each line of a legend."""
    found: list[list[str]] = page.locator(lines).evaluate_all(DRAWN)
    return found


@pytest.mark.heavy
def test_help_draws_each_colour_and_each_sign_as_the_map_does(screen: Screen) -> None:
    page = screen.open().page
    on_the_map = drawn(page, ".tm-legend li")
    assert len({picture for _, picture in on_the_map}) == len(on_the_map) > 12, "no two signs look alike"
    screen.open("?page=help")
    expect(page.locator(".st-key-help_signs li").first).to_be_visible()
    assert drawn(page, ".st-key-help_colours li") + drawn(page, ".st-key-help_signs li") == on_the_map


@pytest.mark.heavy
def test_help_draws_the_colours_that_are_chosen(screen: Screen) -> None:
    page = screen.open("?page=help&by=type").page
    expect(page.locator(".st-key-help_colours")).to_contain_text("fighting")
    expect(page.locator(".st-key-help_colours")).not_to_contain_text("Azerbaijani")
