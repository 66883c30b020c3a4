"""Choices whose words have a number in them, which follows the filters."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import Screen

NUMBER = re.compile(r" · [\d,]+")


@pytest.mark.heavy
def test_what_is_chosen_stays_so_while_its_number_changes(screen: Screen) -> None:
    page = screen.page
    page.goto(f"{screen.address}/?page=disagreements")
    page.locator(".st-key-stand button").last.click()
    told = page.locator(".st-key-stand [aria-checked=true]")
    expect(told).to_be_visible()
    screen.settle()
    words = NUMBER.sub("", told.inner_text())
    numbers = set()
    for text in ("Shushi", "attack", ""):
        page.locator(".st-key-tools input").fill(text)
        page.locator(".st-key-tools input").press("Enter")
        screen.settle()
        numbers |= set(NUMBER.findall(told.inner_text()))
        assert NUMBER.sub("", told.inner_text()) == words
        expect(page).to_have_url(re.compile("stand="))
    assert len(numbers) > 1, "the number is that of what is shown now"
