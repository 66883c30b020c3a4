"""A lesson is made here: steps from what the map shows, their words, their order; an existing lesson can be opened.

The draft lives in the session alone. What is wrong with it is told as the loader tells it of the file it would be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.parts import entrance, timemap
from dashboard.parts.plain import plain
from dashboard.state import collected, lesson_state, link, opened
from dashboard.state.faults import told
from dashboard.state.view import View
from geodata import lessons
from geodata.exports import names
from geodata.lessons import Draft, Filters, Lesson, Step
from geodata.lessons.draft import VIEW
from geodata.model.faults import Fault, InvalidData
from geodata.model.text import number_of
from geodata.store import collection_file
from geodata.store.dataset import Dataset

AT, ROUND, FAULTS = "draft_at", "draft_round", "draft_faults"
"""Keys of the session: the open step, a number that renews the fields, faults of a file."""

HEIGHT = "max(420px, calc(100dvh - 190px))"
"""Of the map beside the fields, as CSS has it."""

MOST_STEPS = 20
"""Steps that are made of a collection at once: more than a class gets through."""

HOW = "Set filters, window and map as the class is to see them, and add the view as a step; then write its words."


def show(view: View, room: Dataset | None) -> None:
    """Fields at the left, the map that steps are taken from at the right. ``room`` is the table of the class."""
    draft = st.session_state.setdefault(lesson_state.DRAFT, Draft())
    fields, picture = st.columns([4, 7])
    with fields, st.container(key="lesson_maker", gap="xsmall"):
        lesson, faults = lesson_state.made(draft, view.dataset.case)
        if lesson:
            faults = lessons.check(lesson, room or view.dataset)
        with st.container(horizontal=True, gap="xsmall"):
            _opening()
            _taking(draft, is_whole=lesson is not None, is_open=room is not None)
        _faults_of_file()
        _about(draft)
        _steps(view, draft)
        if draft.steps:
            _step(view, draft, _at(draft))
            _mending(draft, faults, is_whole=lesson is not None)
    with picture:
        looks = st.session_state.get(lesson_state.CAMERA)
        timemap.show(view, key="lesson_map", height=HEIGHT, camera=looks, tells_camera=True)


def open_lesson(lesson: Lesson) -> None:
    """Makes a lesson the draft, at its first step."""
    _put(Draft.of(lesson), 0)


def _put(draft: Draft, at: int) -> None:
    """Takes another draft and opens a step; the fields are new ones, for they keep what was typed."""
    state = st.session_state
    state.update({lesson_state.DRAFT: draft, AT: at, ROUND: state.get(ROUND, 0) + 1})


def _at(draft: Draft) -> int:
    return min(int(st.session_state.get(AT, 0)), len(draft.steps) - 1)


def _draft() -> Draft:
    draft: Draft = st.session_state[lesson_state.DRAFT]
    return draft


def _key(name: str) -> str:
    return f"draft_{name}_{st.session_state.get(ROUND, 0)}"


# --- opening --------------------------------------------------------------------------------------------------------


def _opening() -> None:
    with st.popover("Open a lesson", icon=":material/folder_open:", key="draft_open"):
        for name, lesson in lesson_state.every()[0].items():
            st.button(plain(lesson.title), key=f"draft_open_{name}", on_click=_open_named, args=(name,))
        st.button("A new, empty lesson", key="draft_new", on_click=_put, args=(Draft(), 0))
        if not entrance.allows("upload"):
            return
        key = _key("file")
        st.file_uploader("A lesson file (.md)", type=["md"], key=key, on_change=_open_file, args=(key,))


def _faults_of_file() -> None:
    """What is wrong in a file that the reader wanted to open."""
    if faults := st.session_state.pop(FAULTS, ()):
        st.error("This file cannot be opened; mend these lines:", icon=":material/warning:")
        st.text(told(faults))


def _open_named(name: str) -> None:
    open_lesson(lesson_state.every()[0][name])


def _open_file(key: str) -> None:
    file, dataset = st.session_state[key], lesson_state.table()
    if file is None or dataset is None:
        return
    folder = opened.Folder()
    try:
        open_lesson(lessons.read(folder.keep(file.name, file.getvalue()), dataset.case))
    except InvalidData as error:
        st.session_state[FAULTS] = error.faults


# --- fields ---------------------------------------------------------------------------------------------------------


def _about(draft: Draft) -> None:
    title, level, minutes = st.columns([4, 2, 1.3])
    for place, name, label, hint in (
        (title, "title", "Title of the lesson", ""),
        (level, "level", "Level", "from 15 years"),
        (minutes, "minutes", "Minutes", "45"),
    ):
        key = _key(name)
        place.text_input(label, getattr(draft, name), key=key, placeholder=hint, on_change=_about_typed,
                         args=(name, key))  # fmt: skip


def _about_typed(name: str, key: str) -> None:
    draft, text = _draft(), st.session_state[key].strip()
    if name == "title" and draft.name in ("lesson", names.slug(draft.title, names.LONGEST_ALONE)):
        draft = replace(draft, name=names.slug(text, names.LONGEST_ALONE) or "lesson")
    st.session_state[lesson_state.DRAFT] = replace(draft, **{name: text})


def _steps(view: View, draft: Draft) -> None:
    """The steps in order, each to be opened, moved and taken out."""
    st.caption(HOW)
    open_at, last = _at(draft), len(draft.steps) - 1
    steps = st.container(key="draft_steps", gap="xsmall")
    for at, step in enumerate(draft.steps):
        line = steps.container(horizontal=True, gap="xxsmall")
        named = f"{at + 1} · {plain(step.get('title') or '(no title yet)')}"
        line.button(named, key=f"draft_step_{at}", type="primary" if at == open_at else "secondary", width="stretch",
                     on_click=_open_step, args=(at,), help="Open this step and show its map")  # fmt: skip
        line.button("▴", key=f"draft_up_{at}", help="Move up", disabled=at == 0, on_click=_move, args=(at, at - 1))
        line.button("▾", key=f"draft_down_{at}", help="Move down", disabled=at == last, on_click=_move,
                    args=(at, at + 1))  # fmt: skip
        line.button("✕", key=f"draft_out_{at}", help="Take out", on_click=_take_out, args=(at,))
    st.button("Add this view as a step", key="draft_add", type="secondary" if draft.steps else "primary",
              on_click=_add, args=(_seen(view),))  # fmt: skip
    if ids := collected.now().ids[:MOST_STEPS]:
        st.button(f"Add {number_of(len(ids), 'step')} from the collection", key="draft_collected",
                  on_click=_add_collected, args=(_seen(view),),
                  help="A step for each incident, with its card, its title and your note")  # fmt: skip


def _open_step(at: int) -> None:
    """Opens a step; filters and map become those of the step."""
    draft, dataset = _draft(), lesson_state.table()
    _put(draft, at)
    if dataset is None:
        return
    step = draft.step(at, dataset.case)
    lesson_state.apply(step)
    st.session_state[lesson_state.CAMERA] = lesson_state.camera_of(step.camera, st.session_state[ROUND])


def _move(at: int, to: int) -> None:
    _put(_draft().exchanged(at, to), to)


def _take_out(at: int) -> None:
    _put(_draft().without(at), max(0, at - 1))


def _add(seen: Step) -> None:
    draft = _draft()
    _put(draft.having(seen).edited(len(draft.steps), title="", words=""), len(draft.steps))


def _add_collected(seen: Step) -> None:
    """A step for each incident of the collection: the view ``seen`` with the incident's card, and the note as words."""
    now, draft, dataset = collected.now(), _draft(), lesson_state.table()
    if dataset is None:
        return
    titles, first = collection_file.titles_of(now, dataset), len(draft.steps)
    for at, incident in enumerate(now.ids[:MOST_STEPS], first):
        step = seen.model_copy(update={"incident": incident, "camera": None})
        draft = draft.having(step).edited(at, title=titles.get(incident, incident), words=now.notes[incident])
    _put(draft, first)


