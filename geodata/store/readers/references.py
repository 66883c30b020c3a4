"""BibTeX: a row an entry, with its key, its type and its fields, in braces or quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geodata.store.readers import encoding, raw
from geodata.store.readers.raw import CELL, RawTable, Reading, Record

ENTRY = re.compile(r"@(?!(?i:comment|preamble|string)\b)(\w+)\s*[{(]\s*([^\s,{}()]+)\s*(?:,|(?=[})]))")
"""Where an entry begins. Comments, preambles and abbreviations are no documents and are passed over."""

FIELD = re.compile(r"\s*,?\s*([\w-]+)\s*=\s*")

END = re.compile(r"\s*,?\s*[})]")

JOIN = re.compile(r"\s*#\s*")
"""Between the parts of a value."""

SIGN = re.compile(r'[{}"]')

BARE = re.compile(r"[^\s,{}()]+")
"""A value without braces: a number, or the name of an abbreviation."""

WRITTEN_OUT = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~",
               "textasciicircum": "^"}  # fmt: skip
"""Signs that TeX has a word for."""

COMMAND = re.compile(rf"\\({'|'.join(WRITTEN_OUT)})(?:\{{\}}|\s)?|\\([&%$#_{{}}])|[{{}}]")


def read(reading: Reading) -> RawTable:
    """The entries of a BibTeX file. Raises `InvalidData` with the line of an entry that has no end."""
    text = encoding.as_utf8(reading)
    columns, _ = raw.pour_records(reading, _entries(reading, text.path.read_text(encoding="utf-8")))
    return reading.table(raw.names(name for _, name in columns), text.notes)


def _entries(reading: Reading, text: str) -> Iterator[Record]:
    place = 0
    while entry := ENTRY.search(text, place):
        record = {(CELL, "type of entry"): entry[1].lower(), (CELL, "id"): entry[2]}
        place = entry.end()
        while field := FIELD.match(text, place):
            value, place = _value(text, field.end())
            while joined := JOIN.match(text, place):
                more, place = _value(text, joined.end())
                value += more
            record[CELL, field[1].lower()] = COMMAND.sub(_plain, value).strip()
        if not (end := END.match(text, place)):
            line = text.count("\n", 0, entry.start()) + 1
            raise reading.refused(f"has an entry {entry[2]!r} without an end; close each brace in it", line)
        place = end.end()
        yield record


def _value(text: str, start: int) -> tuple[str, int]:
    """What stands from ``start`` on, without its outer signs, and where it ends: with the file, if nowhere else."""
    if text[start : start + 1] not in ("{", '"'):
        bare = BARE.match(text, start)
        return (bare[0], bare.end()) if bare else ("", len(text))
    depth, is_quoted = 0, text[start] == '"'
    for sign in SIGN.finditer(text, start + is_quoted):
        depth += {"{": 1, "}": -1, '"': 0}[sign[0]]
        if depth == 0 and (sign[0] == '"') is is_quoted:
            return text[start + 1 : sign.start()], sign.end()
    return "", len(text)


def _plain(command: re.Match[str]) -> str:
    """A sign as TeX writes it, as it is read; braces that only group are left out."""
    return WRITTEN_OUT[command[1]] if command[1] else command[2] or ""
