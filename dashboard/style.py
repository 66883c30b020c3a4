"""How the page looks where Streamlit's theme does not reach."""

import re

import streamlit as st

CSS = """
.block-container { padding: 1.1rem 1.6rem 3rem; max-width: 1500px; }
.st-key-overview { padding-bottom: .5rem; }
.st-key-overview h1 { font-size: 1.15rem; font-weight: 700; padding: 0; }
.st-key-overview p { margin: 0 0 .15rem; line-height: 1.4; }
.st-key-overview [data-testid="stMarkdownContainer"] { margin-bottom: 0; }
.st-key-card h3 { font-size: 1.2rem; padding: .2rem 0 0; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: #4a5562; opacity: 1; }
.st-key-card { border-left: 4px solid #1f4e79; padding-left: 1rem; }
[data-testid="stSidebar"] [data-testid="stVerticalBlock"] { gap: .45rem; }
[data-testid="stSidebarUserContent"] { padding-top: 0; }
[data-testid="stSidebarHeader"] { height: 2.2rem; margin-bottom: 0; }
@media (max-width: 640px) {
  .block-container { padding: 3.8rem .7rem 2rem; }
  .st-key-formats [data-testid="stHorizontalBlock"] { flex-wrap: nowrap; }
}
"""


def page() -> None:
    """Sets the page up; the first call of a run."""
    st.set_page_config(
        page_title="Attest: incidents and who says so", page_icon="🗺️", layout="wide", initial_sidebar_state="auto"
    )
    st.html(f"<style>{CSS}</style>")


ACTIVE = re.compile(r"[\\`*_\[\]<>$~|]|:(?=[\w/+-]+[:\[])|^(?=[#+=-]|\d+[.)])")
"""What acts in Streamlit's Markdown: marks anywhere, a colon before an icon or a colour, a list at the start."""


LINK = re.compile(r"://|www(?=\.)|@(?=\w)")
"""What Streamlit would make a link of without asking; an invisible joiner (U+2060) behind it prevents that."""


def plain(text: str) -> str:
    """Text from a table as it is, inside what Streamlit reads as Markdown: nothing in it acts as Markdown or HTML."""
    text = LINK.sub(lambda sign: f"{sign[0]}\u2060", text.replace("\n", " ").replace("\r", " "))
    return ACTIVE.sub(lambda sign: f"\\{sign[0]}", text)
