"""A page that works nothing out: as many elements of each kind as the environment variable BENCH_ELEMENTS says (JSON).

Run by Streamlit beside Attest: how long its rerun takes is what any answer of so many elements takes.
"""

import json
import os
from collections.abc import Callable

import streamlit as st

CONTROLS: dict[str, Callable[[str], object]] = {
    "stCheckbox": st.checkbox,
    "stSelectbox": lambda name: st.selectbox(name, ("one", "two")),
    "stMultiSelect": lambda name: st.multiselect(name, ("one", "two")),
    "stButton": st.button,
    "stTextInput": st.text_input,
    "stNumberInput": st.number_input,
}
"""By the name that Streamlit's page gives them; of any other kind a text stands here."""

st.session_state.turn = st.session_state.get("turn", 0) + 1
wanted: dict[str, int] = json.loads(os.environ["BENCH_ELEMENTS"])
with st.sidebar, st.container(key="sides-all"):
    for kind, make in CONTROLS.items():
        for number in range(wanted.get(kind, 0)):
            make(f"{kind} {number}")
texts = sum(count for kind, count in wanted.items() if kind not in CONTROLS)
for number in range(max(1, texts)):
    st.write(f"Text {number} of run {st.session_state.turn}")
