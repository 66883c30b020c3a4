"""The land under the marks, measured: what a view asks for and how long it is painted, beside Leaflet's own layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Response

from benchmarks.attest import FIRST_MARKS, dashboard_on
from benchmarks.measure import awaited, page_of, run
from geodata.model.region import Extent
from geodata.store.load import load
from geodata.timemap import land
from tests.server import ROOT

MOST_BYTES, MOST_PAINTED = 300_000, 8.0
"""Bytes of a view, and milliseconds of its painting: what a view may take."""

PLACES: Mapping[str, tuple[float, float]] = {
    "South Caucasus": (40.0, 46.0), "Syria": (35.0, 38.5), "Bangladesh": (23.7, 90.4), "Myanmar": (21.0, 96.0),
    "Fiji with Samoa": (-16.0, 183.0), "the Sahel": (14.0, 0.0),
}  # fmt: skip
"""Latitude and longitude, in degrees."""

ZOOMS = (3.0, 5.0, 7.0)
WIDE = 8.0
"""Degrees on each side of a place of the land that Leaflet is given to draw."""

LANDED = """() => {
  const { land, views: [view] } = bench.all('.tm')[0].attest;
  const { _southWest: low, _northEast: high } = view.map.getBounds();
  const at = land.levels.findLastIndex((level) => level.zoom <= view.map.getZoom());
  return land.cellsIn(at, [low.lng, low.lat, high.lng, high.lat]).isWhole;
}"""

PAINTED = """async () => {
  const { land, views: [view] } = bench.all('.tm')[0].attest;
  const times = [];
  for (let turn = 0; turn < 15; turn += 1) {
    const start = performance.now();
    view.land.paint();
    view.land.context.getImageData(0, 0, 1, 1);
    times.push(performance.now() - start);
    await bench.frame();
  }
  return times.sort((a, b) => a - b)[7];
}"""

BY_LEAFLET = """async (shapes) => {
  const { views: [view], options: { L } } = bench.all('.tm')[0].attest;
  const box = document.createElement('div');
  const [width, height] = [`${view.box.clientWidth}px`, `${view.box.clientHeight}px`];
  Object.assign(box.style, { position: 'fixed', left: 0, top: 0, width, height });
  document.body.append(box);
  const map = L.map(box, { zoomAnimation: false, fadeAnimation: false, renderer: L.canvas({ padding: 0.15 }) });
  map.setView(view.map.getCenter(), view.map.getZoom());
  const layer = L.geoJSON(shapes, { style: { weight: 1, fillOpacity: 1 } }).addTo(map);
  const times = [];
  for (let turn = 0; turn < 7; turn += 1) {
    await bench.frame();
    const start = performance.now();
    map.setZoom(view.map.getZoom() + (turn % 2 ? 0 : 0.25), { animate: false });
    box.querySelector('canvas').getContext('2d').getImageData(0, 0, 1, 1);
    await bench.frame();
    times.push(performance.now() - start);
  }
  map.remove();
  box.remove();
  return times.sort((a, b) => a - b)[3];
}"""


@dataclass(frozen=True)
class View:
    """What a view of the land takes: bytes on their way, milliseconds of painting, and those of Leaflet's own layer."""

    place: str
    zoom: float
    size: int
    painted: float
    by_leaflet: float | None


def measured(browser: Browser) -> list[View]:
    """Each place at each zoom, with a fresh page. Leaflet is given the same land at the largest zoom alone."""
    shipped = load(ROOT)
    views = []
    with dashboard_on(Path(ROOT / "events.csv")) as server:
        for place, (latitude, longitude) in PLACES.items():
            for zoom in ZOOMS:
                with page_of(browser) as page:
                    sizes: list[int] = []

                    def came(answer: Response, sizes: list[int] = sizes) -> None:
                        if "/land/" in answer.url:
                            sizes.append(int(answer.headers.get("content-length", 0)))

                    page.on("response", came)
                    page.goto(f"{server.address}/?camera={latitude},{longitude},{zoom}")
                    awaited(page, FIRST_MARKS, "first marks")
                    awaited(page, LANDED, "the land of the view")
                    page.wait_for_timeout(500)
                    painted = run(page, PAINTED, "the land painted")
                    box: Extent = (longitude - WIDE, latitude - WIDE, longitude + WIDE, latitude + WIDE)
                    others = None
                    if zoom == ZOOMS[-1]:
                        others = run(page, BY_LEAFLET, "the land by Leaflet", land.shapes(shipped, box))
                    views.append(View(place, zoom, sum(sizes), painted, others))
    return views
