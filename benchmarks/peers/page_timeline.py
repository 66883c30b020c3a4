"""A peer: folium's ``Timeline`` and ``TimelineSlider``, saved as a page.

``python page_timeline.py points.parquet page.html``
"""

import sys

import folium
import pandas as pd
from folium.plugins import Timeline, TimelineSlider
from folium.utilities import JsCode

DAY = 86_400_000
TEN_YEARS = 3652 * DAY
table = pd.read_parquet(sys.argv[1])
features = [
    {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": {"start": day * DAY, "end": day * DAY + TEN_YEARS},
    }
    for longitude, latitude, day in zip(
        table["longitude"].tolist(), table["latitude"].tolist(), table["day"].tolist(), strict=True
    )
]
page = folium.Map(location=[40.2, 46.5], zoom_start=6, tiles=None, prefer_canvas=True, width=1120, height=520)
circle = "(feature, at) => L.circleMarker(at, {radius: 4, weight: 1, fill: true, color: '#35506e'})"
timeline = Timeline({"type": "FeatureCollection", "features": features}, point_to_layer=JsCode(circle)).add_to(page)
TimelineSlider(auto_play=False, show_ticks=False).add_timelines(timeline).add_to(page)  # type: ignore[no-untyped-call]
page.save(sys.argv[2])
