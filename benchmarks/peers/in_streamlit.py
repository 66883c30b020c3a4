"""Peers that live in Streamlit: the slider's key is pressed, the script runs again, the map is sent and drawn again."""

from __future__ import annotations

import time
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from benchmarks import servers
from benchmarks.measure import (
    FIRST_START,
    LIMIT,
    NoAnswerError,
    Result,
    Task,
    Traffic,
    awaited,
    page_memory,
    page_of,
)
from benchmarks.peers import environment
from tests.server import ROOT

QUIET = 300
"""Milliseconds without drawing after which a chart is taken as drawn; they are not counted."""

WATCH_GL = """
// When the last WebGL drawing was finished, the software renderer's work included: a pixel is read back.
bench.drawn = 0;
bench.draws = 0;
for (const kind of [WebGLRenderingContext, WebGL2RenderingContext]) {
  for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]) {
    const draw = kind.prototype[name];
    if (!draw) continue;
    kind.prototype[name] = function (...given) {
      draw.apply(this, given);
      bench.draws += 1;
      if (this.canvas?.benchWaits || !this.canvas?.isConnected) return;
      this.canvas.benchWaits = true;
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        this.canvas.benchWaits = false;
        this.readPixels(0, 0, 1, 1, this.RGBA, this.UNSIGNED_BYTE, new Uint8Array(4));
        bench.drawn = performance.now();
      };
      channel.port2.postMessage(0);
    };
  }
}
addEventListener("keydown", () => { bench.pressed = performance.now(); bench.still = null; }, true);
// The moment at which the script had ended and its last words were on screen.
bench.settled = (year) => {
  const app = document.querySelector("[data-testid=stApp]");
  const words = [...document.querySelectorAll("[data-testid=stMarkdown]")];
  const said = words.find((one) => one.textContent.startsWith(`shown ${year}:`));
  if (!said || app.getAttribute("data-test-script-state") !== "notRunning") return null;
  bench.still ??= performance.now();
  return { at: bench.still, count: Number(said.textContent.split(":")[1]) };
};
// Layers on Leaflet's map inside the component's frame.
bench.leaflet = () => {
  const inner = document.querySelector("iframe")?.contentWindow;
  let count = 0;
  inner?.map?.eachLayer((layer) => { if (layer.getLatLng) count += 1; });
  return count;
};
"""

DECK_DRAWN = """([year, quiet]) => {
  const end = bench.settled(year);
  const start = bench.pressed ?? 0;
  if (!end || bench.drawn <= start) return null;
  const now = performance.now();
  return now - bench.drawn > quiet && now - end.at > quiet && { time: Math.max(bench.drawn, end.at) - start };
}"""

LEAFLET_DRAWN = """([year]) => {
  const end = bench.settled(year);
  if (!end || bench.leaflet() !== end.count) return null;
  return { time: performance.now() - (bench.pressed ?? 0) };
}"""


@dataclass(frozen=True)
class App:
    """A peer's script and the condition that says it has drawn the window of a year."""

    tool: str
    script: str
    drawn: str


PYDECK = App("st.slider + st.pydeck_chart", "app_pydeck.py", DECK_DRAWN)
FOLIUM = App("st.slider + st_folium", "app_folium.py", LEAFLET_DRAWN)


def measured(app: App, browser: Browser, task: Task) -> Result:
    """As many windows as the task's seconds allow, three at least unless one takes longer than the limit."""
    result = Result(app.tool, task.rows)
    try:
        python = environment.python()
        script = ROOT / "benchmarks" / "peers" / app.script
        with (
            servers.running(python, script, ROOT, {"BENCH_POINTS": str(task.points)}) as server,
            page_of(browser) as page,
        ):
            _session(app, page, server, task, result)
    except (NoAnswerError, RuntimeError, environment.MissingError) as error:
        result.failure = str(error)
    return result


def _session(app: App, page: Page, server: servers.Server, task: Task, result: Result) -> None:
    page.add_init_script(WATCH_GL)
    environment.serve(page)
    traffic = Traffic(page)
    failed = "document.querySelector('[data-testid=stException]') && { failed: true }"
    condition = f"(argument) => ({failed}) || ({app.drawn})(argument)"

    def drawn(year: int, what: str) -> float:
        try:
            answer = awaited(page, condition, what, [year, QUIET], LIMIT)
        except NoAnswerError as error:
            ended = "" if server.memory() else "; the server's process had ended"
            raise NoAnswerError((_said(page) or str(error)) + ended) from error
        if "failed" in answer:
            raise NoAnswerError(_said(page))
        return float(answer["time"])

    page.goto(server.address, wait_until="commit")
    result.first_marks = drawn(FIRST_START, "the page opened")
    result.load_bytes = traffic.bytes
    slider = page.locator("[data-testid=stSlider] input[type=range]")
    slider.focus()
    times: list[float] = []
    before, start, year = traffic.bytes, time.monotonic(), FIRST_START
    for window in task.windows:
        if len(times) >= 3 and time.monotonic() - start > task.budget:
            break
        page.keyboard.press("ArrowRight" if window.year > year else "ArrowLeft", delay=0)
        year = window.year
        times.append(drawn(year, "the slider moved"))
        result.repainted = times
    result.move_bytes = (traffic.bytes - before) / len(times)
    result.server = server.settled_memory()
    result.page = page_memory(page)


def _said(page: Page) -> str:
    """What Streamlit says of an exception, if anything."""
    try:
        found = page.locator("[data-testid=stException]").all_inner_texts()
    except Exception:  # a page that no longer answers says nothing
        return ""
    return " ".join(found).replace("\n", " ")[:200]
