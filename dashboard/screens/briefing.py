"""What an author takes away: the view as a printed map with caption and link, and pages of chosen incidents."""

from __future__ import annotations

import base64
import io
import math
import zipfile
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.parts import choosing, share
from dashboard.parts.progress import working
from dashboard.parts.style import text
from dashboard.server.options import options
from dashboard.state import collected, link
from dashboard.state.made import identity
from dashboard.state.view import View
from geodata import briefing
from geodata.briefing import BRIEFINGS, PICTURES, SHAPES, Briefing, Unprintable, wording
from geodata.briefing.film import UNITS, film
from geodata.exports import names
from geodata.model.region import WORLD_PIXELS, Extent
from geodata.tell import words

PAGES = {"one": "One page", "all": "All pages of the key"}
MAPS = {"marks": "Fitted to the marks", "screen": "As on screen"}
"""What an author chooses of a picture, each with what it is called; the first is usual."""

TWICE = 2 * 96 / 72
"""Pixels of the screen for a point of the page: a preview is at most twice as large as its print."""

USUAL_SIZE = (1100, 640)
"""Width and height in pixels of a map, where a link was opened here and no map has been on screen."""


@dataclass(frozen=True)
class _Asked:
    """The choices for a picture: its ``shape``, ``form`` and ``title``, and keys of `PAGES` and `MAPS`.

    ``extent`` is what the screen shows, and ``link`` the address that the print bears.
    """

    shape: str
    form: str
    title: str
    pages: str
    map: str
    extent: Extent | None
    link: str


@dataclass(frozen=True)
class _Made:
    """A file to save, with the view and the choices it was made from; when they change, the session drops it.

    ``picture`` is the PNG of its first page, shown at most ``width`` pixels wide.
    """

    view: Hashable
    asked: Hashable
    name: str
    mime: str
    data: bytes
    picture: bytes = b""
    caption: str = ""
    pages: int = 1
    width: int = 0


_copier = st.components.v2.component(
    "attest_copier",
    html='<button type="button">Copy picture, caption and link</button> <span role="status"></span>',
    css=text("copier.css"),
    js=text("copier.js"),
)


def show(view: View) -> None:
    """The picture, the pages of incidents, and the picture of each step of time."""
    share.ask_for_public_address()
    printed, is_large = _printed(view), _is_too_large(view)
    st.markdown("**Picture for a briefing**")
    shape, form, title = st.columns([1, 1, 2])
    shape_key = shape.selectbox("Page", list(SHAPES), format_func=lambda key: SHAPES[key].name, key="briefing_shape")
    form_key = form.selectbox("Format", list(PICTURES), format_func=str.upper, key="briefing_form")
    given = title.text_input("Title", key="briefing_title", placeholder=wording.title(printed))
    number, fit = st.columns(2)
    pages = number.segmented_control(
        "Key", list(PAGES), format_func=PAGES.__getitem__, key="briefing_key", default="one", required=True,
        help="One page has the incidents most told of and counts the others; every document is named on it.",
    )  # fmt: skip
    map_key = fit.segmented_control(
        "Map", list(MAPS), format_func=MAPS.__getitem__, key="briefing_map", default="marks", required=True,
        help="Fitted to the marks that are seen on screen, or all that the screen shows.",
    )  # fmt: skip
    asked = _Asked(shape_key, form_key, given, pages, map_key, printed.extent, printed.link)
    if st.button("Make picture, caption and link", type="primary", key="briefing_make", disabled=is_large):
        _keep("briefing_picture", _make(view, asked))
    if made := _still_of("briefing_picture", asked):
        _picture(made)
    st.divider()
    _pages(view)
    st.divider()
    _film(view, is_large=is_large)


def _is_too_large(view: View) -> bool:
    """Whether the view has more rows than a print is made of, which the page then says."""
    most = options().rows_in_memory
    if words.summarise(view.dataset, view.chosen).reports <= most:
        return False
    st.info(f"This view has more than {most:,} reports, the most that this server prints: choose fewer.",
            icon=":material/info:")  # fmt: skip
    return True


def _keep(key: str, made: _Made | None) -> None:
    if made is None:  # it could not be made, and the page says why
        st.session_state.pop(key, None)
    else:
        st.session_state[key] = made


def _still_of(key: str, asked: Hashable) -> _Made | None:
    """The file made from these choices; one made from other choices is dropped, and the page says so."""
    made: _Made | None = st.session_state.get(key)
    if made is not None and made.asked == asked:
        return made
    if key in st.session_state:
        st.session_state[key] = None
        st.info("What is asked for has changed since this was made; make it again.", icon=":material/info:")
    return None


def _printed(view: View, title: str = "", *, fitted: bool = False) -> briefing.Print:
    return briefing.Print(
        view.dataset, view.chosen, made=date.today(), extent=_extent(), scheme=view.look.colour,
        naming=view.look.naming, title=title, link=share.for_others(), fitted=fitted,
    )  # fmt: skip


