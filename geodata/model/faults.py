"""What is wrong in a file, for the person who has to mend it: the line, the field, and what to do."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic_core import ErrorDetails

from geodata.model.text import shown, steerless


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a file: where it stands, and what to do. ``line`` counts from 1; 0 means the whole file."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        line, column = f" line {self.line}" if self.line else "", f", {self.column}" if self.column else ""
        return f"{steerless(self.file)}{line}{column}: {self.message}"


class InvalidData(ValueError):
    """A file that cannot be trusted. ``faults`` lists everything found wrong, in the order of the file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


_OF_THE_DISK: Mapping[int, str] = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the space that this user may use on the disk is full",
    errno.EFBIG: "it would be larger than is allowed",
    errno.EACCES: "no permission",
    errno.EPERM: "no permission",
    errno.EROFS: "the disk can only be read",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "what should be a folder on the way to it is a file",
    errno.ENOENT: "it is not there",
    errno.ELOOP: "it is a link that leads to itself",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EIO: "the disk does not answer as it should; is it still there?",
    errno.ENODEV: "the disk is gone",
    errno.ENXIO: "the disk is gone",
    errno.ESTALE: "the disk is gone",
}
"""What stands in the way of reading or writing a file, by the system's number of the error."""


def reason(error: OSError) -> str:
    """Why a file cannot be read or written, in words."""
    return _OF_THE_DISK.get(error.errno or 0) or error.strerror or str(error)


_GROUP = "must be a group of fields, as {{name: text}}, or each indented in a line of its own"

_PLAIN_WORDS = {
    "string_too_short": "must not be blank",
    "string_too_long": "{value} is longer than {max_length:,} characters; shorten it",
    "float_parsing": "{value} is not a number (write degrees as 39.8177)",
    "int_parsing": "{value} is not a whole number; leave it blank if none is stated",
    "less_than_equal": "{value} is too large (the most is {le:g})",
    "greater_than_equal": "{value} is too small (the least is {ge:g})",
    "greater_than": "{value} must be more than {gt:g}",
    "string_pattern_mismatch": "{value} does not have the form {pattern}",
    "missing": "must be given",
    "string_type": "must be a text (one that holds ': ' goes into quotation marks)",
    "string_unicode": "holds half of a sign; write the sign itself",
    "tuple_type": "must be a list, as [one, two]",
    "list_type": "must be a list, as [one, two]",
    "json_invalid": "is no JSON ({error})",
    "model_type": _GROUP,
    "mapping_type": _GROUP,
    "dict_type": _GROUP,
    "too_short": "must have {min_length} at least",
}
"""The message for each type of fault that pydantic finds."""


def plainly(problem: ErrorDetails) -> str:
    """The message for a fault that pydantic found, in words that a coder understands."""
    context = problem.get("ctx", {})
    if words := _PLAIN_WORDS.get(problem["type"]):
        return words.format(value=shown(problem["input"]), **context)
    return str(context.get("error", problem["msg"]))
