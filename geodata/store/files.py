"""The text of a file, or one clear message why it cannot be read; records as the text of a CSV file."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geodata.model.faults import Fault, InvalidData, reason

FORMULA = re.compile(
    r"""
      ^(?=[\t\r\n])
    | (?: ^ | (?<=[;|\t\r\n]) )
      (?=[\s"\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b])
    """,
    re.VERBOSE,
)
"""Where a spreadsheet would begin to run a text: at a sign of a formula, of full width too, first in the cell or first
behind what parts cells or lines where the file is opened with another separator (OWASP, CSV injection)."""


def decoded(path: Path, first: str = "the first line must name the columns") -> str:
    """The text of a UTF-8 file. Raises `InvalidData` where it is none; ``first`` is the advice for an empty one.

    A byte order mark, as spreadsheets write it, is dropped.
    """
    return utf8(path, first).decode()


def utf8(path: Path, first: str = "the first line must name the columns") -> bytes:
    """As `decoded`, the text in its bytes."""

    def fault(message: str, line: int = 0) -> InvalidData:
        return InvalidData([Fault(path.name, line, "", message)])

    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise fault("is not there; check the path") from error
    except IsADirectoryError as error:
        raise fault("is a folder; give the path of a file") from error
    except OSError as error:
        raise fault(f"cannot be read: {reason(error)}") from error
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or raw[:200].count(0) > 20:
        raise fault("is encoded as UTF-16; save it as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise fault(
            f"byte 0x{raw[error.start]:02X} is not UTF-8 (Windows-1252, perhaps); save it as UTF-8", line
        ) from error
    if not text or text.isspace():
        raise fault(f"is empty; {first}")
    if b"\0" in raw:
        raise fault("holds a zero byte; it is not a text file", raw[: raw.index(b"\0")].count(b"\n") + 1)
    return raw.removeprefix(codecs.BOM_UTF8)


def csv_text(columns: Sequence[str], records: Iterable[Mapping[str, Any]], *, headed: bool = True) -> str:
    """Records as the text of a CSV file, with its header or, for a later part of it, without.

    An apostrophe goes before what would run as a formula.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    if headed:
        writer.writerow({name: _cell(name) for name in columns})
    writer.writerows({name: _cell(value) for name, value in record.items()} for record in records)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return FORMULA.sub("'", value) if isinstance(value, str) else value
