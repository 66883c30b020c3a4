"""A lesson as a WebM: the server draws its slides, and the browser makes one film of them and saves it."""

from __future__ import annotations

import base64
import time

import streamlit as st

from dashboard.parts.progress import working
from geodata.formats import Unprintable
from geodata.lessons import Lesson
from geodata.lessons.film import STAYS, pictures
from geodata.store.dataset import Dataset
from geodata.timemap import script

HELP = f"A slide for each step, {STAYS // 1000} seconds each; this browser makes a film of them."

INSTEAD = "The lesson can be saved as Film (GIF)."
"""What a browser that encodes no video is told."""

_STYLE = """
p { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; margin: 0; color: var(--ink);
  font: 14px/1.4 system-ui, "Noto Sans", "Attest DejaVu", sans-serif; overflow-wrap: anywhere; }
progress { flex: 1 1 160px; max-width: 320px; accent-color: var(--accent); }
button { font: inherit; color: inherit; background: none; border: 1px solid var(--rim-strong); border-radius: 6px;
  padding: 6px 12px; cursor: pointer; }
button:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
[hidden] { display: none; }
"""

_film = st.components.v2.component(
    "attest_lesson_film",
    html='<p><progress aria-label="Film"></progress><span role="status"></span><button type="button">Stop</button></p>',
    css=_STYLE,
    js=script("streamlit_film"),
)


def make(room: Dataset, lesson: Lesson, file: str) -> None:
    """Draws the slides, then has the browser encode and save them as ``file``. Nothing of it is kept afterwards."""
    place = st.empty()
    with place.container(), working("Drawing the slides") as work:
        try:
            slides = pictures(room, lesson, progress=work.tell)
        except Unprintable as error:
            work.refuse(f"This lesson gives no film: {error}")
            return
    place.empty()
    handed = [base64.b64encode(slide).decode() for slide in slides]
    _film(key=f"film_of_{lesson.name}", data={
        "slides": handed, "stays": STAYS, "title": lesson.title, "name": file, "instead": INSTEAD,
        "asked": time.time_ns(),  # the same data again would be no change, and make no film
    })  # fmt: skip
