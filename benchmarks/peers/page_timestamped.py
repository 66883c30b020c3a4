"""A peer: folium's ``TimestampedGeoJson``, saved as a page.

``python page_timestamped.py points.parquet page.html``
"""

import json
import sys

import folium
import pandas as pd
from folium.plugins import TimestampedGeoJson

DAY = 86_400_000
table = pd.read_parquet(sys.argv[1])
features = [
    {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": {
            "times": [day * DAY],
            "icon": "circle",
            "iconstyle": {"radius": 4, "weight": 1, "fill": True, "color": "#35506e"},
        },
    }
    for longitude, latitude, day in zip(
        table["longitude"].tolist(), table["latitude"].tolist(), table["day"].tolist(), strict=True
    )
]
page = folium.Map(location=[40.2, 46.5], zoom_start=6, tiles=None, prefer_canvas=True, width=1120, height=520)
TimestampedGeoJson(  # type: ignore[no-untyped-call]
    json.dumps({"type": "FeatureCollection", "features": features}),
    period="P1M",
    duration="P10Y",
    auto_play=False,
    loop=False,
    transition_time=100,
).add_to(page)
page.save(sys.argv[2])
