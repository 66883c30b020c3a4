"""JSON: a list of objects, wherever in the file it is, or an object a line; nested objects become columns."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from geodata.model.text import listed, shown
from geodata.store.opening import Unread, unread
from geodata.store.readers import encoding, features, raw, shapes
from geodata.store.readers.cells import flattened, text_of
from geodata.store.readers.keys import Keys
from geodata.store.readers.lines import Lines
from geodata.store.readers.raw import CELL, RawTable, Reading, Record

LARGEST = 2_000_000_000
"""Bytes of a JSON file that is held in memory as a whole; an object a line has no such limit."""

DEPTH = 4
"""How deep in a file the list of objects is looked for."""

LOOKED_AT = 20
"""Values by which a list or an object is judged."""

LONGEST_LINE = 50_000_000

NOTHING: dict[str, Any] = {}
"""What a null among the objects is read as: an object without a member, which is counted with the empty rows."""

BETWEEN = re.compile("[\\s,\x1e]*")
"""What parts two values: RFC 7464 has the record separator."""

COLON = re.compile(r"\s*:?\s*")


@dataclass(frozen=True)
class Found:
    """The objects of a file, and where they are in it."""

    objects: Iterable[Any]
    """None stands for a line that is broken, `NOTHING` for a null of the file."""
    part: str = ""
    parts: tuple[str, ...] = ()
    lines: Lines | None = None
    """Where in the file they are; none of objects within others."""
    crs: Any = None
    """The ``crs`` member of a GeoJSON file of 2008."""


def read(reading: Reading) -> RawTable:
    """The objects of a JSON file as rows. Raises `InvalidData` with the line where it is no JSON."""
    text = encoding.as_utf8(reading)
    broken: list[Unread] = []
    keys = Keys()
    by_line = _an_object_a_line(text)
    if not by_line and text.path.stat().st_size > LARGEST:
        raise reading.refused("is too large for one JSON text; save it with an object a line (NDJSON) or as CSV")
    try:
        if by_line:
            lines = Lines()
            found = Found(_lines(text, keys, broken, lines), lines=lines)
        else:
            found = _Text(text.path.read_bytes()[text.start :].decode(), keys).found(reading)
            found = replace(found, objects=map(_something, found.objects))
        table = _table(reading, found, text.notes, broken)
        return replace(table, notes=(*table.notes, *keys.notes()))
    except json.JSONDecodeError as error:
        raise reading.refused(f"is not JSON at column {error.colno}: {error.msg}", error.lineno) from error
    except RecursionError as error:
        raise reading.refused("is nested too deeply to be a table") from error


def _table(reading: Reading, found: Found, notes: Iterable[str], broken: list[Unread]) -> RawTable:
    """Fills ``raw`` with the objects of a file."""
    first, objects = _first(iter(found.objects))
    if features.is_feature(first):
        records: Iterable[Record] = features.records(objects, features.crs_of(found.crs))
    elif isinstance(first, list):
        records = _listed(objects)
    else:
        records = (
            {(CELL, name): cell for name, cell in flattened(one)} if one is not None else None for one in objects
        )
    keys, empty = raw.pour_records(reading, records)
    columns, told = shapes.settle(reading.connection, keys)
    where = [f"The rows are the list {shown(found.part)}."] if found.part else []
    return reading.table(
        columns,
        (*notes, *where, *told, *raw.empty_rows(len(empty))),
        set_aside=unread(broken),
        empty='holds no list of objects; a table is a list like [{"id": 1, "date": "2020-10-04"}]',
        parts=found.parts,
        lines=found.lines and partial(found.lines.of, empty=empty),
    )


def _first(objects: Iterator[Any]) -> tuple[Any, Iterator[Any]]:
    """The first value that is not empty, and all values."""
    ahead: list[Any] = []
    for one in objects:
        ahead.append(one)
        if one not in (None, NOTHING):
            break
    return (ahead[-1] if ahead else None), itertools.chain(ahead, objects)


def _listed(rows: Iterator[Any]) -> Iterator[Record]:
    """Rows that are lists, the first of them the header."""
    while not isinstance(header := next(rows), list):
        yield header
    names = [(CELL, name) for name in raw.names(header)]
    for row in rows:
        if row in (None, NOTHING):
            yield row
            continue
        cells = [*row] if isinstance(row, list) else [row]
        extra = [(CELL, f"column {number}") for number in range(len(names) + 1, len(cells) + 1)]
        yield dict(zip((*names, *extra), map(text_of, cells), strict=False))


def _an_object_a_line(text: encoding.Text) -> bool:
    """Whether the first two lines that are not blank are each an object."""
    with text.path.open("rb") as file:
        file.seek(text.start)
        lines = (line.strip(b" \t\r\n\x1e,") for line in iter(lambda: file.readline(LONGEST_LINE), b""))
        first, second = [*itertools.islice(filter(None, lines), 2), b"", b""][:2]
    return second[:1] in (b"{", b"[") and second[:1] == first[:1] and _is_json(first)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _something(value: Any) -> Any:
    return NOTHING if value is None else value


def _lines(text: encoding.Text, keys: Keys, broken: list[Unread], told: Lines) -> Iterator[Any]:
    """The value of each line; None for one that is broken, which is added to ``broken``. ``told`` hears its line."""
    decoder = keys.decoder()
    with text.path.open("rb") as file:
        file.seek(text.start)
        lines = ((at, line.strip(b" \t\r\n\x1e,")) for at, line in enumerate(file, 1))
        for number, (at, line) in enumerate(((at, line) for at, line in lines if line), 1):
            told.begin(number, at)
            try:
                yield _something(decoder.decode(line.decode()))
            except ValueError as error:
                reason = f"is not JSON ({error}); each line must be one whole object"
                broken.append((number, at, "", line.decode(), reason))
                yield None


class _Text:
    """A JSON text. Features and a list at the top are decoded one by one."""

    def __init__(self, text: str, keys: Keys) -> None:
        self.text = text
        self.decoder = keys.decoder()
        self.keys = keys
        self.lines = Lines()

    def found(self, reading: Reading) -> Found:
        """Where the objects are."""
        place = self._next(0)
        if self.text[place : place + 1] == "[":
            return Found(self._elements(place + 1, "]", is_all=True), lines=self.lines)
        members: dict[str, Any] = {}
        place += 1
        while self.text[(place := self._next(place)) : place + 1] != "}":
            key, place = self.decoder.raw_decode(self.text, place)
            place = COLON.match(self.text, place).end()  # type: ignore[union-attr]
            is_list = key == "features" and self.text[place : place + 1] == "["
            if is_list and "features" not in members and not self._goes_on(place):
                return Found(self._elements(place + 1, "]"), lines=self.lines, crs=members.get("crs"))
            name = self.keys.name(str(key), members)
            members[name], place = self.decoder.raw_decode(self.text, place)
        if self._next(place + 1) < len(self.text):
            return Found(features.of_collections(itertools.chain([members], self._elements(place + 1, ""))))
        if isinstance(members.get("features"), list):
            return Found(features.of_collections([members]), crs=members.get("crs"))
        return _best(reading, members)

    def _goes_on(self, place: int) -> bool:
        """Whether the text may tell a reference system, or more features, after a list that begins at ``place``."""
        return any(self.text.find(member, place) >= 0 for member in ('"crs"', '"features"'))

    def _next(self, place: int) -> int:
        return BETWEEN.match(self.text, place).end()  # type: ignore[union-attr]

    def _elements(self, place: int, end: str, *, is_all: bool = False) -> Iterator[Any]:
        """The values of a list that begins at ``place``, or with no ``end`` all that follow there.

        ``is_all`` where nothing may follow the list. Raises ``JSONDecodeError``.
        """
        line, counted = 1, 0
        for position in itertools.count(1):
            if (place := self._next(place)) >= len(self.text):
                break
            line, counted = line + self.text.count("\n", counted, place), place
            self.lines.begin(position, line)
            if self.text[place] == end:
                if is_all and (rest := self._next(place + 1)) < len(self.text):
                    raise json.JSONDecodeError("there is more after the list; join both into one list", self.text, rest)
                return
            value, place = self.decoder.raw_decode(self.text, place)
            yield value
        if end:
            raise json.JSONDecodeError("the list does not end; the file is cut off", self.text, len(self.text))


def _best(reading: Reading, members: dict[str, Any]) -> Found:
    """The list with the most objects in an object, or the one that was asked for; else the object is the only row."""
    if features.is_feature(members):
        return Found([members])
    lists = {"": keyed} if (keyed := _keyed(members)) else dict(_lists(members, "", 0))
    asked = reading.hints.member
    if asked and asked not in lists:
        raise reading.refused(f"has no list {shown(asked)}; it has {listed(map(shown, lists)) or 'none'}")
    if not lists:
        return Found(_columns(members) or [members])
    part = asked or max(lists, key=lambda path: len(lists[path]))
    return Found(lists[part], part, tuple(path for path in lists if path != part))


def _lists(value: dict[str, Any], path: str, depth: int) -> Iterator[tuple[str, list[Any]]]:
    """Lists of objects inside an object, under their dotted paths."""
    inner = {f"{path}.{key}" if path else key: one for key, one in value.items()}
    for where, one in inner.items():
        if isinstance(one, list) and (any(isinstance(element, dict) for element in one[:LOOKED_AT]) or _headed(one)):
            yield where, one
        elif isinstance(one, dict) and (keyed := _keyed(one)):
            yield where, keyed
        elif isinstance(one, dict) and depth < DEPTH:
            yield from _lists(one, where, depth + 1)


def _keyed(value: dict[str, Any]) -> list[Any]:
    """The rows of an object whose values are all objects of one kind, or lists of them; none of any other object.

    The key of each stands in a column of its own. Where the keys inside are numbers, as pandas writes a table, the
    outer ones are the columns.
    """
    parts = [*value.values()]
    if parts and all(isinstance(part, dict) and part and all(key.isdigit() for key in part) for part in parts):
        numbers = dict.fromkeys(number for part in parts for number in part)
        return [{name: part.get(number) for name, part in value.items()} for number in numbers]
    if len(parts) < 2:
        return []
    groups = [part if isinstance(part, list) else [part] for part in parts]
    if not all(groups) or not _alike([group[0] for group in groups]):
        return []
    name = "key"
    while any(name in one for group in groups for one in group if isinstance(one, dict)):
        name += "_"
    return [{name: key, **one} if isinstance(one, dict) else one
            for key, group in zip(value, groups, strict=True) for one in group]  # fmt: skip


def _columns(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of an object whose values are lists of one length, each a column; none of any other object."""
    parts = [part if isinstance(part, list) else [] for part in value.values()]
    if len(parts) < 2 or len({*map(len, parts)}) > 1:
        return []
    return [dict(zip(value, cells, strict=True)) for cells in zip(*parts, strict=True)]


def _headed(rows: list[Any]) -> bool:
    """Whether rows are lists, the first of them of names."""
    return len(rows) > 1 and all(isinstance(row, list) for row in rows[:LOOKED_AT]) and all(
        isinstance(name, str) for name in rows[0])  # fmt: skip


def _alike(values: Sequence[Any]) -> bool:
    """Whether values are objects that share most of their keys."""
    keys = [set(value) if isinstance(value, dict) else set() for value in values[:LOOKED_AT]]
    return all(one and len(one & keys[0]) * 2 > max(len(keys[0]), len(one)) for one in keys)
