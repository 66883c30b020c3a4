"""What an author takes away: the view as a printed map with caption and link, and pages of chosen incidents."""

from __future__ import annotations

import base64
import io
import math
import zipfile
from datetime import date
from typing import Any

import streamlit as st

from dashboard.parts import share
from dashboard.parts.style import text
from dashboard.state import link
from dashboard.state.view import View
from geodata import briefing
from geodata.briefing import BRIEFINGS, PICTURES, SHAPES, Briefing, Unprintable, wording
from geodata.briefing.incidents import MOST
from geodata.model.selection import select

ON_SCREEN = (1100, 470)
"""Width and height in pixels of the map on a desktop, by which the address's camera is taken for an extent."""

_copier = st.components.v2.component(
    "attest_copier",
    html='<button type="button">Copy picture, caption and link</button> <span role="status"></span>',
    css=text("copier.css"),
    js=text("copier.js"),
)


def show(view: View) -> None:
    """The picture, then the pages."""
    printed = _printed(view)
    st.markdown("**Picture for a briefing**")
    shape, form, title = st.columns([1, 1, 2])
    shape_key = shape.selectbox("Page", list(SHAPES), format_func=lambda key: SHAPES[key].name, key="briefing_shape")
    form_key = form.selectbox("Format", list(PICTURES), format_func=str.upper, key="briefing_form")
    given = title.text_input("Title", key="briefing_title", placeholder=wording.title(printed))
    made = st.session_state.get("briefing_made")
    asked = (view.token, view.chosen, view.look, shape_key, form_key, given, printed.extent)
    if st.button("Make picture, caption and link", type="primary", key="briefing_make"):
        made = st.session_state["briefing_made"] = _make(_printed(view, given), shape_key, form_key, asked)
    if made:
        _picture(made, is_current=made["asked"] == asked)
    st.divider()
    _pages(view)


def _printed(view: View, title: str = "") -> briefing.View:
    return briefing.View(
        view.dataset, view.chosen, made=date.today(), extent=_extent(), scheme=view.look.colour,
        naming=view.look.naming, title=title, link=share.address(),
    )  # fmt: skip


def _extent() -> tuple[float, float, float, float] | None:
    """South, west, north, east of the map on screen, from the camera in the address (Web Mercator); else nothing."""
    camera = link.camera()
    if camera is None:  # the map's opening view is printed
        return None
    world = 256 * 2**camera.zoom
    wide, high = ON_SCREEN[0] / world * 180, ON_SCREEN[1] / world * math.pi
    middle = math.asinh(math.tan(math.radians(max(-84.0, min(84.0, camera.latitude)))))
    south, north = (math.degrees(math.atan(math.sinh(middle + way * high))) for way in (-1, 1))
    return south, max(-180.0, camera.longitude - wide), north, min(180.0, camera.longitude + wide)


def _make(printed: briefing.View, shape: str, form: str, asked: tuple[Any, ...]) -> dict[str, Any] | None:
    with st.status("Drawing the map and its key …") as status:
        try:
            files = briefing.pages(printed, shape, form)
            preview = files[0] if form == "png" else briefing.pages(printed, shape, "png")[0]
        except Unprintable as error:
            status.update(label=f"This view cannot be printed: {error}", state="error")
            return None
        status.update(label="Ready.", state="complete")
    return {"files": files, "preview": preview, "form": form, "caption": briefing.caption(printed), "asked": asked}


def _picture(made: dict[str, Any], *, is_current: bool) -> None:
    if not is_current:
        st.info("The view has changed since this picture was made.", icon=":material/info:")
    files, form = made["files"], made["form"]
    _copier(
        key="briefing_copier",
        data={"picture": base64.b64encode(made["preview"]).decode(), "caption": made["caption"]},
    )
    several = len(files) > 1
    st.download_button(
        f"Save the picture ({len(files)} pages, zip)" if several else f"Save the picture ({form.upper()})",
        _zipped(files, form) if several else files[0],
        file_name="attest-briefing.zip" if several else f"attest-briefing.{form}",
        mime="application/zip" if several else PICTURES[form],
        on_click="ignore",
        key="briefing_save",
    )
    st.image(made["preview"], width="stretch", caption="" if not several else f"Page 1 of {len(files)}")
    st.markdown("**Caption and link**")
    st.code(made["caption"], language=None, wrap_lines=True)


def _zipped(files: list[bytes], form: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, file in enumerate(files, 1):
            archive.writestr(zipfile.ZipInfo(f"attest-briefing-{number}.{form}"), file)
    return packed.getvalue()


def _pages(view: View) -> None:
    st.markdown("**Pages of chosen incidents**")
    reports = select(view.dataset.reports, view.chosen)
    listed = view.dataset.fetch(
        reports.group_by("incident_id").aggregate(title=reports.title.first(), row=reports.row.min()).order_by("row")
        .limit(2_000)
    ).to_pylist()  # fmt: skip
    titles = {one["incident_id"]: one["title"] for one in listed}
    chosen = st.multiselect(
        f"Incidents (up to {MOST})", titles, format_func=lambda key: titles.get(key, key), max_selections=MOST,
        key="briefing_incidents", placeholder="Choose among those shown",
    )  # fmt: skip
    if st.session_state["incident"] in titles and not chosen:
        st.caption("The open incident is taken where none is chosen.")
        chosen = [st.session_state["incident"]]
    form = st.segmented_control(
        "As",
        list(BRIEFINGS),
        format_func=lambda ending: BRIEFINGS[ending].name,
        key="briefing_pages_form",
        default="pdf",
        required=True,
    )
    if st.button("Make the pages", key="briefing_pages_make", disabled=not chosen):
        with st.status("Writing the pages …") as status:
            try:
                made = Briefing(view.dataset, tuple(chosen), date.today(), scheme=view.look.colour,
                                naming=view.look.naming, link=share.address())  # fmt: skip
                st.session_state["briefing_pages"] = (form, BRIEFINGS[form](made))
            except Unprintable as error:
                status.update(label=f"These incidents cannot be printed: {error}", state="error")
            else:
                status.update(label="Ready.", state="complete")
    if done := st.session_state.get("briefing_pages"):
        ending, data = done
        st.download_button(f"Save the {BRIEFINGS[ending].name}", data, file_name=f"attest-briefing.{ending}",
                           mime=BRIEFINGS[ending].mime, on_click="ignore", key="briefing_pages_save")  # fmt: skip
