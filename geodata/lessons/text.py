"""A lesson as a text file: YAML between two lines of three hyphens, and under them the note to the teacher."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from geodata.lessons.model import Camera, Filters, Lesson, Step, Window
from geodata.model.schema import Record, shown
from geodata.store.dataset import Dataset
from geodata.store.load import Fault, InvalidData, decoded, plainly

Path_ = tuple[str | int, ...]

BESIDE = ("name", "note")
"""Fields of a lesson that are not of its front matter: the file's name, and what stands under it."""

GROUPS: dict[str, type[Record]] = {"steps": Step, "window": Window, "filters": Filters, "camera": Camera}


def read(path: Path) -> Lesson:
    """The lesson of a file. Raises `InvalidData` with a fault for each mistake, at the line where it stands."""
    return parse(decoded(path, "its first line must be three hyphens (---)"), path.name)


def read_all(folder: Path) -> tuple[tuple[Lesson, ...], tuple[Fault, ...]]:
    """The good lessons of a folder's ``.md`` files by name, and the faults of the others. No folder holds no lesson."""
    lessons: list[Lesson] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.md")):
        try:
            lessons.append(read(path))
        except InvalidData as error:
            faults += error.faults
    return tuple(lessons), tuple(faults)


def parse(text: str, file: str) -> Lesson:
    """The lesson of a text, as `read`; ``file`` is the name that faults bear."""
    front, note = _parted(text, file)
    node = _composed(front, file)
    lines: dict[Path_, int] = {}
    faults: list[Fault] = []
    fields = _plain(node, (), lines, faults, file)
    if not isinstance(fields, dict):
        raise InvalidData([Fault(file, 2, "", "must give fields, each as 'title: …' on a line of its own")])
    for name in BESIDE:
        if name in fields:
            del fields[name]
            faults.append(Fault(file, lines[(name,)], name, _strange(name, Lesson)))
    try:
        lesson = Lesson.model_validate({**fields, "name": Path(file).stem, "note": note})
    except ValidationError as error:
        problems = error.errors()
        # Steps that are all wrong are too few for pydantic; what is wrong with each is told anyway.
        told = [one for one in problems if one["type"] != "too_short" or not lines.get((*one["loc"], 0))]
        faults += [_fault(problem, lines, file) for problem in told]
    if faults:
        raise InvalidData(sorted(faults))
    lesson._lines = lines
    return lesson


def write(lesson: Lesson) -> str:
    """The lesson's text, made to be edited by hand: what `parse` reads back is equal to it."""
    fields = lesson.model_dump(by_alias=True, exclude_defaults=True, exclude={"name", "note"})
    for step in fields["steps"]:
        step["words"] = _Block(step["words"] + "\n")
    front = yaml.dump(fields, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return f"---\n{front}---\n" + (f"\n{lesson.note}\n" if lesson.note else "")


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


def _composed(front: str, file: str) -> yaml.Node | None:
    def wrong(line: int, message: str) -> InvalidData:
        return InvalidData([Fault(file, line, "", message)])

    # In Python and not in C (CSafeLoader): there, lists within lists without end end the whole process.
    try:
        for token in yaml.scan(front, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken):
                raise wrong(
                    token.start_mark.line + 2,
                    f"refers to '*{token.value}'; write it out, or put quotation marks round it",
                )
        node: yaml.Node | None = yaml.compose(front, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        hint = "a text that holds ': ' or begins with a sign goes into quotation marks; indent with spaces"
        raise wrong(mark.line + 2 if mark else 0, f"is not YAML: {error.problem or error.context} ({hint})") from error
    except yaml.reader.ReaderError as error:
        line = front[: error.position].count("\n") + 2
        raise wrong(line, f"holds a sign that YAML forbids (U+{error.character:04X}); take it out") from error
    except RecursionError as error:
        raise wrong(0, "holds lists within lists without end; a lesson has none") from error
    return node


def _plain(node: yaml.Node | None, path: Path_, lines: dict[Path_, int], faults: list[Fault], file: str) -> Any:
    """The node as texts, lists and dictionaries, with the line of each in ``lines``. A blank value is left out."""
    if node is None:
        return None
    line = node.start_mark.line + 2
    lines.setdefault(path, line)
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, at), lines, faults, file) for at, item in enumerate(node.value)]
    fields: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        inner = (*path, name)
        if inner in lines:
            faults.append(
                Fault(file, key.start_mark.line + 2, _column(inner), f"stands twice (first in line {lines[inner]})")
            )
            continue
        lines[inner] = key.start_mark.line + 2
        plain = _plain(value, inner, lines, faults, file)
        if plain is not None:
            fields[name] = plain
    return fields


def _fault(problem: ErrorDetails, lines: dict[Path_, int], file: str) -> Fault:
    path = tuple(part for part in problem["loc"] if part != "[key]")
    known = path
    while known and known not in lines:
        known = known[:-1]
    message = plainly(problem)
    if problem["type"] == "extra_forbidden":
        group = next((part for part in reversed(path[:-1]) if isinstance(part, str)), "")
        message = _strange(str(path[-1]), GROUPS.get(group, Lesson))
    return Fault(file, lines.get(known, 2), _column(path), message)


def _strange(name: str, model: type[Record]) -> str:
    known = [
        field.alias or key for key, field in model.model_fields.items() if model is not Lesson or key not in BESIDE
    ]
    close = get_close_matches(name, known, n=1)
    return (
        f"{shown(name)} is no field here ({f'did you mean {close[0]!r}?' if close else 'one of: ' + ', '.join(known)})"
    )


def _column(path: Sequence[str | int]) -> str:
    """A field's path for a reader, who counts from one: "steps 2, window, from"."""
    said = ""
    for part in path:
        said += f" {part + 1}" if isinstance(part, int) else f"{', ' if said else ''}{part}"
    return said


# --- writing --------------------------------------------------------------------------------------------------------


class _Block(str):
    """A text to be written as a block of lines."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    """Writes lessons; the rules of the library's own dumper stay as they are for everyone else."""


_Dumper.add_representer(_Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|"))
