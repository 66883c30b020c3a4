"""What a session sees first: the marks, and then header, chips and filters in the room that was kept for them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.conftest import Screen

SEEN = """() => {
  const seen = globalThis.seen = { first: [], tops: [] };
  const inside = (root) => [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  const all = (root, selector) =>
    [...root.querySelectorAll(selector), ...inside(root).flatMap((one) => all(one, selector))];
  const look = () => {
    const marks = all(document, ".tm-count").find((count) => count.textContent.includes("on the map"));
    const is = { marks, filters: document.querySelector(".st-key-list_scopes [data-testid=stCheckbox]"),
      chips: document.querySelector(".st-key-clear button"), pages: document.querySelector(".st-key-pages button") };
    for (const [name, element] of Object.entries(is)) if (element && !seen.first.includes(name)) seen.first.push(name);
    const top = Math.round(document.querySelector(".st-key-timemap")?.getBoundingClientRect().top ?? 0);
    if (marks && !seen.tops.includes(top)) seen.tops.push(top);
    requestAnimationFrame(look);
  };
  look();
}"""
"""Notes in which order parts of the page come, looked at in each frame, and where the map's top has been since."""


@pytest.mark.parametrize("screen", [(1440, 900), (390, 844)], ids=["desktop", "phone"], indirect=True)
def test_the_marks_come_first_and_what_stands_around_them_moves_no_mark(screen: Screen) -> None:
    screen.page.add_init_script(f"({SEEN})()")
    screen.open()
    expect(screen.page.get_by_role("button", name="Clear all")).to_be_visible()
    expect(screen.page.locator(".st-key-pages button").first).to_be_visible()
    expect(screen.page.locator(".st-key-list_scopes [data-testid=stCheckbox]").first).to_be_attached()
    seen = screen.page.evaluate("globalThis.seen")
    assert seen["first"][0] == "marks"
    assert {"chips", "pages"} < set(seen["first"])
    assert len(seen["tops"]) == 1, "the map stands where it first stood"


@pytest.mark.heavy
def test_the_filters_come_all_the_same_where_the_browser_never_says_that_it_shows_marks(screen: Screen) -> None:
    said: list[str] = []

    def lost(route: Route) -> None:
        said.append(route.request.url)
        route.abort()

    screen.page.route("**/shown", lost)
    screen.open()
    expect(screen.page.locator(".st-key-list_scopes [data-testid=stCheckbox]").first).to_be_visible()
    assert len(said) == 1


@pytest.mark.heavy
def test_only_the_first_run_of_a_session_waits_for_its_marks(screen: Screen) -> None:
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/shown") else None)
    screen.open()
    screen.page.get_by_text("Al-Ahram Weekly, 8 Oct 2020 ·").click()
    screen.settle()
    expect(screen.page.get_by_role("button", name="Told by Al-Ahram Weekly, 8 Oct 2020 ✕")).to_be_visible()
    assert len(asked) == 1
