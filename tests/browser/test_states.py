"""The address equals the screen: after each of many random actions a fresh page at that address shows the same.

The actions are drawn by Hypothesis from a fixed seed, so that a failure is met again; SEED=number draws others. `make
states` takes two hundred of them in four walks, `make heavy` a few.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from playwright.sync_api import Browser, BrowserContext, Error

from tests.browser.actions import ACTIONS, Reader
from tests.conftest import TOUR_SEEN, Screen, opened

SEEN = Path(__file__).parent / "seen.js"

RESTS = 400
"""Milliseconds in which nothing changes: what the timeline tells of its stretch is told a fifth of a second later."""

LATE = 1500
"""Milliseconds that two pages have to become the same, where the machine is busy: then both are looked at again."""

PATIENCE = 60_000
"""Milliseconds after which a page that does not come to rest is a fault: a busy machine is none."""


def seen(screen: Screen) -> tuple[str, dict[str, Any]]:
    """The address and what is on screen, once both have stood still."""
    stood = "rests => stoodStill(rests)"
    address, found = screen.page.wait_for_function(stood, arg=RESTS, polling=100, timeout=PATIENCE).json_value()
    return address, found


def differing(screen: Screen, fresh: Screen) -> tuple[str, dict[str, Any]]:
    """The address, and what a fresh page at that address shows otherwise: as the page has it, and as the fresh one."""
    address, mine = seen(screen)
    fresh.page.goto(address)
    _, theirs = seen(fresh)
    return address, {
        name: (mine.get(name), theirs.get(name))
        for name in mine.keys() | theirs.keys()
        if mine.get(name) != theirs.get(name)
    }


class Walk(Reader, RuleBasedStateMachine):
    """``watched`` is the reader's page, ``fresh`` one that only opens addresses."""

    watched: Screen
    fresh: Screen
    done: list[str]
    faults: list[str]

    begun = -1

    def __init__(self) -> None:
        """Hypothesis begins with the simplest walk, one action over and over: in that one nothing is done."""
        super().__init__()
        type(self).begun += 1
        self.page = self.watched.page
        self.taken: list[str] = []
        if self.begun:
            self.then("open", lambda: self.page.goto(f"{self.watched.address}/"))

    @rule(drawn=st.one_of(ACTIONS))
    def do(self, drawn: tuple[Callable[..., None], dict[str, Any]]) -> None:
        """A single rule, for of many rules Hypothesis leaves most out of a walk."""
        act, arguments = drawn
        if self.begun:
            act(self, **arguments)

    def then(self, what: str, act: Callable[[], object]) -> None:
        """Does it, and compares the page with a fresh one at its address.

        What is wrong is told at the end, for Hypothesis would do all of it again, with other marks under the hand.
        """
        began = monotonic()
        self.taken.append(what)
        self.done.append(what)
        try:
            act()
            self.page.mouse.move(700, 4)  # nothing is pointed at
            address, other = differing(self.watched, self.fresh)
            if other:
                self.page.wait_for_timeout(LATE)
                address, other = differing(self.watched, self.fresh)
            fault = f"at {address}: here and afresh {other}" if other else ""
        except Error as error:
            address, fault = self.page.url, f"cannot be done: {error}"
        print(f"{len(self.done):3} {monotonic() - began:5.1f} s {what} {fault}", flush=True)
        if fault:
            self.faults.append(f"after {self.taken[-6:]} {fault}")
            self.page.goto(address)


@pytest.fixture
def pages(browser: Browser, reader: BrowserContext, dashboard: str) -> Iterator[tuple[Screen, Screen]]:
    """In two windows: what is in the background of one is drawn once a second."""
    own = browser.new_context()
    own.add_init_script(TOUR_SEEN)
    for watched in opened(own, dashboard, (1440, 900)):
        for fresh in opened(reader, dashboard, (1440, 900)):
            watched.page.set_default_timeout(20_000)
            for screen in (watched, fresh):
                screen.page.add_init_script(path=SEEN)
            yield watched, fresh
    own.close()


@pytest.mark.parametrize(
    "walks, steps", [pytest.param(1, 8, marks=pytest.mark.heavy), pytest.param(4, 50, marks=pytest.mark.states)]
)
def test_after_each_action_a_fresh_page_at_the_address_shows_the_same(
    pages: tuple[Screen, Screen], walks: int, steps: int
) -> None:
    done: list[str] = []
    faults: list[str] = []

    @seed(int(os.environ.get("SEED", "20201109")))
    class Random(Walk):
        watched, fresh = pages

    Random.done, Random.faults = done, faults
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Random,
        settings=settings(
            max_examples=1 + walks, stateful_step_count=steps, deadline=None, database=None,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck), print_blob=False,
        ),
    )  # fmt: skip
    assert faults == []
    assert len(done) >= walks * steps, done
