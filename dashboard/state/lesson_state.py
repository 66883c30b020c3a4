"""Which lesson and which step are open: kept in the session and in the address, and applied to the filters."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.state import link
from geodata.lessons import Lesson, Step, read_all
from geodata.model.filters import FILTERS
from geodata.model.selection import opening
from geodata.store.classroom import slug
from geodata.store.dataset import Dataset
from geodata.store.load import Fault

FOLDER = "ATTEST_LESSONS"
"""Environment variable that names another folder of lessons than ``lessons``."""


def folder() -> Path:
    return Path(os.environ.get(FOLDER, "lessons"))


def every() -> tuple[dict[str, Lesson], tuple[Fault, ...]]:
    """The lessons by their file's name, read again on each run, and the faults of those that cannot be used."""
    lessons, faults = read_all(folder()) if folder().is_dir() else ((), ())
    return {lesson.name: lesson for lesson in lessons}, faults


def current() -> Lesson | None:
    """The lesson that is open."""
    name = str(st.session_state.get("lesson", ""))
    return every()[0].get(name) if name else None


def step_number() -> int:
    """The open step, counted from 0."""
    lesson, step = current(), str(st.session_state.get("step", "") or "1")
    if lesson is None or not step.isdecimal():
        return 0
    return min(max(int(step), 1), len(lesson.steps)) - 1


def begin(name: str) -> None:
    """Opens a lesson at its first step, in class mode."""
    st.session_state.update(mode="class", lesson=name, page="Map")
    go(0)


def follow_link(dataset: Dataset) -> None:
    """A link that names a lesson and no filter opens the lesson's step as it is written; once a session.

    A link that names an incident by its usual name leads to that of the class room's ``dataset``, which holds no
    private person's.
    """
    state = st.session_state
    if incident := str(state["incident"]):
        reports = dataset.reports
        if not len(dataset.fetch(reports.filter(reports.incident_id == incident).select("row"))):
            state["incident"] = slug(incident)
    if current() and not state.get("lesson_begun") and link.chosen(dataset) == opening(dataset.missing):
        go(step_number())
    state["lesson_begun"] = True


def go(at: int) -> None:
    """Opens a step, counted from 0: its window, filters, colour, names and card become those of the page."""
    lesson = current()
    if lesson is None or not 0 <= at < len(lesson.steps):
        return
    apply(lesson.steps[at])
    st.session_state["step"] = str(at + 1)


def apply(step: Step) -> None:
    """Sets every filter as the step asks, but for those that are not a lesson's to set."""
    state = st.session_state
    own = {one.name: state[one.name] for one in FILTERS if not one.in_lessons}
    link.put(step.selection().having(**own))
    state.update(colour=step.colour or "side", naming=step.names or "both", incident=step.incident or "")


def camera(step: Step | None) -> dict[str, Any] | None:
    """Where the step looks, for the map: latitude and longitude in degrees, zoom, and the step it belongs to."""
    if step is None or step.camera is None:
        return None
    looks = step.camera
    return {"lat": looks.latitude, "lon": looks.longitude, "zoom": looks.zoom, "step": step_number()}
