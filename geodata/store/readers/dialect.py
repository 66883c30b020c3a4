"""How a text of separated cells is written: its separator and quotation marks, and its rows one by one.

`records` reads any such text, also one whose quotation marks are wrong, and loses no line of it.
"""

from __future__ import annotations

import csv
import math
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from geodata.store.readers import header

SEPARATORS = (",", "\t", ";", "|")
RARE_SEPARATORS = ("\x1f", "\x01", "^", "~", "\u00a6", ":", " ")
"""Tried only where no common one parts the rows."""

MOST_LINES = 500
"""Lines of one cell beyond which its quotation mark is taken for a stray one."""

MOST_SIGNS = 131_072
"""Signs of one cell beyond which its quotation mark is taken for a stray one: the limit of Python's ``csv``."""

FIRST_LINE_UNLIKE = 0.6
"""What a separator counts that does not part the first line as it parts the others: a title, or the wrong separator."""

NO_HEADER = 0.5


@dataclass(frozen=True)
class Dialect:
    """How cells are separated and quoted."""

    separator: str = ","
    quote: str = '"'
    escape: str | None = None
    """A sign before a quotation mark that belongs to the text; None where such a mark is doubled."""
    spaced: bool = False
    """Whether a blank stands between a separator and a quotation mark."""

    @property
    def regular(self) -> bool:
        """Whether it is that of RFC 4180, but for a separator of one byte."""
        return self.separator.isascii() and self.quote == '"' and self.escape is None and not self.spaced

    def reader(self, lines: Iterable[str], strict: bool) -> Iterator[list[str]]:
        """Python's reader of it. With ``strict`` it raises ``csv.Error`` at a quotation mark in a wrong place."""
        return csv.reader(
            lines, delimiter=self.separator, quotechar=self.quote, escapechar=self.escape,
            skipinitialspace=self.spaced, strict=strict,
        )  # fmt: skip


@dataclass(frozen=True)
class Record:
    """A row: its cells, its text, the line from 1 on which it begins, and whether a quotation mark in it is wrong."""

    cells: list[str]
    text: str
    line: int
    stray: bool = False


class _Lines:
    """Lines that can be given back, and those that were taken since the last row."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.rest = iter(lines)
        self.given_back: deque[str] = deque()
        self.taken: list[str] = []
        self.before = 0
        """Lines before those that were taken."""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.given_back.popleft() if self.given_back else next(self.rest)
        self.taken.append(line)
        return line

    def go_on(self) -> None:
        """The lines that were taken are read."""
        self.before += len(self.taken)
        self.taken.clear()

    def only_first(self) -> str:
        """The first line that was taken; the others will be taken again."""
        self.given_back.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]
        return self.taken[0]


def records(lines: Iterable[str], dialect: Dialect, width: int = 0, values: Sequence[int] = ()) -> Iterator[Record]:
    """The rows of a text, empty lines left out.

    ``width`` is the number of columns, 0 where it is not known; ``values`` are the places of those that hold numbers or
    dates. A quotation mark that opens and does not close, or closes within a cell or only after whole rows, is read as
    a sign of the text, and the next line as a row of its own.
    """
    source = _Lines(lines)
    reader = dialect.reader(source, strict=True)
    while True:
        source.go_on()
        try:
            cells: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        if cells is not None and len(source.taken) > 1 and _swallows(source.taken, cells, dialect, width, values):
            cells = None
        if cells is None:
            line = source.only_first()
            reader = dialect.reader(source, strict=True)
            yield Record(_one_line(line, dialect, width), line, source.before + 1, stray=True)
        elif cells:
            yield Record(cells, "".join(source.taken), source.before + 1)


def _swallows(lines: Sequence[str], cells: Sequence[str], dialect: Dialect, width: int, values: Sequence[int]) -> bool:
    """Whether a row of several lines is rather several rows, which a stray quotation mark or two have joined."""
    if len(lines) > MOST_LINES:
        return True
    if not width:
        return False
    rows = [_as_written(line, dialect) for line in lines]
    if len(cells) != width and any(len(row) == width for row in rows):
        return True
    if values:
        return all(_is_row(row, width, values) for row in rows)
    return width > 2 and len(rows) > 2 and all(len(row) == width for row in rows)


def _is_row(cells: Sequence[str], width: int, values: Sequence[int]) -> bool:
    """Whether cells are a whole row, with numbers or dates where others have them."""
    told = [cells[place] for place in values if cells[place].strip()] if len(cells) == width else []
    return bool(told) and all(map(header.is_value, told))


def _as_written(line: str, dialect: Dialect) -> list[str]:
    return line.rstrip("\r\n").split(dialect.separator)


def _one_line(line: str, dialect: Dialect, width: int) -> list[str]:
    """The cells of a line with a wrong quotation mark: as a lenient reader takes it if that fits, else as written."""
    written = _as_written(line, dialect)
    if len(line) > MOST_SIGNS:
        return written
    lenient = next(dialect.reader([line.rstrip("\r\n")], strict=False), [])
    return lenient if len(lenient) == width != len(written) else written


def sniff(lines: Sequence[str], separator: str | None = None) -> tuple[Dialect, list[Record]]:
    """The dialect of the first lines of a file, and their rows in it."""
    for separators in ([separator],) if separator else (SEPARATORS, RARE_SEPARATORS):
        dialects = [replace(quotes, separator=sign) for quotes in _quotes(lines) for sign in separators]
        read = [(one, [*records(lines, one)]) for one in dialects]
        best = max(read, key=lambda pair: _score(pair[1]))  # the first of those that score the same
        if _score(best[1]) or separator:
            return best
    return Dialect(), [*records(lines, Dialect())]


def _quotes(lines: Sequence[str]) -> Iterator[Dialect]:
    """Ways to quote that the lines give a ground to try, the usual one first."""
    text = "".join(lines)
    yield Dialect()
    if any(sign + ' "' in text for sign in (*SEPARATORS, *RARE_SEPARATORS)):
        yield Dialect(spaced=True)
    if '\\"' in text:
        yield Dialect(escape="\\")
    if "'" in text:
        yield Dialect(quote="'")


def _score(rows: Sequence[Record]) -> float:
    """How well rows fall into columns: the share of rows with the usual number of cells, more for more columns.

    The more columns count by the logarithm, so that commas in numbers or a list in a cell do not win.
    """
    filled = [row.cells for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        return 0.0
    widths = Counter(map(len, filled))
    width = max(widths, key=lambda one: (widths[one], one))
    if width == 1:
        return 0.0
    stray = sum(row.stray for row in rows) / len(rows)
    alike = 1.0 if len(filled[0]) == width else FIRST_LINE_UNLIKE
    named = 1.0 if header.find(filled).names else NO_HEADER
    return widths[width] / len(filled) * math.log2(width + 1) * alike * named * (1 - stray / 2)
