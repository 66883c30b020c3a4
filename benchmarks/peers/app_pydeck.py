"""A peer: ``st.slider`` and ``st.pydeck_chart``, as their documentation shows.

Run by Streamlit in the peers' environment.
"""

import os
from datetime import date

import pandas as pd
import pydeck as pdk
import streamlit as st

EPOCH = date(1970, 1, 1).toordinal()


@st.cache_data
def points() -> pd.DataFrame:
    return pd.read_parquet(os.environ["BENCH_POINTS"])


st.set_page_config(layout="wide")
year = st.slider("First of ten years", 1989, 2015, 1989)
first, last = (date(one, 1, 1).toordinal() - EPOCH for one in (year, year + 10))
table = points()
shown = table[(table["day"] >= first) & (table["day"] < last)]
layer = pdk.Layer(
    "ScatterplotLayer",
    shown[["longitude", "latitude"]],
    get_position=["longitude", "latitude"],
    get_fill_color=[53, 80, 110, 160],
    get_radius=4,
    radius_units="'pixels'",
)
view = pdk.ViewState(latitude=40.2, longitude=46.5, zoom=6)
st.pydeck_chart(pdk.Deck([layer], initial_view_state=view, map_provider=None), width=1120, height=520)
st.markdown(f"shown {year}: {len(shown)}")
