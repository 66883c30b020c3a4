"""How the page looks where Streamlit's theme does not reach."""

import re
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


ACTIVE = re.compile(r"[\\`*_\[\]<>$~|]|:(?=[\w/+-]+[:\[])|^(?=[#+=-]|\d+[.)])")
"""What acts in Streamlit's Markdown: marks anywhere, a colon before an icon or a colour, a list at the start."""


LINK = re.compile(r"://|www(?=\.)|@(?=\w)")
"""What Streamlit would make a link of without asking; an invisible joiner (U+2060) behind it prevents that."""


def plain(text: str) -> str:
    """Text from a table as it is, inside what Streamlit reads as Markdown: nothing in it acts as Markdown or HTML."""
    text = LINK.sub(lambda sign: f"{sign[0]}\u2060", text.replace("\n", " ").replace("\r", " "))
    return ACTIVE.sub(lambda sign: f"\\{sign[0]}", text)
