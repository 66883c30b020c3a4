"""Lessons: those of the case, to show, save and print; and a new lesson, made of views step by step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from dashboard.parts.style import plain
from dashboard.state import data, lesson_state, link
from dashboard.state.view import View
from geodata import lessons
from geodata.exports import names
from geodata.lessons import Filters, Lesson, Step
from geodata.store import classroom
from geodata.store.dataset import Dataset


def show(view: View) -> None:
    """Every lesson of the folder, the faults of those that cannot be used, and the lesson being made."""
    found, faults = lesson_state.every()
    room = _of_class(view)
    if room is None:
        st.info(classroom.why_closed(view.dataset), icon=":material/info:")
    for name, lesson in found.items():
        _lesson(name, lesson, room, faults=lessons.check(lesson, room or view.dataset))
    if not found:
        st.caption(f"There is no lesson{_in_folder()}.")
    if faults:
        st.error(
            "Some lesson files cannot be used; mend the lines below and the page follows.", icon=":material/warning:"
        )
        st.text("\n".join(map(str, faults)))
    st.divider()
    _workshop(view)


def _of_class(view: View) -> Dataset | None:
    """The table of the class room; none where class mode stays closed."""
    return None if view.dataset.persons is None else data.for_class(view.token, view.dataset)[0]


def _in_folder() -> str:
    where = lesson_state.folder()
    return f" in the folder {where}" if where else ""


def _lesson(name: str, lesson: Lesson, room: Dataset | None, faults: tuple[Any, ...]) -> None:
    """A lesson and its buttons; those for a class only where there is a table for the class, ``room``."""
    with st.container(border=True):
        st.markdown(f"## {plain(lesson.title)}")
        about = [lesson.level, f"{lesson.minutes} minutes" if lesson.minutes else "", f"{len(lesson.steps)} steps"]
        st.caption(" · ".join(filter(None, map(plain, about))))
        if lesson.note:
            with st.expander("For the teacher"):
                st.markdown(lesson.note)
        if faults:
            st.warning("The table on screen does not hold all that this lesson asks for.")
            st.text("\n".join(map(str, faults)))
        begin, page, handout, text = st.columns(4)
        _save(text, "Lesson file", lessons.write(lesson), f"{name}.md", "text/markdown", key=f"save_{name}.md")
        if room is None:
            return
        begin.button("Show in class", key=f"begin_{name}", type="primary", on_click=lesson_state.begin, args=(name,),
                     width="stretch")  # fmt: skip
        for place, label, made, ending, mime in (
            (page, "Save as one file", lessons.to_html, "html", "text/html"),
            (handout, "Handout (PDF)", lessons.to_pdf, "pdf", "application/pdf"),
        ):
            file = names.of_one(room, name, ending)
            _save(place, label, partial(made, room, lesson), file, mime, key=f"save_{name}.{ending}")


def _save(place: Any, label: str, made: str | Callable[[], bytes], file: str, mime: str, *, key: str) -> None:
    place.download_button(label, made, file, mime, on_click="ignore", key=key, width="stretch")


def _workshop(view: View) -> None:
    """A form for a new lesson: each step is the view as it was when the reader added it."""
    state = st.session_state
    steps: list[Step] = state.setdefault("workshop", [])
    st.markdown("## Make a lesson")
    st.caption(
        "Set filters, window and map as the class is to see them, write the words, and add the step. Save the file"
        f"{_in_folder()}; it is plain text and can be edited by hand."
    )
    title, level = st.columns([3, 1])
    name = title.text_input("Title of the lesson", key="workshop_title")
    age = level.text_input("Level", key="workshop_level", placeholder="from 15 years")
    with st.form("workshop_step", clear_on_submit=True):
        step_title = st.text_input("Title of the step")
        words = st.text_area("Words that the class reads", height=110)
        questions = st.text_area("Questions, one on each line", height=80)
        if st.form_submit_button("Add this view as a step"):
            if step_title.strip() and words.strip():
                steps.append(_step(view, step_title, words, questions))
            else:
                st.warning("A step needs a title and words.")
    for index, step in enumerate(steps):
        line, remove = st.columns([6, 1], vertical_alignment="center")
        line.markdown(f"**{index + 1}. {plain(step.title)}**")
        remove.button("Remove", key=f"workshop_remove_{index}", on_click=_remove, args=(index,), width="stretch")
    if steps and name.strip():
        lesson = Lesson(title=name.strip(), level=age.strip(), steps=tuple(steps))
        file = f"{names.slug(name, names.LONGEST_ALONE) or 'lesson'}.md"
        st.download_button("Save the lesson file", lessons.write(lesson), file, "text/markdown",
                           on_click="ignore", key="workshop_save", type="primary")  # fmt: skip
    elif steps:
        st.caption("Give the lesson a title to save it.")


def _remove(index: int) -> None:
    del st.session_state["workshop"][index]


def _step(view: View, title: str, words: str, questions: str) -> Step:
    chosen = view.chosen
    window = {"from": str(chosen.first), "to": str(chosen.last)} if chosen.first and chosen.last else None
    fields = {
        "title": title.strip(),
        "words": words.strip(),
        "window": window,
        "filters": Filters.of(chosen, view.dataset.case),
        "camera": link.camera(),
        "incident": str(st.session_state["incident"]),
        "colour": view.look.colour,
        "names": view.look.naming,
        "questions": tuple(line.strip() for line in questions.splitlines() if line.strip()),
    }
    return Step.model_validate(fields, context=view.dataset.case)
