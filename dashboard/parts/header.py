"""The first row of the page: the name, the pages, the search and class mode."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.parts.plain import plain
from dashboard.parts.style import text
from geodata.store.dataset import Dataset

_narrow = st.components.v2.component("attest_narrow", html="<span></span>", js=text("narrow.js"))


def name(dataset: Dataset) -> None:
    """The row itself, with the name; ``style.css`` puts it and what follows at the top of the window."""
    st.container(key="header").markdown(f"# Attest: {plain(dataset.case.title)}")
    _narrow(key="narrow")


def pages() -> DeltaGenerator:
    """The place of the pages' names in that row."""
    return st.container(key="pages")


def tools() -> DeltaGenerator:
    """The place of the search and of class mode in that row."""
    return st.container(key="tools", horizontal=True, vertical_alignment="center", gap="xsmall")
