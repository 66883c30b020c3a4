"""Class mode: one large map for the back row, the presenter's keys, and a lesson's steps beside it."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import answer_sheet, overview, timemap
from dashboard.parts.plain import plain
from dashboard.state import lesson_state, link
from dashboard.state.lesson_state import Opened
from dashboard.state.view import View
from geodata.store import classroom
from geodata.store.dataset import Dataset
from geodata.tell import words

HEAD = 74
"""Pixels of the row above a step, and of the margins; words and map have the rest of the window."""

SENTENCE = 62
"""Pixels of the sentence that stands above the map where no lesson is open, in two lines."""

LETTERS = 600
"""Letters of words and questions up to which they are set in the larger type: so many fit beside the map."""


def is_on() -> bool:
    """Whether the page is in class mode, by its address or by the switch."""
    return str(st.session_state.get("mode", st.query_params.get("mode", ""))) == "class"


def switch() -> None:
    """The switch into class mode, in the header."""
    st.button(
        "Class mode",
        key="class_on",
        on_click=_set_mode,
        args=("class",),
        help="Class mode: large marks and letters, no graphic rows, no names of private persons, keys for a clicker.",
    )


def _set_mode(mode: str) -> None:
    """From the preview of a lesson, Leave goes back to where it is made, with the view as it was."""
    state = st.session_state
    is_draft = state["lesson"] == lesson_state.PREVIEW
    state.update(mode=mode, page="lessons" if is_draft else "map", lesson="", step="", incident="")
    if is_draft:
        lesson_state.return_to_view()
    link.tell_map("window", "incident")


def show(view: View) -> None:
    """The map alone, or beside the step of the lesson that is open."""
    opened = lesson_state.current()
    with st.container(key="class", gap=None):
        with st.container(key="class_head", horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"# {plain(opened.lesson.title) if opened else overview.heading(view.dataset)}")
            if opened:
                answer_sheet.switch()
                _steps(opened)
            st.button("Leave", key="class_off", help="Leave class mode", on_click=_set_mode, args=("",))
        if opened is None:
            st.markdown(f"**{_said(view)}** {words.no_evidence(view.dataset)}")
            _map(view, None)
        else:
            _lesson(view, opened)


def show_closed(dataset: Dataset) -> None:
    """Why class mode stays closed: a table whose names of persons nobody has checked is not for a class."""
    st.markdown(f"# {overview.heading(dataset)}")
    st.warning(classroom.why_closed(dataset), icon=":material/lock:")
    st.button("Leave", key="class_off", help="Leave class mode", on_click=_set_mode, args=("",))


def _lesson(view: View, opened: Opened) -> None:
    """Words, questions under them, and the map beside both. The questions stay where the words are too long."""
    step = opened.step
    is_long = len(step.words) + sum(map(len, step.questions)) > LETTERS
    with st.container(key="class_body", gap=None):
        with st.container(key="lesson_step", gap=None):
            if answer_sheet.is_open():
                with st.container(key="lesson_words_sheet", gap=None):
                    answer_sheet.show(opened, view.dataset)
            else:
                with st.container(key="lesson_words_long" if is_long else "lesson_words", gap=None):
                    st.markdown(f"## {plain(step.title)}")
                    for paragraph in step.paragraphs:
                        st.markdown(plain(paragraph))
                    st.caption(_said(view))
            if step.questions:
                with st.container(key="lesson_asked", gap=None):
                    for question in step.questions:
                        st.markdown(f"**Question:** {plain(question)}")
        with st.container(key="class_picture", gap=None):
            _map(view, opened)


def _steps(opened: Opened) -> None:
    number, last = opened.number, len(opened.lesson.steps) - 1
    st.button("◂ Back", key="step_back", on_click=lesson_state.go, args=(number - 1,), disabled=number == 0)
    st.markdown(f"{number + 1} of {last + 1}")
    st.button("Next ▸", key="step_next", on_click=lesson_state.go, args=(number + 1,), disabled=number == last,
              type="primary")  # fmt: skip


def _said(view: View) -> str:
    return words.sentence(words.summarise(view.dataset, view.chosen), view.chosen)


def _map(view: View, opened: Opened | None) -> None:
    height = f"max(420px, calc(100dvh - {HEAD if opened else HEAD + SENTENCE}px))"
    timemap.show(view, key="class_map", height=height, is_large=True, camera=lesson_state.camera(opened))
