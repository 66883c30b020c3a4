"""The columns of a file by the names that a mapping gives them, as SQL over the table ``raw``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import duckdb

from geodata.model.cells import Record
from geodata.model.mapping import COLUMNS_OF, SINGLE, TEXTS, TableMapping
from geodata.model.text import fold

ABSENT = ("NA", "N/A", "NULL", "NaN", "nan", "None")
"""Texts with which programs write a cell that has none."""

ABSENT_PATTERN = rf"\A(?:{'|'.join(map(re.escape, ABSENT))})\z"
"""A text that is one of `ABSENT`, in the engine's form."""

WITHIN = re.compile(r"([^\[]+)\[-?\d+\](?:\[-?\d+\]|\.[^.\[\]*\"]+)*")
"""A column and a path into its JSON."""

BLANK_CODES = (32, 9, 10, 13, 160, 65279)
"""Signs that are no part of a text at its ends: spaces of any kind, line ends, and the byte order mark that stands
within a file where two were joined."""

BLANK_SIGNS = " || ".join(f"chr({code})" for code in BLANK_CODES)
"""SQL of `BLANK_CODES`."""


@dataclass(frozen=True)
class Columns:
    """The columns of a file in its order, and the HXL tags of those that have one.

    A name is found as it is written, else without regard to case and spaces, else as a tag. ``list[0].name`` is a
    value within a cell that holds JSON.
    """

    names: Sequence[str]
    tags: Mapping[str, str] = field(default_factory=dict)
    plain: frozenset[int] = frozenset()
    """The numbers of columns of which each cell is its own text or NULL, see `looked_through`."""
    full: frozenset[int] = frozenset()
    """Of these, the columns that are nowhere NULL."""

    def looked_through(self, connection: duckdb.DuckDBPyConnection, used: Iterable[str]) -> Columns:
        """These columns, of which it is known which of those ``used`` have no cell to trim: in most tables all.

        To look once takes less time than to trim each cell again wherever a query names the column.
        """
        numbers = sorted({number for name in used if (number := self._number(name)) is not None})
        if not numbers:
            return self
        # As rows, so that DuckDB plans one condition: one for each of forty columns takes it a tenth of a second.
        cells = f"UNPIVOT INCLUDE NULLS (cell FOR name IN ({', '.join(f'c{number}' for number in numbers)}))"
        told = connection.execute(
            f"SELECT CAST(name[2:] AS INTEGER), bool_or({_is_unlike_itself('cell')}), bool_or(cell IS NULL) "
            f"FROM raw {cells} GROUP BY name"
        ).fetchall()
        return replace(
            self,
            plain=frozenset(number for number, has_unlike, _ in told if not has_unlike),
            full=frozenset(number for number, has_unlike, has_null in told if not (has_unlike or has_null)),
        )

    @cached_property
    def _numbers(self) -> dict[str, int]:
        known: dict[str, int] = {}
        for number, name in enumerate(self.names):
            for key in (name, folded(name), self.tags.get(name, name)):
                known.setdefault(key, number)
        return known

    def find(self, name: str) -> str | None:
        """The column as it is written in the file, with its path into JSON; ``None`` where the file has none."""
        if (number := self._number(name)) is not None:
            return self.names[number]
        number = self._base(name)
        return None if number is None else f"{self.names[number]}[{name.partition('[')[2]}"

    def _number(self, name: str) -> int | None:
        if name.startswith(("#", "@")):  # a tag, or a key of JSON-LD; without its sign it would be a usual word
            return self._numbers.get(name)
        return self._numbers.get(name, self._numbers.get(folded(name))) if name else None

    def bases(self, names: Iterable[str]) -> set[str]:
        """The columns of the file that these names read, paths into JSON apart."""
        return {self.names[number] for name in names if (number := self._base(name)) is not None}

    def _base(self, name: str) -> int | None:
        number = self._number(name)
        if number is None and (found := WITHIN.fullmatch(name)):
            return self._number(found[1])
        return number

    def number(self, name: str) -> int:
        """The place of a column in the file, from 0. Raises ``KeyError``."""
        if (number := self._number(name)) is None:
            raise KeyError(name)
        return number

    def sql(self, name: str) -> str:
        """The trimmed text of a column as a DuckDB expression over ``raw``; ``''`` where there is none."""
        if (number := self._number(name)) is not None:
            if number in self.plain:
                return f"c{number}" if number in self.full else f"coalesce(c{number}, '')"
            return f"coalesce(trim(c{number}, {BLANK_SIGNS}), '')"
        if (number := self._base(name)) is None:
            return "''"
        path = literal("$[" + name.partition("[")[2])
        return f"coalesce(trim(json_extract_string(try_cast(c{number} AS JSON), {path})), '')"

    def text(self, name: str) -> str:
        """`sql`, blank where a program wrote that the cell has no text.

        Not by ``IN``: of five words and more DuckDB (2.0) makes a join, at each place where the text stands in a query.
        """
        text = self.sql(name)
        return text if self._number(name) in self.plain else f"regexp_replace({text}, {literal(ABSENT_PATTERN)}, '')"

    def code(self, name: str) -> str:
        """`text`, without the ``.0`` that a program added to a whole number."""
        return f"regexp_replace({self.text(name)}, '^(\\d+)\\.0+$', '\\1')"

    def first(self, names: Sequence[str]) -> str:
        """The first text of several columns."""
        if not names:
            return "''"
        return f"coalesce({self._filled(names)}, '')"

    def joined(self, names: Sequence[str]) -> str:
        """All texts of several columns, parted by a semicolon."""
        return f"concat_ws('; ', {self._filled(names)})" if names else "''"

    def _filled(self, names: Sequence[str]) -> str:
        return ", ".join(f"nullif({self.text(name)}, '')" for name in names)


