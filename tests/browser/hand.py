"""The hand of the reader who does anything: how an action finds what it is done to."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TooLate


class Hand:
    """`then` does an action and compares what comes of it. Where there is nothing to do it to, another is done."""

    page: Page

    def then(self, what: str, act: Callable[[], object]) -> None:
        raise NotImplementedError

    def choose(self, what: str, buttons: Locator, at: int = 0) -> None:
        """Clicks one of what is there; where there is none, the reader opens a mark instead."""
        buttons = buttons.filter(visible=True)
        if count := buttons.count():
            number = at % count
            self.then(f"{what} {number}", buttons.nth(number).click)
        else:
            self.open_a_mark(at)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def open_a_mark(self, at: int) -> None:
        def press() -> None:
            if not self.page.locator(".tm-jump").filter(visible=True).count():
                self.button("List marks").first.click()
            marks = self.page.locator(".tm-jump").filter(visible=True)
            if count := marks.count():
                marks.nth(at % count).click()

        if self.page.locator(".tm-map").count():
            self.then(f"mark {at}", press)
        else:
            self.go_to("Map")

    def go_to(self, name: str) -> None:
        tab = self.page.locator(".st-key-pages [role=radio]").get_by_text(name, exact=True)
        self.then(f"page {name}", tab.click)

    def on(self, selector: str, what: str, act: Callable[[float, float, float, float], object]) -> None:
        """Does something with the mouse on a part of the map; ``act`` is given its left, top, width and height."""
        box = self.page.locator(selector).first
        if box.count():
            self.then(what, lambda: act(*(box.bounding_box() or {}).values()))
        else:
            self.go_to("Map")

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        self.page.mouse.move(*end)
        self.page.mouse.up()

    def fills(self, what: str, fields: Locator, text: str, at: int) -> bool:
        """Writes into one of the fields that are there; false where there is none."""
        if not (count := fields.count()):
            return False
        field = fields.nth(at % count)
        self.then(f"{what} {at % count} {text!r}", lambda: (field.fill(text), field.press("Enter")))
        return True

    def choose_in(self, key: str, at: int) -> None:
        def select() -> None:
            options = self.page.locator("[role=option]")  # and no option of a menu of the map
            field.click()
            try:
                options.first.wait_for(timeout=5_000)
            except TooLate:  # the page was drawn anew under the hand; a reader clicks once more
                field.click()
                options.first.wait_for()
            options.nth(at % options.count()).click()

        field = self.page.locator(f".st-key-{key} [role=combobox]").first
        if field.count():
            self.then(f"{key} {at}", select)
        else:
            self.go_to({"compared": "Compare", "document": "Sources"}.get(key, "Map"))
