"""Class mode: one large map for the back row, the presenter's keys, and a lesson's steps beside it."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import overview, timemap
from dashboard.parts.style import plain
from dashboard.state import lesson_state
from dashboard.state.lesson_state import Opened
from dashboard.state.view import View
from geodata.store import classroom
from geodata.store.dataset import Dataset
from geodata.tell import words

HEIGHT = "max(420px, calc(100dvh - 170px))"
"""Of map and timeline, as CSS has it: with the row above they fill a projector."""


def is_on() -> bool:
    """Whether the page is in class mode, by its address or by the switch."""
    return str(st.session_state.get("mode", st.query_params.get("mode", ""))) == "class"


def switch() -> None:
    """The switch into class mode, in the header."""
    st.button(
        "Class mode",
        key="class_on",
        on_click=lambda: _set_mode("class"),
        help="Class mode: large marks and letters, no graphic rows, no names of private persons, keys for a clicker.",
    )


def _set_mode(mode: str) -> None:
    st.session_state.update(mode=mode, page="map", incident="", lesson="", step="")
    st.session_state["window_set"] = st.session_state.get("window_set", 0) + 1


def show(view: View) -> None:
    """The map alone, or beside the step of the lesson that is open."""
    opened = lesson_state.current()
    with st.container(key="class"):
        head, steps, leave = st.columns([5, 4, 1.6], vertical_alignment="center")
        head.markdown(f"# {plain(opened.lesson.title) if opened else overview.heading(view.dataset)}")
        leave.button("Leave", key="class_off", help="Leave class mode", on_click=lambda: _set_mode(""), width="stretch")
        if opened is None:
            st.markdown(f"**{_said(view)}** {words.no_evidence(view.dataset)}")
            _map(view, None)
        else:
            with steps:
                _steps(opened)
            _lesson(view, opened)


def show_closed(dataset: Dataset) -> None:
    """Why class mode stays closed: a table whose names of persons nobody has checked is not for a class."""
    st.markdown(f"# {overview.heading(dataset)}")
    st.warning(classroom.why_closed(dataset), icon=":material/lock:")
    st.button("Leave", key="class_off", help="Leave class mode", on_click=lambda: _set_mode(""))


def _lesson(view: View, opened: Opened) -> None:
    step = opened.step
    text, picture = st.columns([5, 8])
    with text, st.container(key="lesson_step"):
        st.markdown(f"## {plain(step.title)}")
        for paragraph in step.paragraphs:
            st.markdown(plain(paragraph))
        for question in step.questions:
            st.markdown(f"**Question:** {plain(question)}")
        st.caption(_said(view))
    with picture:
        _map(view, opened)


def _steps(opened: Opened) -> None:
    number, last = opened.number, len(opened.lesson.steps) - 1
    back, where, onward = st.columns([3, 2, 3], vertical_alignment="center")
    back.button("◂ Back", key="step_back", on_click=lesson_state.go, args=(number - 1,), disabled=number == 0,
                width="stretch")  # fmt: skip
    where.markdown(f"{number + 1} of {last + 1}")
    onward.button("Next ▸", key="step_next", on_click=lesson_state.go, args=(number + 1,), disabled=number == last,
                  width="stretch", type="primary")  # fmt: skip


def _said(view: View) -> str:
    return words.sentence(words.summarise(view.dataset, view.chosen), view.chosen)


def _map(view: View, opened: Opened | None) -> None:
    timemap.show(view, key="class_map", height=HEIGHT, is_large=True, camera=lesson_state.camera(opened))
