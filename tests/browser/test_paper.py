"""The page on paper: map, window, legend, sentence and sources stand on one sheet, and a card whole after it."""

from __future__ import annotations

from typing import Literal

import pypdfium2
import pytest

from tests.conftest import Screen

pytestmark = pytest.mark.heavy


def printed(screen: Screen) -> list[str]:
    """The text of each sheet, without the breaks of its lines."""
    sheets = pypdfium2.PdfDocument(screen.page.pdf(prefer_css_page_size=True))
    return [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in sheets]


@pytest.mark.parametrize("query", ["", "&lanes=1", "&by=document"])
def test_a_view_is_whole_on_one_sheet(screen: Screen, query: str) -> None:
    screen.open(f"?from=2020-09-27&to=2020-11-10{query}")
    [sheet] = printed(screen)
    for words in (
        "110 reports of 96 incidents",
        "27 Sep 2020 – 10 Nov 2020",
        "Legend",
        "dashed disc",
        "Told by: Al-Ahram Weekly",
    ):
        assert words in sheet
    for words in ("Collect marks", "Class mode", "Clear all", "Colour marks by", "All dates"):
        assert words not in sheet


def test_an_open_card_is_whole_on_the_sheets_after_it(screen: Screen) -> None:
    screen.open("?incident=2020-shushi-shelling")
    view, *rest = printed(screen)
    card = " ".join(rest)
    assert "Legend" in view and "dashed disc" in view
    assert "Rocket fire on Shushi" in card and "Words for the event" in card and "Told by:" in card
    assert screen.page.locator(".tm-legend").get_attribute("open") is None, "it was closed before"


PARTS = ("body", ".stApp", ".st-key-header h1", ".st-key-said p", ".tm-panel", ".tm-panel h2", ".tm-panel td",
         ".tm-panel .tm-faint >> nth=-1", ".st-key-printed p")  # fmt: skip

BRIGHTNESS = """(element) => {
  const canvas = document.createElement("canvas").getContext("2d");
  const { color, backgroundColor } = getComputedStyle(element);
  return [color, backgroundColor].map((colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, opaque] = canvas.getImageData(0, 0, 1, 1).data;
    return opaque ? (red + green + blue) / 3 : 255;
  });
}"""
"""How bright (0 to 255) the words of a part are, and its ground; a clear ground is the sheet's."""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paper_is_light_and_its_words_are_dark_in_either_theme(screen: Screen, theme: Literal["light", "dark"]) -> None:
    screen.page.emulate_media(color_scheme=theme)
    screen.open("?incident=2016-sloyan-medal")
    screen.page.emulate_media(color_scheme=theme, media="print")
    for part in PARTS:
        words, ground = screen.page.locator(part).first.evaluate(BRIGHTNESS)
        assert words < 110, part
        assert ground > 220, part
    head, said = (screen.page.locator(part).bounding_box() for part in (".st-key-header h1", ".st-key-said"))
    assert head["y"] + head["height"] <= said["y"], "the title does not lie over the sentence"
    screen.page.emulate_media(color_scheme=None, media=None)
