"""The answer sheet of a lesson in class mode: fields in place of the words, in the session until it is saved."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.plain import plain
from dashboard.state.lesson_state import Opened
from geodata.exports import names
from geodata.lessons import answers
from geodata.store.dataset import Dataset

OPEN, GIVEN, PUPIL = "sheet_open", "sheet_given", "sheet_pupil"
"""Keys of the session: whether the sheet is open, what was filled in by lesson and step, and who answers."""

Given = dict[str, dict[int, dict[str, str]]]

LONGEST = 600
"""Letters of a field."""


def is_open() -> bool:
    return bool(st.session_state.get(OPEN))


def switch() -> None:
    """From the words to the sheet, and back."""
    label = "Words" if is_open() else "Answer sheet"
    st.button(label, key="sheet_switch", on_click=_turn, help="What you say to this step, to be saved as a file")


def _turn() -> None:
    st.session_state[OPEN] = not is_open()


def show(opened: Opened, dataset: Dataset) -> None:
    """The fields of the open step, and the file of all steps."""
    state, lesson = st.session_state, opened.lesson
    given: Given = state.setdefault(GIVEN, {})
    own = given.get(lesson.name, {}).get(opened.number, {})
    st.markdown(f"**{plain(opened.step.title)}**")
    for name, label in answers.ASKED.items():
        key = f"sheet_{name}_{opened.number}"
        place = (lesson.name, opened.number, name, key)
        if name == "agree":
            choices = list(answers.AGREE)
            st.radio(label, choices, choices.index(own[name]) if own.get(name) else None, key=key, horizontal=True,
                     format_func=answers.AGREE.__getitem__, on_change=_fill, args=place)  # fmt: skip
        else:
            st.text_input(label, own.get(name, ""), key=key, max_chars=LONGEST, on_change=_fill, args=place)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input("Your name, if you like", state.get(PUPIL, ""), key="sheet_name", max_chars=60, on_change=_name)
        pupil = state.get(PUPIL, "")
        filled = given.get(lesson.name, {})
        file = names.of_one(dataset, f"{lesson.name} {pupil or 'answers'}", "csv")
        st.download_button("Save", answers.text(lesson, pupil, filled).encode("utf-8-sig"), file, "text/csv",
                           key="sheet_save", on_click="ignore", type="primary", disabled=not filled,
                           help="All steps that you answered, as one file; nothing is kept here")  # fmt: skip


def _fill(lesson: str, number: int, name: str, key: str) -> None:
    given: Given = st.session_state[GIVEN]
    step = given.setdefault(lesson, {}).setdefault(number, {})
    step[name] = " ".join((st.session_state[key] or "").split())


def _name() -> None:
    st.session_state[PUPIL] = st.session_state["sheet_name"].strip()
