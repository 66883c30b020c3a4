"""Which lesson and which step are open: kept in the session and in the address, and applied to the filters."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import streamlit as st

from dashboard.state import data, link
from dashboard.state import opened as opened_table
from geodata.lessons import Camera, Draft, Lesson, Step, read_all
from geodata.model.case import Case
from geodata.model.faults import Fault, InvalidData
from geodata.model.filters import FILTERS
from geodata.model.names import LABEL
from geodata.model.selection import opening
from geodata.store import case_file, writing
from geodata.store.answers import remembered
from geodata.store.classroom import id_in_class
from geodata.store.dataset import Dataset
from geodata.store.writing import Mark

FOLDER = "ATTEST_LESSONS"
"""Environment variable that names another folder of lessons than that of the case."""


def folder() -> Path | None:
    """The folder of the lessons; none where a table is opened alone."""
    if given := os.environ.get(FOLDER):
        return Path(given)
    beside = data.folder()
    return beside / case_file.LESSONS if beside else None


DRAFT = "draft"
"""Key of the session for the lesson that is being made."""

PREVIEW = "~draft"
"""Stands for it where the name of a lesson's file would stand; no file is called so."""

MOST_DIGITS = 4
"""Digits of a step's number that are read: a number as long as a link can hold is beyond any lesson's end too."""

KEPT = "before_preview"
"""Key of the session for the view that a preview has taken the place of: see `keep_view`."""

CAMERA = "draft_camera"
"""Key of the session for where the map is to look beside which a lesson is made: see `camera_of`."""

LOOK = ("colour", "naming", "incident")
"""Keys of the session that a step sets besides the filters."""

Files = tuple[tuple[str, Mark], ...]
"""The name, time of change in nanoseconds and size in bytes of each file of a folder of lessons."""


@dataclass(frozen=True)
class Opened:
    """The lesson that is open, and the number of its open step, counted from 0."""

    lesson: Lesson
    number: int

    @property
    def step(self) -> Step:
        return self.lesson.steps[self.number]


def every() -> tuple[Mapping[str, Lesson], tuple[Fault, ...]]:
    """The lessons by their file's name, and the faults of those that cannot be used. Read again when a file changes."""
    dataset, where = data.current()[0], folder()
    if where is None or dataset is None:
        return {}, ()
    with _READING:
        files = tuple((file.name, writing.mark(file)) for file in sorted(where.glob("*.md")))
        return _read(dataset, where, files)


_READING = Lock()  # sessions that ask at once wait for one reading


@remembered(most=1)
def _read(dataset: Dataset, where: Path, _: Files) -> tuple[Mapping[str, Lesson], tuple[Fault, ...]]:
    lessons, faults = read_all(where, dataset.case)
    return {lesson.name: lesson for lesson in lessons}, faults


def current() -> Opened | None:
    """The lesson and the step that are open; for a step that it does not have, the nearest that it has."""
    name, step = (str(st.session_state.get(key, "")) for key in ("lesson", "step"))
    lesson = _drafted() if name == PREVIEW else every()[0].get(name) if name else None
    if lesson is None:
        return None
    number = int(step[:MOST_DIGITS]) if step.isdecimal() else 1
    return Opened(lesson, min(max(number, 1), len(lesson.steps)) - 1)


def table() -> Dataset | None:
    """The table of the page; a callback may not hold it, for the session keeps its callbacks."""
    return opened_table.current()[0]


def _drafted() -> Lesson | None:
    dataset, draft = table(), st.session_state.get(DRAFT)
    if dataset is None or draft is None:
        return None
    return made(draft, dataset.case)[0]


def made(draft: Draft, case: Case) -> tuple[Lesson | None, tuple[Fault, ...]]:
    """The lesson of a draft, or what is wrong in its file."""
    try:
        return draft.lesson(case), ()
    except InvalidData as error:
        return None, error.faults


def begin(name: str, number: int = 0) -> None:
    """Opens a lesson in class mode, at a step counted from 0."""
    st.session_state.update(mode="class", lesson=name, page="map")
    go(number)


def follow_link(dataset: Dataset) -> None:
    """Where a link names a lesson and no filter, opens the lesson's step as it is written; once a session.

    An incident whose name in the link holds a private person's becomes that of the class room's ``dataset``, which
    has another name.
    """
    state = st.session_state
    if incident := str(state["incident"]):
        reports = dataset.reports
        if not len(dataset.fetch(reports.filter(reports.incident_id == incident).select("row"))):
            link.open_incident(id_in_class(incident, dataset.persons or ()))
    at_first = opening(dataset.case, dataset.missing)
    if (opened := current()) and not state.get("lesson_begun") and link.chosen(dataset) == at_first:
        go(opened.number)
    state["lesson_begun"] = True


def go(number: int) -> None:
    """Opens a step, counted from 0: its window, filters, colour, names and card become those of the page."""
    opened = current()
    if opened is None or not 0 <= number < len(opened.lesson.steps):
        return
    apply(opened.lesson.steps[number])
    st.session_state["step"] = str(number + 1)


def apply(step: Step) -> None:
    """Sets every filter as the step asks, except those that no lesson may set."""
    state = st.session_state
    own = {one.name: state[one.name] for one in FILTERS if not one.in_lessons}
    link.put(step.selection().having(**own))
    state.update(colour=step.colour or "side", naming=step.names or LABEL)
    link.open_incident(step.incident or "")


def keep_view(dataset: Dataset) -> None:
    """Keeps filters, look, card and camera of the page until `return_to_view`."""
    state, looks = st.session_state, link.camera()
    state[KEPT] = link.chosen(dataset), {key: state[key] for key in LOOK}, looks


def return_to_view() -> None:
    """Puts back what `keep_view` kept; the map where a lesson is made looks there again."""
    if kept := st.session_state.pop(KEPT, None):
        selection, look, looks = kept
        link.put(selection)
        st.session_state.update({**look, CAMERA: camera_of(looks, -1)})


def camera(opened: Opened | None) -> dict[str, Any] | None:
    """Where the open step looks, for the map."""
    return camera_of(opened.step.camera, opened.number) if opened else None


def camera_of(looks: Camera | None, number: int) -> dict[str, Any] | None:
    """Latitude and longitude in degrees and zoom; ``number`` is another where the map is to look there again."""
    return {"lat": looks.latitude, "lon": looks.longitude, "zoom": looks.zoom, "step": number} if looks else None
