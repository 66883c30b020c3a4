"""Fields that a person writes by hand as YAML: plain values, each with its line, and every fault with its line.

Every value is kept as its text: ``no`` is a word, and a date is not converted. The record that validates the fields
decides what a text means.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from geodata.model.case import Contradiction
from geodata.model.cells import Record
from geodata.model.faults import Fault, InvalidData, plainly
from geodata.model.text import shown, suggestion, whole_signs

Where = tuple[str | int, ...]
"""The path to a field: names of groups and numbers in lists, which count from 0."""

Made = TypeVar("Made", bound=Record)


@dataclass
class Fields:
    """The fields of a text: texts, lists and dictionaries, the line of each path, and what is wrong with the text.

    ``file`` is the name that faults bear, ``start`` the line of the file on which the text begins.
    """

    file: str
    start: int
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[Where, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Where, message: str) -> Fault:
        """A fault at the line of a field, or of the nearest group around it."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        return Fault(self.file, self.lines.get(known, self.start), _in_words(path), message)

    def take_out(self, name: str, model: type[Record], hidden: Collection[str]) -> None:
        """Removes a field that the text may not give, with a fault."""
        if name in self.values:
            del self.values[name]
            self.faults.append(self.fault((name,), _strange(name, model, hidden)))


def read(text: str, file: str, start: int = 1) -> Fields:
    """The fields of a YAML text. Raises `InvalidData` where it is not YAML, or gives no fields."""
    fields = Fields(file, start)
    values = _plain(_composed(text, fields), (), fields)
    if not isinstance(values, dict):
        raise InvalidData([Fault(file, start, "", "must give fields, each as 'title: …' on a line of its own")])
    fields.values = values
    return fields


def validated(
    fields: Fields, model: type[Made], *, context: object = None, more: Mapping[str, Any] | None = None
) -> Made:
    """The record of these fields, with ``more`` that the text does not give. Raises `InvalidData` with every fault."""
    faults, made = list(fields.faults), None
    try:
        made = model.model_validate({**fields.values, **(more or {})}, context=context)
    except ValidationError as error:
        for problem in error.errors():
            # Items that are all wrong are too few for pydantic; what is wrong with each is reported anyway.
            if problem["type"] != "too_short" or not fields.lines.get((*problem["loc"], 0)):
                faults += _faults(problem, fields, model, more or {})
    if faults or made is None:
        raise InvalidData(sorted(faults))
    return made


def member(
    fields: Fields, path: Where, given: Any, model: type[Made], of: type[Record]
) -> tuple[Made | None, list[Fault]]:
    """The record that stands at a path of the fields of ``of``, or every fault of it."""
    try:
        return model.model_validate(given), []
    except ValidationError as error:
        problems = [{**problem, "loc": (*path, *problem["loc"])} for problem in error.errors()]
        return None, [fault for problem in problems for fault in _faults(problem, fields, of, ())]  # type: ignore[arg-type]


OPEN = (
    "what opens here (a quotation mark, [ or {) does not close, or lacks a comma; a text with such signs goes into "
    "quotation marks"
)
COLON = "a text that holds ': ' goes into quotation marks, and a field is indented as its neighbours are"

_PLAIN_WORDS = (
    (("found unexpected end of stream", "expected ',' or"), OPEN),
    ("mapping values are not allowed", COLON),
    ("expected <block end>", "this line is indented otherwise than its neighbours, or a text that begins with a sign "
                             "goes into quotation marks"),
    ("expected the node content", "a text that begins with a sign goes into quotation marks"),
    ("found character '\\t'", "a tab indents this line; indent with spaces"),
    ("found character", "a text that begins with a sign goes into quotation marks"),
    ("could not find expected ':'", "the name of a field is followed by ': ' and its value"),
    (("expected chomping", "expected a comment"), "the text after '|' or '>' begins in the next line, indented"),
)  # fmt: skip
"""What is to be done about a problem that PyYAML words so at its beginning."""


def _composed(text: str, fields: Fields) -> yaml.Node | None:
    def wrong(line: int, message: str) -> InvalidData:
        return InvalidData([Fault(fields.file, line, "", message)])

    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken):
                raise wrong(
                    token.start_mark.line + fields.start,
                    f"refers to '*{token.value}'; write it out, or put quotation marks round it",
                )
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        problem = error.problem or error.context or ""
        message = next((message for begun, message in _PLAIN_WORDS if problem.startswith(begun)), problem)
        message = COLON if problem.endswith("got ':'") else message
        # Of what is not closed the place where it opens is told, and not the end of the file, where that is noticed.
        mark = error.context_mark if message == OPEN else error.problem_mark
        mark = mark or error.problem_mark or error.context_mark
        at = f" at column {mark.column + 1}" if mark else ""
        raise wrong(mark.line + fields.start if mark else 0, f"is not YAML{at}: {message}") from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + fields.start, len(before) - before.rfind("\n")
        forbidden = f"holds a sign that YAML forbids (U+{error.character:04X}) at column {column}; take it out"
        raise wrong(line, forbidden) from error
    except RecursionError as error:
        raise wrong(0, "holds lists within lists without end") from error
    return node


def _plain(node: yaml.Node | None, path: Where, fields: Fields) -> Any:
    """The node as texts, lists and dictionaries. A blank value is dropped."""
    if node is None:
        return None
    fields.lines.setdefault(path, node.start_mark.line + fields.start)
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else whole_signs(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, at), fields) for at, item in enumerate(node.value)]
    values: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        inner, line = (*path, name), key.start_mark.line + fields.start
        if inner in fields.lines:
            message = f"stands twice (first in line {fields.lines[inner]})"
            fields.faults.append(Fault(fields.file, line, _in_words(inner), message))
            continue
        fields.lines[inner] = line
        plain = _plain(value, inner, fields)
        if plain is not None:
            values[name] = plain
    return values


def _faults(problem: ErrorDetails, fields: Fields, model: type[Record], hidden: Collection[str]) -> Iterator[Fault]:
    path = tuple(part for part in problem["loc"] if part != "[key]")
    error = problem.get("ctx", {}).get("error")
    if isinstance(error, Contradiction):
        yield from (fields.fault((*path, *inner), message) for inner, message in error.problems)
    elif problem["type"] == "extra_forbidden":
        yield fields.fault(path, _strange(str(path[-1]), _model_at(model, path[:-1]), hidden))
    else:
        yield fields.fault(path, plainly(problem))


def _strange(name: str, model: type[Record], hidden: Collection[str]) -> str:
    """The message for a field that does not exist; ``hidden`` are those that the text may not give."""
    known = [field.alias or key for key, field in model.model_fields.items() if key not in hidden]
    return f"{shown(name)} is no field here ({suggestion(name, known, 'one of: ' + ', '.join(known))})"


def _model_at(model: type[Record], path: Where) -> type[Record]:
    """The record that stands at a path within another; the keys of a group and the numbers of a list are passed by."""
    for part in path:
        if part in model.model_fields:
            model = _record_in(model.model_fields[str(part)].annotation) or model
    return model


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record_in(part))), None)


def _in_words(path: Sequence[str | int]) -> str:
    """A field's path for a reader, who counts from one: "steps 2, window, from"."""
    said = ""
    for part in path:
        said += f" {part + 1}" if isinstance(part, int) else f"{', ' if said else ''}{part}"
    return said
