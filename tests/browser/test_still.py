"""Nothing moves that was not asked to: layout shifts after the page is there, as browsers count them: what moves within
half a second of a click or a key was asked for.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.conftest import Screen

SHIFTS = """() => {
  globalThis.shifts = [];
  new PerformanceObserver(list => {
    for (const { hadRecentInput, sources } of list.getEntries()) {
      for (const { node, previousRect: from, currentRect: to } of hadRecentInput ? [] : sources) {
        // What was taken away, and words in the place of words, have moved nothing.
        // A number at the side that takes another line moves the choices below it: that is not counted here.
        // A chip that comes makes room among the chips, and comes when the server has answered.
        const element = node instanceof Element ? node : node?.parentElement;
        if (element?.closest("[data-testid=stSidebar], [class*=st-key-chip_]")) continue;
        if (!node || (from.x === to.x && from.y === to.y)) continue;
        globalThis.shifts.push(`${node.textContent.slice(0, 40)}: ${from.x}, ${from.y} to ${to.x}, ${to.y}`);
      }
    }
  }).observe({ type: "layout-shift", buffered: false });
}"""


@pytest.mark.heavy
@pytest.mark.parametrize("query", ["", "?incident=2020-shushi-shelling", "?panel=reports"], ids=["map", "card", "list"])
def test_filters_chips_cards_and_searches_move_nothing_else(screen: Screen, query: str) -> None:
    page = screen.open(query).page
    expect(page.get_by_role("button", name="Clear all")).to_be_visible()  # Streamlit fetches its buttons on their own
    page.evaluate(SHIFTS)
    page.get_by_text("Al-Ahram Weekly, 8 Oct 2020 ·").click()
    screen.settle()
    page.get_by_role("button", name="Told by Al-Ahram Weekly, 8 Oct 2020 ✕").click()
    screen.settle()
    screen.mark("Ganja")
    screen.settle()
    page.locator(".tm-report").first.click()
    screen.settle()
    page.keyboard.press("Escape")
    screen.settle()
    search = page.get_by_role("textbox", name="Search words or places")
    for words in ("rokets", "Shushi", ""):
        search.fill(words)
        search.press("Enter")
        screen.settle()
    page.wait_for_timeout(600)
    assert page.evaluate("globalThis.shifts") == []
