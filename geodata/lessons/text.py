"""A lesson as a text file: YAML between two lines of three hyphens, and under them the note to the teacher."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from geodata.lessons.model import Lesson
from geodata.model.case import Case
from geodata.model.faults import Fault, InvalidData
from geodata.store import yaml_fields
from geodata.store.dataset import Dataset
from geodata.store.files import decoded


def read(path: Path, case: Case) -> Lesson:
    """The lesson of a file. Raises `InvalidData` with a fault for each mistake, at the line where it stands."""
    return parse(decoded(path, "its first line must be three hyphens (---)"), path.name, case)


def read_all(folder: Path, case: Case) -> tuple[tuple[Lesson, ...], tuple[Fault, ...]]:
    """The good lessons of a folder's ``.md`` files by name, and the faults of the others. No folder holds no lesson."""
    lessons: list[Lesson] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.md")):
        try:
            lessons.append(read(path, case))
        except InvalidData as error:
            faults += error.faults
    return tuple(lessons), tuple(faults)


def parse(text: str, file: str, case: Case) -> Lesson:
    """The lesson of a text, as `read`; ``file`` is the name that faults bear, ``case`` has what it may name."""
    front, note = _parted(text, file)
    fields = yaml_fields.read(front, file, start=2)
    beside = {"name": Path(file).stem, "note": note}  # of the lesson, and not of its front matter
    for name in beside:
        fields.take_out(name, Lesson, beside)
    lesson = yaml_fields.validated(fields, Lesson, context=case, more=beside)
    lesson._lines = fields.lines
    return lesson


def write(lesson: Lesson) -> str:
    """The lesson's text, made to be edited by hand: what `parse` reads back is equal to it."""
    return written(lesson.model_dump(by_alias=True, exclude_defaults=True, exclude={"name", "note"}), lesson.note)


def written(fields: Mapping[str, Any], note: str) -> str:
    """The text of a lesson's fields, right or wrong, as a file has them."""
    steps = [{**step, "words": _Block(step["words"] + "\n") if step["words"] else ""} for step in fields["steps"]]
    dumped = {**fields, "steps": steps}
    front = yaml.dump(dumped, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return f"---\n{front}---\n" + (f"\n{note}\n" if note else "")


# --- reading --------------------------------------------------------------------------------------------------------


def to_text(_: Dataset, lesson: Lesson) -> bytes:
    """The lesson's text as a file."""
    return write(lesson).encode()


def _parted(text: str, file: str) -> tuple[str, str]:
    """The front matter, which begins on line 2, and what stands under it."""
    lines = text.splitlines()
    if lines[0].rstrip() != "---":
        raise InvalidData(
            [Fault(file, 1, "", "must begin with three hyphens (---); the lesson's fields stand under them")]
        )
    ends = [at for at, line in enumerate(lines) if at and line.rstrip() == "---"]
    if not ends:
        raise InvalidData([Fault(file, len(lines), "", "its fields must end with a line of three hyphens (---)")])
    return "\n".join(lines[1 : ends[0]]) + "\n", "\n".join(lines[ends[0] + 1 :]).strip()


# --- writing --------------------------------------------------------------------------------------------------------


class _Block(str):
    """A text to be written as a block of lines."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    """Writes lessons; the rules of the library's own dumper stay as they are for everyone else."""


_Dumper.add_representer(_Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|"))
