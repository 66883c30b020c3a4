"""A peer: GeoLibre's map with its time slider, exported as a page that holds the app its package ships.

``python page_geolibre.py points.parquet page.html`` serves the page, prints its address, and serves until it is ended.
"""

import functools
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pandas as pd
from geolibre import Map  # type: ignore[import-not-found]

DAY = 86_400_000
DOCK = 66
"""Pixels the timeline takes below the map."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


table = pd.read_parquet(sys.argv[1])
page = Path(sys.argv[2])
points = pd.DataFrame({"longitude": table["longitude"], "latitude": table["latitude"], "time": table["day"] * DAY})
# MapLibre's zoom 5 is Leaflet's 6.
made = Map(center=(46.5, 40.2), zoom=5, height=f"{520 + DOCK}px", layout="maponly")
made.set_projection("mercator")
made.add_xy_data(points, name="reports", radius=4, color="#35506e", stroke_width=1)
# What "Bind to Time Slider" in the app's layer menu writes; the package has no call for it, nor for a blank background.
project = made.to_project()
project["basemapStyleUrl"] = ""
first, last = (int(pd.Timestamp(year, 1, 1).timestamp() * 1000) for year in (1989, 2015))
project["layers"][0]["metadata"]["timeBinding"] = {
    "property": "time",
    "valueKind": "epochMs",
    "min": first,
    "max": last,
    "granularity": "year",
    "window": {"unit": "year", "before": 0, "after": 10},
}
made.load_project(project)
made.set_plugin_state(
    "maplibre-gl-time-slider",
    {
        "startDate": "1989-01-01",
        "endDate": "2015-01-01",
        "currentDate": "1989-01-01",
        "granularity": "year",
        "granularities": ["year"],
        "interval": 1,
        "speed": 800,
        "loop": False,
        "autoPlay": False,
        "theme": "light",
        "collapsed": False,
        "sources": [],
    },
)
made.to_html(str(page), width="1120px", app_url=made._app_url)
# Beside the app's own server: in a page from disk a fresh browser refuses the app its storage, and it does not start.
server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(page.parent)))
print(f"http://127.0.0.1:{server.server_port}/{page.name}", flush=True)
server.serve_forever()
