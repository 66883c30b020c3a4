"""Text in columns: runs of one style, wrapped to a width by their measured extent, and set from column to column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from geodata.briefing.lettering import legible, measure
from geodata.briefing.sheet import INK, Box, Sheet
from geodata.formats import Unprintable

LEADING = 1.27
"""Distance from base line to base line, in parts of the type size."""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style. ``link`` is an address it leads to, where a format can carry one."""

    text: str
    style: str = "regular"
    colour: str = INK
    link: str = ""


_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_IN_DATE = re.compile(rf"(?<=\d) (?=(?:{_MONTHS})\b)|(?<={_MONTHS}) (?=\d)| (?=– )")


def dated(text: str) -> str:
    """The text with its dates kept whole: no line ends within a day, and none begins with a dash."""
    return _IN_DATE.sub("\u00a0", text)


Line = tuple[tuple[float, Run], ...]
"""A line of text: each run with its distance in points from the line's left end."""


def wrap(runs: Iterable[Run], width: float, size: float) -> list[Line]:
    """The runs as lines no wider than ``width`` points at a type of ``size`` points.

    Lines break at spaces; a word that is wider than a line is broken where the line is full.
    """
    return [*_wrapped(tuple(runs), width, size)]


@lru_cache(maxsize=4_096)
def _wrapped(runs: tuple[Run, ...], width: float, size: float) -> tuple[Line, ...]:
    """As `wrap`; kept, for a key tries the same lines many times until it fits."""
    lines: list[Line] = []
    line: list[tuple[float, Run]] = []
    at = 0.0
    for word, spaced in _words(runs):
        gap = measure(" ", size, word[0][0].style) if spaced and line else 0.0
        wide = sum(measure(part, size, run.style) for run, part in word)
        if line and at + gap + wide > width and (wide <= width or at + gap > width * 0.6):
            lines.append(tuple(line))
            line, at, gap = [], 0.0, 0.0
        for run, part in word:
            rest = part
            while at + gap + measure(rest, size, run.style) > width + 0.01:  # a word wider than a line
                head = _fitting(rest, width - at - gap, size, run.style)
                _put(line, at, gap, head, run)
                lines.append(tuple(line))
                line, at, gap, rest = [], 0.0, 0.0, rest[len(head) :]
            if rest:
                _put(line, at, gap, rest, run)
                at, gap = at + gap + measure(rest, size, run.style), 0.0
    if line:
        lines.append(tuple(line))
    return tuple(lines)


def _words(runs: Iterable[Run]) -> Iterator[tuple[list[tuple[Run, str]], bool]]:
    """Words, each as its pieces of one style, and whether a space goes before it. Only spaces part words."""
    word: list[tuple[Run, str]] = []
    spaced = False
    for run in runs:
        for part in re.split(r"([ \n\t]+)", run.text):
            if part.strip(" \n\t"):
                word.append((run, legible(part, run.style)))
            elif part:
                if word:
                    yield word, spaced
                    word = []
                spaced = True
    if word:
        yield word, spaced


def _put(line: list[tuple[float, Run]], at: float, gap: float, word: str, run: Run) -> None:
    """Adds a word; words of one style in a row become one run, so that they are drawn, and found again, as one."""
    if line:
        start, last = line[-1]
        if (last.style, last.colour, last.link) == (run.style, run.colour, run.link):
            joined = last.text + (" " if gap else "") + word
            line[-1] = (start, Run(joined, run.style, run.colour, run.link))
            return
    line.append((at + gap, Run(word, run.style, run.colour, run.link)))


