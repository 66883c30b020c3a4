"""A peer: ``st.slider`` and ``st_folium`` with its fast way (one map, the points as a feature group that is exchanged).

Run by Streamlit in the peers' environment.
"""

import os
from datetime import date
from typing import Any

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium  # type: ignore[import-not-found]

EPOCH = date(1970, 1, 1).toordinal()


@st.cache_data
def points() -> pd.DataFrame:
    return pd.read_parquet(os.environ["BENCH_POINTS"])


def feature(longitude: float, latitude: float) -> dict[str, Any]:
    return {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [longitude, latitude]}}


st.set_page_config(layout="wide")
year = st.slider("First of ten years", 1989, 2015, 1989)
first, last = (date(one, 1, 1).toordinal() - EPOCH for one in (year, year + 10))
table = points()
shown = table[(table["day"] >= first) & (table["day"] < last)]
group = folium.FeatureGroup(name="reports")
features = [feature(*place) for place in zip(shown["longitude"].tolist(), shown["latitude"].tolist(), strict=True)]
folium.GeoJson(
    {"type": "FeatureCollection", "features": features},
    marker=folium.CircleMarker(radius=4, weight=1, fill=True, color="#35506e"),
).add_to(group)
base = folium.Map(location=[40.2, 46.5], zoom_start=6, tiles=None, prefer_canvas=True)
st_folium(base, feature_group_to_add=group, width=1120, height=520, returned_objects=[], key="map")
st.markdown(f"shown {year}: {len(shown)}")
