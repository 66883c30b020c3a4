"""A link opens the view that it was copied from."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import Screen


def test_a_link_restores_filters_window_colour_camera_and_card(screen: Screen) -> None:
    screen.open(
        "?from=2020-09-27&to=2020-11-10&by=document&sides=armenian&surely=1&incident=2020-shushi-shelling"
        "&camera=39.760,46.750,9"
    )
    expect(screen.page.get_by_label("First day of the window")).to_have_value("27 Sep 2020")
    expect(screen.page.locator(".tm-legend")).to_contain_text("In which document")
    expect(screen.page.locator(".tm-panel")).to_contain_text("2020-shushi-shelling")
    expect(screen.page.locator("label").filter(has_text="Armenian ·").locator("input")).to_be_checked()
    expect(screen.sentence).to_contain_text("surely inside")
    scale = screen.page.locator(".tm-scale").first
    expect(scale).to_contain_text(re.compile(r"^(5|10|20) km"))


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("?from=2020-01-01", "1 Jan 2020", "7 May 2021"),
        ("?from=2021-01-01&to=2020-01-01", "1 Jan 2020", "1 Jan 2021"),
        ("?from=1000-01-01&to=2500-01-01", "1 Jan 2006", "7 May 2021"),
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


@pytest.mark.heavy
@pytest.mark.parametrize(
    "query", ["?scopes=", "?scopes=bogus&sources=bogus", "?camera=.,.,.", "?camera=1.2.3,4,5&by=x"]
)
def test_a_link_with_nonsense_in_it_hides_nothing(screen: Screen, query: str) -> None:
    screen.open(query)
    assert int(re.match(r"(\d+) report", screen.sentence.inner_text())[1]) > 200


@pytest.mark.heavy
def test_the_same_link_shows_the_same_to_another_reader(screen: Screen) -> None:
    screen.open()
    screen.page.get_by_text("Keghart, 7 May 2021 ·").click()
    screen.settle()
    sentence, url = screen.sentence.inner_text(), screen.page.url
    other = screen.page.context.browser.new_page()
    other.goto(url)
    expect(other.locator(".st-key-said p").first).to_have_text(sentence)
    other.close()


@pytest.mark.heavy
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


@pytest.mark.heavy
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


def test_going_back_in_the_browser_restores_the_view_before(screen: Screen) -> None:
    screen.open()
    before = screen.sentence.inner_text()
    screen.page.get_by_text("Keghart, 7 May 2021 ·").click()
    expect(screen.sentence).not_to_have_text(before)
    screen.settle()
    screen.page.go_back()
    expect(screen.sentence).to_have_text(before)


COPIED = "navigator.clipboard.readText()"


@pytest.mark.heavy
def test_a_citation_bears_the_public_address_and_never_that_of_this_machine_or_of_a_frame(screen: Screen) -> None:
    page = screen.open("?embed=true&incident=2020-shushi-shelling").page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "http" not in page.evaluate(COPIED)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_have_count(2)
    assert "incident=2020-shushi-shelling" in page.evaluate(COPIED)
    assert "embed" not in page.evaluate(COPIED)
    screen.open("?page=briefing&incident=2020-shushi-shelling")
    page.get_by_role("textbox", name="Public address of this page").fill("https://maps.example.org/attest")
    page.keyboard.press("Enter")
    screen.settle()
    page.get_by_role("radio", name="Map", exact=True).click()
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    cited = page.evaluate(COPIED)
    assert " https://maps.example.org/attest?" in cited
    assert "incident=2020-shushi-shelling" in cited
    assert "localhost" not in cited


@pytest.mark.heavy
def test_prints_hear_how_large_the_map_was_and_the_link_does_not_say_it(screen: Screen) -> None:
    page = screen.open("?camera=39.760,46.750,9").page
    box = page.locator(".leaflet-container").first.bounding_box()
    page.get_by_role("radio", name="Briefing", exact=True).click()
    expect(page.get_by_text("Picture for a briefing")).to_be_visible()
    screen.settle()
    told = f"size={box['width']:.0f}%2C{box['height']:.0f}"
    assert any(told in frame for frame in screen.to_server)
    assert "size" not in page.url
