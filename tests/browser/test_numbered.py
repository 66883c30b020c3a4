"""Choices whose words have a number in them, which follows the filters."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import Screen

NUMBER = re.compile(r" · [\d,]+")


@pytest.mark.heavy
@pytest.mark.parametrize(
    "query, chosen, address",
    [
        ("?page=compare&compare=sides&a=armenian&b=press", ".st-key-set_a [aria-label='Selected values']",
         "a=armenian&b=press"),
        ("?page=disagreements", ".st-key-stand [aria-checked=true]", "stand="),
    ],
)  # fmt: skip
def test_what_is_chosen_stays_so_while_its_number_changes(
    screen: Screen, query: str, chosen: str, address: str
) -> None:
    page = screen.page
    page.goto(f"{screen.address}/{query}")
    has_number = "disagreements" in query
    if has_number:
        page.locator(".st-key-stand button").last.click()
    told = page.locator(chosen)
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
        expect(page).to_have_url(re.compile(address))
    assert len(numbers) > 1 if has_number else not numbers, "the number is that of what is shown now"
