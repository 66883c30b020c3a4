"""A lesson as one file: a page that leads through its steps and opens from disk with no network."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.exports.attribution import rows_of, withheld_sentence
from geodata.exports.html import rendered
from geodata.lessons.check import check
from geodata.lessons.model import Lesson, Step
from geodata.model.faults import InvalidData
from geodata.model.names import LABEL
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import words
from geodata.timemap import marks


def to_html(dataset: Dataset, lesson: Lesson) -> bytes:
    """One self-contained HTML page of the lesson, with the reports of its steps and no graphic one.

    Raises `InvalidData` where the lesson does not fit the dataset.
    """
    if faults := check(lesson, dataset):
        raise InvalidData(faults)
    rows, withheld = rows_of(dataset, Selection(graphic=False))
    kept_by_step = [_kept(dataset, step) for step in lesson.steps]
    of_incidents = pc.is_in(
        rows["incident_id"], pa.array([step.incident for step in lesson.steps if step.incident], pa.string())
    )
    rows = rows.filter(pc.or_(pc.is_in(rows["row"], pa.concat_arrays(kept_by_step)), of_incidents))
    return rendered(
        dataset,
        rows,
        title=lesson.title,
        said=[line for line in (words.no_evidence(dataset), withheld_sentence(withheld)) if line],
        lesson=[_step(dataset, step, rows, kept) for step, kept in zip(lesson.steps, kept_by_step, strict=True)],
    )


def _kept(dataset: Dataset, step: Step) -> pa.Array:
    """``row`` of the reports that the step's filters keep in any window; if it has one, of dated reports alone."""
    rows, _ = rows_of(dataset, step.selection().without_window())
    dated = rows.filter(rows["first_day"].is_valid()) if step.window else rows
    return dated["row"].combine_chunks()


def _step(dataset: Dataset, step: Step, rows: pa.Table, kept: pa.Array) -> dict[str, Any]:
    """The step as ``lesson.js`` and the host read it: plain JSON values, rows by their place in the file."""
    summary = words.summarise(dataset, step.selection())
    camera, window = step.camera, step.window
    return {
        "title": step.title,
        "paragraphs": step.paragraphs,
        "questions": step.questions,
        "said": [
            line for line in (words.sentence(summary, step.selection()), words.balance(dataset.case, summary)) if line
        ],
        "mask": marks.mask(pc.is_in(rows["row"], kept).to_numpy()),
        "window": [str(window.first), str(window.last)] if window else None,
        "surely": step.filters.surely,
        "camera": {"lat": camera.latitude, "lon": camera.longitude, "zoom": camera.zoom} if camera else None,
        "selected": pc.indices_nonzero(pc.equal(rows["incident_id"], step.incident)).to_pylist(),
        "scheme": step.colour or next(iter(marks.schemes(dataset))),
        "naming": step.names or LABEL,
    }
