"""How the page looks where Streamlit's theme does not reach."""

from functools import cache
from importlib import resources

import streamlit as st

from geodata import timemap
from geodata.timemap import fonts


def page(title: str) -> None:
    """Sets the page up, ``title`` being the case's; the first call of a run."""
    st.set_page_config(
        page_title=f"{title} · Attest" if title else "Attest: incidents and who says so",
        page_icon=text("icon.svg"),
        layout="wide",
        initial_sidebar_state="auto",
    )
    st.html(f"<style>{_css()}</style>")


FONT_ADDRESS = "attest/dejavu.ttf"
"""Where `serve` serves the font, below the page's own address."""


@cache
def _css() -> str:
    return fonts.face(FONT_ADDRESS) + timemap.text("tokens.css") + text("style.css")


def text(name: str) -> str:
    """A file of this package, as it is."""
    return resources.files("dashboard.parts").joinpath(name).read_text(encoding="utf-8")