def _fitting(word: str, width: float, size: float, style: str) -> str:
    """As many letters of the word as the width takes, one at least."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(word[:middle], size, style) <= width:
            low = middle
        else:
            high = middle - 1
    return word[:low]


@dataclass(frozen=True)
class Block:
    """Lines that stay together, as high as they and the space before them (points).

    ``indent`` moves all lines to the right. ``draw`` draws what else belongs to the block: it is given the sheet, the
    left end of the block and the base line of its first line. A block that ``leads`` never stands last in a column.
    ``again`` is set at the head of a column in which the block's group goes on.
    """

    lines: tuple[Line, ...]
    size: float
    before: float = 0.0
    indent: float = 0.0
    leads: bool = False
    again: Block | None = None
    draw: Callable[[Sheet, float, float], None] | None = field(default=None, compare=False)

    @property
    def height(self) -> float:
        return self.before + len(self.lines) * self.size * LEADING


@dataclass(frozen=True)
class Set:
    """A block set on a page: its left end and its upper edge in points, and whether it opens a column."""

    block: Block
    x: float
    top: float


@dataclass(frozen=True)
class Region:
    """Columns of a page to be filled from the left."""

    columns: tuple[Box, ...]


def split(blocks: Iterable[Block], height: float) -> list[Block]:
    """The blocks, those cut that are higher than ``height`` points, so that each fits a column."""
    parts: list[Block] = []
    for block in blocks:
        lines, most = list(block.lines), max(1, int((height - block.before) / (block.size * LEADING)))
        first = True
        while lines:
            parts.append(
                Block(
                    tuple(lines[:most]),
                    block.size,
                    block.before if first else 0.0,
                    block.indent,
                    block.leads,
                    block.again,
                    block.draw if first else None,
                )
            )
            lines, first = lines[most:], False
    return parts


def fill(blocks: Sequence[Block], region: Region) -> tuple[list[Set], list[Block]]:
    """Sets as many blocks as the region takes, and gives back the rest."""
    done: list[Set] = []
    at = 0
    for column in region.columns:
        y = column.top
        opened = False
        while at < len(blocks):
            block = blocks[at]
            again = (
                None if opened else block.again
            )  # a group's heading (`leads`) has none: it comes before all its blocks
            need = block.height + (again.height if again else 0.0) - (0.0 if opened else block.before)
            ahead = at
            while blocks[ahead].leads and ahead + 1 < len(blocks):  # a heading stays with what it heads
                ahead += 1
                need += blocks[ahead].height
            if y - need < column.y - 0.01:
                break
            if again:
                done.append(Set(again, column.x, y + again.before))
                y -= again.height - again.before
                opened = True
            top = y if opened else y + block.before
            done.append(Set(block, column.x, top))
            y = top - block.height
            opened = True
            at += 1
    return done, list(blocks[at:])


TOO_LONG = "a title, a name or a note is so long that it takes more than a page: shorten it, or take HTML or Markdown"
"""Why pages that would never end are not begun."""


def fill_page(blocks: Sequence[Block], region: Region) -> tuple[list[Set], list[Block]]:
    """As `fill`, of a page that nothing stands on. Raises `Unprintable` where not even one block has room on it."""
    done, rest = fill(blocks, region)
    if rest and not done:
        raise Unprintable(TOO_LONG)
    return done, rest


def balanced(blocks: Sequence[Block], region: Region) -> list[Set]:
    """Sets blocks that all fit in columns of about one height."""
    low, high = 0.0, region.columns[0].height
    for _ in range(12):
        middle = (low + high) / 2
        if fill(blocks, _lowered(region, middle))[1]:
            low = middle
        else:
            high = middle
    return fill(blocks, _lowered(region, high))[0]


def _lowered(region: Region, height: float) -> Region:
    return Region(tuple(Box(one.x, one.top - height, one.width, height) for one in region.columns))


def put(sheet: Sheet, placed: Iterable[Set]) -> None:
    """Draws blocks that were set."""
    for one in placed:
        block = one.block
        base = one.top - block.before - block.size
        if block.draw:
            block.draw(sheet, one.x, base)
        write(sheet, block.lines, one.x + block.indent, base, block.size)


def write(sheet: Sheet, lines: Iterable[Line], x: float, base: float, size: float) -> float:
    """Writes lines downwards from a base line; gives the base line of the line after them."""
    for line in lines:
        for shift, run in line:
            sheet.text(x + shift, base, run.text, size, style=run.style, colour=run.colour, link=run.link)
        base -= size * LEADING
    return base
