"""The baseline of a repaint: a loop that fills a square for each point of the window, and does nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet
from playwright.sync_api import Browser, Page

from benchmarks.measure import HEIGHT, WIDTH, Camera, Window, awaited, opened, page_of, run

ADDRESS = "http://localhost/bare/"
"""Answered by the browser's routes: no server is asked."""

PAGE = f"""<!doctype html><canvas id=map width={WIDTH} height={HEIGHT}></canvas><script type=module>
const [lengths, bytes] = await Promise.all(["length", "points"].map(async (name) => (await fetch(name)).arrayBuffer()));
const count = new Int32Array(lengths)[0];
const [x, y] = [0, 1].map((at) => new Float32Array(bytes, at * count * 4, count));
const day = new Int32Array(bytes, 2 * count * 4, count);
const context = document.querySelector("canvas").getContext("2d");
const from = (wanted) => {{
  let [low, high] = [0, count];
  while (low < high) {{
    const middle = (low + high) >> 1;
    if (day[middle] < wanted) low = middle + 1;
    else high = middle;
  }}
  return low;
}};
bench.paint = ({{ first, last }}) => {{
  context.clearRect(0, 0, {WIDTH}, {HEIGHT});
  context.fillStyle = "#35506e";
  const end = from(last + 1);
  for (let at = from(first); at < end; at += 1) {{
    if (x[at] > 0 && x[at] < {WIDTH} && y[at] > 0 && y[at] < {HEIGHT}) context.fillRect(x[at] - 2, y[at] - 2, 4, 4);
  }}
}};
bench.isReady = true;
</script>"""

MOVED = """async (windows) => {
  const times = [];
  for (const window of windows) {
    await bench.pause();
    const start = performance.now();
    bench.paint(window);
    times.push(await bench.frame() - start);
  }
  return times;
}"""


def measured(browser: Browser, points: Path, camera: Camera, windows: Sequence[Window]) -> list[float]:
    """Milliseconds from the move of the window to the end of its frame, for each window."""
    table = pyarrow.parquet.read_table(points)
    x, y = pixels(np.asarray(table["longitude"]), np.asarray(table["latitude"]), camera)
    packed = b"".join((x.tobytes(), y.tobytes(), np.asarray(table["day"]).astype(np.int32).tobytes()))
    with page_of(browser) as page:
        _serve(page, packed, len(table))
        opened(page, ADDRESS, "() => true")
        awaited(page, "() => bench.isReady", "the bare loop ready")
        days = [{"first": window.first, "last": window.last} for window in windows]
        times: list[float] = run(page, MOVED, "the bare loop's window moved", days)
        return times


def _serve(page: Page, packed: bytes, count: int) -> None:
    page.route(ADDRESS, lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.route(f"{ADDRESS}length", lambda route: route.fulfill(body=np.int32(count).tobytes()))
    page.route(f"{ADDRESS}points", lambda route: route.fulfill(body=packed))


def pixels(longitude: np.ndarray, latitude: np.ndarray, camera: Camera) -> tuple[np.ndarray, np.ndarray]:
    """Where points stand on a map of the benchmark's size, from its upper left corner."""
    across, down = mercator(longitude, latitude)
    middle = mercator(np.array([camera.longitude]), np.array([camera.latitude]))
    scale = 256 * 2.0**camera.zoom
    x = (across - middle[0]) * scale + WIDTH / 2
    y = (down - middle[1]) * scale + HEIGHT / 2
    return x.astype(np.float32), y.astype(np.float32)


def mercator(longitude: np.ndarray, latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shares of the world's width from its west, and of its height from its north."""
    return (longitude + 180) / 360, (1 - np.arcsinh(np.tan(np.radians(latitude))) / np.pi) / 2