def _extent() -> Extent | None:
    """West, south, east, north of the map on screen, from its camera and size; ``None`` where the address has none."""
    camera = link.camera()
    if camera is None:  # the map's opening view is printed
        return None
    world, size = WORLD_PIXELS * 2**camera.zoom, link.map_size() or USUAL_SIZE
    wide, high = size[0] / world * 180, size[1] / world * math.pi
    middle = math.asinh(math.tan(math.radians(max(-84.0, min(84.0, camera.latitude)))))
    south, north = (math.degrees(math.atan(math.sinh(middle + way * high))) for way in (-1, 1))
    return max(-180.0, camera.longitude - wide), south, min(180.0, camera.longitude + wide), north


def _make(view: View, asked: _Asked) -> _Made | None:
    shape, form, whole = asked.shape, asked.form, asked.pages == "all"
    printed = _printed(view, asked.title, fitted=asked.map == "marks")
    with working("Drawing the map and its key") as work:
        try:
            files = briefing.pages(printed, shape, form, whole=whole)
            preview = files[0] if form == "png" else briefing.pages(printed, shape, whole=whole)[0]
        except Unprintable as error:
            work.refuse(f"This view cannot be printed: {error}")
            return None
    several = len(files) > 1
    name = names.of_view(view.dataset, view.chosen, "zip" if several else form, "map")
    return _Made(
        identity(view), asked, name,
        "application/zip" if several else PICTURES[form], _zipped(files, name, form) if several else files[0],
        preview, briefing.caption(printed, whole=whole), len(files), round(SHAPES[shape].width * TWICE),
    )  # fmt: skip


def _picture(made: _Made) -> None:
    _copier(key="briefing_copier", data={"picture": base64.b64encode(made.picture).decode(), "caption": made.caption})
    several = made.pages > 1
    about = f"{made.pages} pages, zip" if several else made.name.rpartition(".")[2].upper()
    st.download_button(
        f"Save the picture ({about})", made.data, file_name=made.name, mime=made.mime, on_click="ignore",
        key="briefing_save",
    )  # fmt: skip
    st.image(made.picture, width=made.width, caption=f"Page 1 of {made.pages}" if several else "")
    st.markdown("**Caption and link**")
    st.code(made.caption, language=None, wrap_lines=True)


def _film(view: View, *, is_large: bool) -> None:
    """The picture of each year, quarter or month, as one GIF."""
    st.markdown("**Playback as pictures (GIF)**")
    st.caption("For a slide or a page that shows no video; *Save film* over the map records one as the map shows it.")
    unit = st.segmented_control(
        "A picture for each", list(UNITS), key="briefing_film_unit", default="year", required=True
    )
    asked = (unit, _extent(), share.for_others())
    if st.button("Make the GIF", key="briefing_film_make", disabled=is_large):
        _keep("briefing_film", _filmed(view, unit, asked))
    if made := _still_of("briefing_film", asked):
        st.download_button("Save the GIF", made.data, file_name=made.name, mime=made.mime, on_click="ignore",
                           key="briefing_film_save")  # fmt: skip
        st.image(made.data, width=made.width)


def _filmed(view: View, unit: str, asked: Hashable) -> _Made | None:
    printed = _printed(view)
    with working("Drawing a picture for each step") as work:
        try:
            data = film(printed, unit, progress=work.tell)
        except Unprintable as error:
            work.refuse(f"This view gives no film: {error}")
            return None
    name = names.of_view(view.dataset, view.chosen, "gif", "film")
    return _Made(identity(view), asked, name, "image/gif", data, width=900)


def _zipped(files: list[bytes], name: str, form: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, file in enumerate(files, 1):
            archive.writestr(zipfile.ZipInfo(f"{name.removesuffix('.zip')}_{number}.{form}"), file)
    return packed.getvalue()


def _pages(view: View) -> None:
    st.markdown("**Pages of chosen incidents**")
    chosen = choosing.incidents(view)
    form = st.segmented_control(
        "As",
        list(BRIEFINGS),
        format_func=lambda ending: BRIEFINGS[ending].name,
        key="briefing_pages_form",
        default="pdf",
        required=True,
    )
    notes = {one: note for one, note in collected.now().notes.items() if note and one in chosen}
    asked = (form, tuple(chosen), share.for_others(), tuple(notes.items()))
    if st.button("Make the pages", key="briefing_pages_make", disabled=not chosen):
        _keep("briefing_pages", _write(view, asked))
    if done := _still_of("briefing_pages", asked):
        st.download_button(f"Save the {BRIEFINGS[form].name}", done.data, file_name=done.name, mime=done.mime,
                           on_click="ignore", key="briefing_pages_save")  # fmt: skip


def _write(view: View, asked: tuple[str, tuple[str, ...], str, tuple[tuple[str, str], ...]]) -> _Made | None:
    form, incidents, link, notes = asked
    with working("Writing the pages") as work:
        try:
            made = Briefing(view.dataset, incidents, date.today(), scheme=view.look.colour, naming=view.look.naming,
                            link=link, notes=dict(notes))  # fmt: skip
            data = BRIEFINGS[form](made)
        except Unprintable as error:
            work.refuse(f"These incidents cannot be printed: {error}")
            return None
    one, *others = incidents
    name = (
        names.of_view(view.dataset, view.chosen, form, "incidents") if others else names.of_one(view.dataset, one, form)
    )
    return _Made(identity(view), asked, name, BRIEFINGS[form].mime, data)