def _is_unlike_itself(cell: str) -> str:
    """SQL: whether `Columns.text` gives a cell that is not NULL otherwise than it stands.

    By no pattern, which takes twice as long. By steps, so that most cells, which begin with a letter of ASCII, are
    asked the less.
    """
    begins = " OR ".join(f"ascii({cell}) = {code}" for code in BLANK_CODES)  # the number of the first sign
    ends = (f"ends_with({cell}, chr({code}))" for code in BLANK_CODES)
    is_absent = (f"{cell} = {literal(word)}" for word in ABSENT)
    return (
        f"CASE WHEN {cell} IS NULL THEN false WHEN ascii({cell}) NOT BETWEEN 33 AND 127 AND ({begins}) THEN true "
        f"ELSE {' OR '.join((*ends, *is_absent))} END"
    )


def folded(name: str) -> str:
    """A column's name without case, accents, and signs between its words."""
    return fold(name.replace("_", " "))


def literal(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def adopted(mapping: TableMapping, columns: Columns) -> TableMapping:
    """The mapping with the names that the file's columns bear; columns that the file lacks are left out."""

    def one(name: str) -> str:
        return columns.find(name) or ""

    def several(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, map(one, names))))

    def group(record: Record) -> Record:
        return record.model_copy(update={name: one(getattr(record, name)) for name in COLUMNS_OF[type(record)]})

    given: dict[str, object] = {name: several(getattr(mapping, name)) for name in (*TEXTS, "event_type")}
    given |= {name: one(getattr(mapping, name)) for name in SINGLE}
    sources = mapping.sources.model_copy(
        update={name: several(getattr(mapping.sources, name)) for name in ("columns", "otherwise")}
    )
    categories = mapping.categories and several(mapping.categories)
    labels = {found: codes for name, codes in mapping.labels.items() if (found := one(name))}
    return mapping.model_copy(update={
        **given, "date": group(mapping.date), "position": group(mapping.position), "sources": sources,
        "categories": categories, "labels": labels,
    })  # fmt: skip
