"""What is measured in a page, and how: one way for Attest and its peers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Frame, Page
from playwright.sync_api import Error as BrowserError

WIDTH, HEIGHT = 1120, 520
"""The map's size in CSS pixels, for every tool."""

LIMIT = 60
"""Seconds after which a tool has given no answer."""

FIRST_START, LAST_START, YEARS = 1989, 2015, 10
STILL = "() => document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'"
EPOCH = date(1970, 1, 1).toordinal()


class NoAnswerError(Exception):
    """A tool did not do what was asked; the text says how, for the table."""


@dataclass(frozen=True)
class Window:
    """Ten years, from 1 January of ``year``; days are counted from 1970-01-01."""

    year: int

    @property
    def first(self) -> int:
        return date(self.year, 1, 1).toordinal() - EPOCH

    @property
    def last(self) -> int:
        return date(self.year + YEARS, 1, 1).toordinal() - EPOCH - 1


MOVES = 120
"""So many that the wait for the next frame, up to 17 ms, moves a median by half a millisecond."""


def moves(count: int = MOVES) -> list[Window]:
    """Year by year to the end of the data, then back: what an arrow key does to a slider. The first is 1990."""
    around = [*range(FIRST_START + 1, LAST_START + 1), *range(LAST_START - 1, FIRST_START - 1, -1)]
    return [Window(year) for year in (around * (count // len(around) + 1))[:count]]


@dataclass(frozen=True)
class Camera:
    """Where a map looks: the middle in degrees, and the zoom of Leaflet (0: the world is 256 pixels wide)."""

    longitude: float
    latitude: float
    zoom: float


@dataclass(frozen=True)
class Task:
    """What a peer is given: points and the events they are of, how many, the windows to show, seconds to move for.

    Last Attest's view: a peer whose view is not its own choice looks there.
    """

    points: Path
    events: Path
    rows: int
    windows: Sequence[Window]
    budget: float
    camera: Camera


@dataclass
class Result:
    """The figures of one tool at one size. Times in milliseconds, memory in MB, sizes in bytes; ``None``: not measured.

    ``repainted``: from the move to the end of the frame that shows it. ``script``: the part of it that the page's
    own script runs in one go. ``failure`` says why figures are missing.
    """

    tool: str
    rows: int
    first_marks: float | None = None
    repainted: Sequence[float] = ()
    script: Sequence[float] = ()
    load_bytes: float | None = None
    move_bytes: float | None = None
    server: float | None = None
    page: float | None = None
    failure: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def bytes_of_use(self) -> float | None:
        """MB of the page opened and a hundred windows seen."""
        if self.load_bytes is None or self.move_bytes is None:
            return None
        return (self.load_bytes + 100 * self.move_bytes) / 1e6


def middle(values: Sequence[float]) -> float | None:
    """The median, or ``None`` of nothing."""
    return median(values) if values else None


def high(values: Sequence[float]) -> float | None:
    """The 95th percentile (nearest rank), or ``None`` of nothing."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)] if values else None


IN_PAGE = """
globalThis.bench = {
  // Ends when the main thread has painted the frame that follows.
  frame: () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  })),
  // So that a move falls anywhere between two frames of the screen.
  pause: () => new Promise((done) => setTimeout(done, 40 + Math.random() * 17)),
  // The elements of a selector, those in open shadow roots too.
  all: (selector, root = document) => {
    const found = [...root.querySelectorAll(selector)];
    for (const { shadowRoot } of root.querySelectorAll("*")) {
      if (shadowRoot) found.push(...bench.all(selector, shadowRoot));
    }
    return found;
  },
  // Runs a task apart from the caller, who waits for `bench.done` with a time limit.
  run: (task) => {
    bench.done = null;
    const failed = (error) => (bench.done = { error: String(error) });
    setTimeout(() => task().then((value) => (bench.done = { value }), failed));
  },
};
"""


@contextmanager
def page_of(browser: Browser) -> Iterator[Page]:
    """A page in a fresh context: nothing is cached."""
    context = browser.new_context(viewport={"width": 1480, "height": 1000})
    context.add_init_script(IN_PAGE)
    page = context.new_page()
    page.set_default_timeout(LIMIT * 1000)
    try:
        yield page
    finally:
        context.close()


def awaited(page: Page | Frame, condition: str, what: str, argument: object = None, limit: float = LIMIT) -> Any:
    """The value of a condition in the page once it is true; `NoAnswerError` after ``limit`` seconds."""
    try:
        return page.wait_for_function(condition, arg=argument, timeout=limit * 1000).json_value()
    except BrowserError as error:
        if "Timeout" in str(error):
            raise NoAnswerError(f"no answer in {limit:g} s ({what})") from error
        raise NoAnswerError(f"the page failed ({what}): {str(error).splitlines()[0]}") from error


def run(page: Page, task: str, what: str, argument: object = None, limit: float = LIMIT) -> Any:
    """What an async function of the page returns, with a time limit that holds while the page is blocked."""
    try:
        page.evaluate(f"(argument) => bench.run(async () => ({task})(argument))", argument)
    except BrowserError as error:
        raise NoAnswerError(f"the page failed ({what}): {str(error).splitlines()[0]}") from error
    answer = awaited(page, "() => bench.done", what, limit=limit)
    if "error" in answer:
        raise NoAnswerError(f"{answer['error']} ({what})")
    return answer["value"]


def opened(page: Page, address: str, ready: str, argument: object = None) -> float:
    """Milliseconds from the start of the navigation to the frame in which ``ready`` is true."""
    try:
        page.goto(address, wait_until="commit")
    except BrowserError as error:
        raise NoAnswerError(f"the page did not open: {str(error).splitlines()[0]}") from error
    condition = f"(argument) => ({ready})(argument) && performance.now()"
    return float(awaited(page, condition, "the page opened", argument))


def settle(page: Page) -> None:
    """Waits until the script of a Streamlit server has ended."""
    page.wait_for_timeout(300)
    awaited(page, STILL, "the server's script ended")
    time.sleep(0.2)


class Traffic:
    """Counts what travels between page and server: HTTP bodies and headers, and websocket frames both ways."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        self.frames = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable", {"maxTotalBufferSize": 1, "maxResourceBufferSize": 1})
        session.on("Network.loadingFinished", lambda event: self._add(event["encodedDataLength"]))
        page.on("websocket", self._follow)

    def _follow(self, socket: Any) -> None:
        socket.on("framereceived", self._frame)
        socket.on("framesent", self._frame)

    def _frame(self, frame: str | bytes) -> None:
        self.frames += 1
        self._add(len(frame))

    def _add(self, size: float) -> None:
        self.bytes += int(size)


def page_memory(page: Page) -> float | None:
    """MB the page's script holds after a collection: its objects and its array buffers."""
    session: CDPSession = page.context.new_cdp_session(page)
    try:
        session.send("HeapProfiler.collectGarbage")
        usage = session.send("Runtime.getHeapUsage")
    except BrowserError:
        return None
    return float(sum(usage.get(part, 0) for part in ("usedSize", "embedderHeapUsedSize", "backingStorageSize"))) / 1e6
