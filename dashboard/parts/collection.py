"""The collection in the row of chips: its incidents with a note each, its file, and what is made of it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.parts import choosing, entrance
from dashboard.parts.plain import plain
from dashboard.state import collected, link, opened
from dashboard.state.faults import told
from dashboard.state.view import View
from geodata.exports import names
from geodata.model.collection import MOST, Collection
from geodata.model.faults import InvalidData
from geodata.store import collection_file

MOST_LISTED = 25
"""Incidents with a line of their own here; the file has all."""

FAULT, TAKEN = "collection_fault", "collections_taken"

HOW = (
    "Incidents set aside, with a note each, for a briefing or a lesson. Take them in from a card, with the ticks of "
    "a list, or with *Collect marks* on the map. They are kept in the link, or in a file where they are too many for "
    "one, and nowhere else."
)


def show(view: View) -> None:
    """A button that opens the collection. It is always there, so that nothing moves when the first is taken in."""
    now = collected.now()
    with st.popover(f"Collection · {len(now.notes)}", type="tertiary", key="collection_open"):
        st.caption(HOW)
        if fault := st.session_state.pop(FAULT, ""):
            st.error(plain(fault), icon=":material/warning:")
        if now.notes:
            _head(now)
            _ways_on(view, now)
            _listed(view, now)
        _file(view)


def _head(now: Collection) -> None:
    # A field keeps what it held before; what a card or a chip has changed since is put into it.
    st.session_state.update(collection_name=now.name, collection_alone=collected.is_alone())
    st.text_input("Name", key="collection_name", on_change=_rename, max_chars=80)
    st.toggle(
        "Show only these", key="collection_alone", on_change=_alone,
        help="Map, lists and counts keep to the collection; a chip takes it back.",
    )  # fmt: skip
    if not now.fits_a_link:
        st.warning("Too long for a link: save it as a file, which others open here.", icon=":material/link_off:")


def _rename() -> None:
    collected.put(Collection(st.session_state["collection_name"].strip(), collected.now().notes))


def _alone() -> None:
    collected.show_alone(st.session_state["collection_alone"])


def _listed(view: View, now: Collection) -> None:
    """A line for each of the first incidents: its title, its note, and a button that takes it out."""
    titles = collection_file.titles_of(now, view.dataset)
    for number, incident in enumerate(now.ids[:MOST_LISTED]):
        title, note, out = st.columns([5, 4, 2], vertical_alignment="center")
        title.button(
            plain(titles.get(incident, incident)), key=f"collected_open_{number}", type="tertiary",
            on_click=_open, args=(incident,),
        )  # fmt: skip
        key = f"collected_note_{incident}"
        st.session_state[key] = now.notes[incident]
        note.text_input(
            plain(f"Note to {titles.get(incident, incident)}"), key=key, placeholder="Your note",
            label_visibility="collapsed", on_change=_note, args=(incident, key),
        )  # fmt: skip
        out.button("Take out", key=f"collected_out_{number}", on_click=_out, args=((incident,),))
    if len(now.notes) > MOST_LISTED:
        st.caption(f"{len(now.notes) - MOST_LISTED:,} more: the file has all of them, with their notes.")


def _open(incident: str) -> None:
    link.open_incident(incident)
    _to_page("map")


def _note(incident: str, key: str) -> None:
    collected.put(collected.now().noted(incident, st.session_state[key]))


def _out(incidents: tuple[str, ...]) -> None:
    collected.take(incidents, is_in=False)


def _ways_on(view: View, now: Collection) -> None:
    """Where the collection goes from here."""
    with st.container(horizontal=True, gap="small"):
        st.button("Briefing", on_click=_to_briefing, args=(now.ids,), help="Pages of these incidents, with your notes")
        st.button("Lesson", on_click=_to_lesson, help="Steps of a lesson from these incidents")
        st.download_button(
            "Save as a file", partial(_written, view, now), names.of_one(view.dataset, now.name or "collection", "csv"),
            "text/csv", on_click="ignore", key="collection_save",
        )  # fmt: skip
        st.button("Empty it", on_click=_out, args=(now.ids,))


def _to_briefing(incidents: tuple[str, ...]) -> None:
    choosing.begin_with(incidents)
    _to_page("briefing")


def _to_lesson() -> None:
    """To the part of the page where lessons are made."""
    st.session_state["lessons_choice"] = "made"
    _to_page("lessons")


def _to_page(page: str) -> None:
    st.session_state["page"] = page


def _written(view: View, now: Collection) -> bytes:
    return collection_file.text(now, view.dataset).encode("utf-8-sig")


def _file(view: View) -> None:
    """Another collection from its file. Once a file is taken, the field is a new and empty one."""
    if not entrance.allows("upload"):
        return
    taken = st.session_state.get(TAKEN, 0)
    file = st.file_uploader(f"Open a collection (CSV, up to {MOST} incidents)", type=["csv"], key=f"collection_{taken}")
    if file is None:
        return
    folder = opened.Folder()
    try:
        collected.put(collection_file.read(folder.keep(file.name, file.getvalue()), view.dataset))
    except InvalidData as error:
        st.session_state[FAULT] = told(error.faults, "; ")
    st.session_state[TAKEN] = taken + 1
    st.rerun()
