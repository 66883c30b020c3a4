"""Lessons: those of the case, to show, save and print; and in further parts what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from dashboard.parts import lesson_film
from dashboard.parts.plain import noted, plain
from dashboard.screens import answers_beside, lesson_maker
from dashboard.state import data, lesson_state, line, seats
from dashboard.state.faults import told
from dashboard.state.view import View
from geodata import lessons
from geodata.exports import names
from geodata.formats import LESSONS
from geodata.lessons import Lesson
from geodata.store import classroom
from geodata.store.dataset import Dataset

PARTS = {"taught": "Lessons", "made": "Make a lesson", "answers": "Answers"}

PART = "lessons_part"
"""Key of the session for the part that is open; the choice itself forgets it on other pages."""


def show(view: View) -> None:
    """A part of the page, by choice."""
    state = st.session_state
    state.setdefault("lessons_choice", state.get(PART, "taught"))
    part = st.segmented_control("Part", list(PARTS), format_func=PARTS.__getitem__, key="lessons_choice",
                                label_visibility="collapsed", required=True)  # fmt: skip
    state[PART] = part
    room = _of_class(view)
    if room is None:
        st.info(classroom.why_closed(view.dataset), icon=":material/info:")
    if part == "made":
        lesson_maker.show(view, room)
    elif part == "answers":
        answers_beside.show()
    else:
        _every(view, room)


def _every(view: View, room: Dataset | None) -> None:
    """Every lesson of the folder, and the faults of those that cannot be used."""
    found, faults = lesson_state.every()
    for name, lesson in found.items():
        _lesson(name, lesson, room, faults=lessons.check(lesson, room or view.dataset))
    if not found:
        st.caption(f"There is no lesson{_in_folder()}.")
    if faults:
        st.error(
            "Some lesson files cannot be used; mend the lines below and the page follows.", icon=":material/warning:"
        )
        st.text(told(faults))


def _of_class(view: View) -> Dataset | None:
    """The table of the class room; none where class mode stays closed."""
    return None if view.dataset.persons is None else data.for_class(view.token, view.dataset)[0]


def _in_folder() -> str:
    where = lesson_state.folder()
    return f" in the folder {plain(where.name)}" if where else ""


def _lesson(name: str, lesson: Lesson, room: Dataset | None, faults: tuple[Any, ...]) -> None:
    """A lesson and its buttons; those for a class only where there is a table for the class, ``room``."""
    with st.container(border=True):
        st.markdown(f"## {plain(lesson.title)}")
        about = [lesson.level, f"{lesson.minutes} minutes" if lesson.minutes else "", f"{len(lesson.steps)} steps"]
        st.caption(" · ".join(filter(None, map(plain, about))))
        if lesson.note:
            with st.expander("For the teacher"):
                st.markdown(noted(lesson.note))
        if faults:
            st.warning("The table on screen does not hold all that this lesson asks for.")
            st.text(told(faults))
        row = st.container(horizontal=True, gap="xsmall")  # all buttons in a row at 1280 pixels
        is_filmed = False
        if room is not None:
            row.button("Show in class", key=f"begin_{name}", type="primary", on_click=lesson_state.begin, args=(name,))
            for label, ending in (
                ("Save as one file", "html"),
                ("Handout (PDF)", "pdf"),
                ("Answer sheet (PDF)", "sheet.pdf"),
                ("Film (GIF)", "gif"),
            ):
                form = LESSONS[ending]
                made = line.in_line(seats.reader(), partial(form, room, lesson))
                _save(row, label, made, names.of_one(room, name, ending), form.mime,
                      key=f"save_{name}.{ending}")  # fmt: skip
            is_filmed = row.button("Film (WebM)", key=f"film_{name}", help=lesson_film.HELP, disabled=bool(faults))
        _save(row, "Lesson file", lessons.write(lesson), f"{name}.md", "text/markdown", key=f"save_{name}.md")
        row.button("Change it", key=f"change_{name}", on_click=_change, args=(name,))
        if room is not None and is_filmed:
            lesson_film.make(room, lesson, names.of_one(room, name, "webm"))


def _change(name: str) -> None:
    lesson_maker.open_lesson(lesson_state.every()[0][name])
    st.session_state["lessons_choice"] = "made"


def _save(place: Any, label: str, made: str | Callable[[], bytes], file: str, mime: str, *, key: str) -> None:
    place.download_button(label, made, file, mime, on_click="ignore", key=key)
