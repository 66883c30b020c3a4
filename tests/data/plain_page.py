"""A page of Streamlit that shows each hostile text as a paragraph, a label and a help."""

import os

import streamlit as st

from dashboard.parts.plain import plain
from tests.hostile import texts

for number, text in enumerate(texts(os.environ["CANARY"])):
    with st.container(key=f"text_{number}"):
        st.markdown(plain(text))
        st.button(plain(text), key=f"button_{number}", help=plain(text))
        st.markdown(f"**{plain(text)}** · {plain(text)}")
