"""The page on paper: map, window, legend, sentence and sources stand on one sheet, and a card whole after it."""

from __future__ import annotations

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