def _seen(view: View) -> Step:
    """What the map shows now, as a step without words."""
    chosen = view.chosen
    fields = {
        "title": "-",
        "words": "-",
        "window": {"from": str(chosen.first), "to": str(chosen.last)} if chosen.first and chosen.last else None,
        "filters": Filters.of(chosen, view.dataset.case),
        "camera": link.camera(),
        "incident": str(st.session_state["incident"]),
        "colour": view.look.colour,
        "names": view.look.naming,
    }
    return Step.model_validate(fields, context=view.dataset.case)


def _step(view: View, draft: Draft, at: int) -> None:
    """The words of the open step."""
    step = draft.steps[at]
    st.markdown(f"**Step {at + 1}**")
    title, words, questions = _key("step_title"), _key("words"), _key("questions")
    st.text_input("Title of the step", step.get("title", ""), key=title, on_change=_typed, args=(at, "title", title))
    st.text_area("Words that the class reads", step.get("words", ""), height=130, key=words, on_change=_typed,
                 args=(at, "words", words))  # fmt: skip
    st.text_area("Questions, one on each line", "\n".join(step.get("questions", ())), height=80, key=questions,
                 on_change=_typed, args=(at, "questions", questions))  # fmt: skip
    now = lessons.Draft(steps=(step,)).seen(0, _seen(view)).steps[0]
    is_same = all(now.get(name) == step.get(name) for name in VIEW)
    st.button("Take the present view for this step", key="draft_view", disabled=is_same, on_click=_take_view,
              args=(at, _seen(view)), help="The step is to show what the map shows now")  # fmt: skip


def _typed(at: int, name: str, key: str) -> None:
    text = st.session_state[key].strip()
    value: Any = tuple(filter(None, map(str.strip, text.splitlines()))) if name == "questions" else text
    st.session_state[lesson_state.DRAFT] = _draft().edited(at, **{name: value})


def _take_view(at: int, seen: Step) -> None:
    st.session_state[lesson_state.DRAFT] = _draft().seen(at, seen)


# --- taking it away -------------------------------------------------------------------------------------------------


def _taking(draft: Draft, *, is_whole: bool, is_open: bool) -> None:
    """Preview, where the table ``is_open`` to a class, and file."""
    st.button("Preview", key="draft_preview", disabled=not (is_whole and is_open), on_click=_preview,
              help="The open step as the class sees it; Leave comes back")  # fmt: skip
    st.download_button("Save the file", draft.text(), draft.file, "text/markdown", on_click="ignore",
                       key="draft_save", type="primary", disabled=not is_whole)  # fmt: skip


def _preview() -> None:
    """Shows the open step; what the map shows now comes back with *Leave*."""
    if dataset := lesson_state.table():
        lesson_state.keep_view(dataset)
        lesson_state.begin(lesson_state.PREVIEW, _at(_draft()))


def _mending(draft: Draft, faults: Sequence[Fault], *, is_whole: bool) -> None:
    """What is still wrong, and the file whose lines it names."""
    if faults:
        asked = "The table does not hold all that this lesson asks for:"
        st.warning(asked if is_whole else "Still to be mended, by the lines of the file below:")
        st.text(told(faults))
    with st.expander("The file"):
        st.code(draft.text(), language="yaml", line_numbers=True)
        if folder := lesson_state.folder():
            st.caption(f"In the folder {plain(folder.name)} it is one of the lessons of this page.")
