"""Texts that people write by hand, mutated as a hand does it: most still open, and some do not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from tests.fuzz.case import SMALL, Case, put
from tests.fuzz.cells import ODD

Lines = list[str]


def text_of(name: str) -> Callable[[Random, Path], Case]:
    """A small case with a text file of it mutated: mostly one slip, sometimes more, sometimes its bytes too."""

    def make(random: Random, folder: Path) -> Case:
        shutil.copytree(SMALL, folder, dirs_exist_ok=True)
        path = folder / name
        lines = path.read_text(encoding="utf-8").splitlines()
        for _ in range(random.choice((1, 1, 1, 2, 3))):
            random.choice(CALM if random.random() < 0.7 else HARSH)(random, lines)
        content = random.choice(("\n", "\n", "\r\n")).join(lines).encode("utf-8")
        if random.random() < 0.3:
            put(random, path, content)
        else:
            path.write_bytes(content)
        return Case(folder, None, name)

    return make


def _parted(random: Random, lines: Lines) -> tuple[int, str, str]:
    """A line with a value, what stands before the value, and the value."""
    at = random.choice([at for at, line in enumerate(lines) if ": " in line] or [0])
    key, _, value = lines[at].partition(": ")
    return at, key, value


def _comment(random: Random, lines: Lines) -> None:
    lines.insert(random.randrange(1, len(lines) + 1), random.choice(("# a note", "#", "  # a: {note", "# 'x")))


def _space(random: Random, lines: Lines) -> None:
    at = random.randrange(len(lines))
    lines[at] = random.choice((f"{lines[at]}  ", f"{lines[at]} # x", lines[at].replace(": ", ":   ", 1)))


def _blank(random: Random, lines: Lines) -> None:
    lines.insert(random.randrange(1, len(lines) + 1), random.choice(("", "   ")))


def _quoted(random: Random, lines: Lines) -> None:
    """A value as it was, or another text, in quotation marks."""
    at, key, value = _parted(random, lines)
    is_plain = value[:1] not in "{[|'\""
    text = value if is_plain and random.random() < 0.5 else random.choice(ODD)
    lines[at] = f"{key}: {json.dumps(text)}"


def _title(random: Random, lines: Lines) -> None:
    """Another text where any text may stand."""
    places = [at for at, line in enumerate(lines) if line.lstrip("- ").startswith(("title:", "words:"))]
    if places and "|" not in lines[at := random.choice(places)]:
        lines[at] = f"{lines[at].partition(':')[0]}: {json.dumps(random.choice(ODD))}"


def _word(random: Random, lines: Lines) -> None:
    """A letter more or less in a value."""
    at, key, value = _parted(random, lines)
    place = random.randrange(len(value) + 1)
    lines[at] = f"{key}: {value[:place]}{random.choice(('', 'x', 'é', '0'))}{value[place + 1 :]}"


def _swapped(random: Random, lines: Lines) -> None:
    """Two neighbours of one depth change places."""
    at = random.randrange(len(lines) - 1)
    if len(lines[at]) - len(lines[at].lstrip()) == len(lines[at + 1]) - len(lines[at + 1].lstrip()):
        lines[at], lines[at + 1] = lines[at + 1], lines[at]


def _odd(random: Random, lines: Lines) -> None:
    at, key, _ = _parted(random, lines)
    lines[at] = f"{key}: {random.choice(ODD)}"


def _gone(random: Random, lines: Lines) -> None:
    del lines[random.randrange(len(lines))]
    lines.append("")


def _twice(random: Random, lines: Lines) -> None:
    at = random.randrange(len(lines))
    lines.insert(at, lines[at])


def _shifted(random: Random, lines: Lines) -> None:
    at = random.randrange(len(lines))
    lines[at] = random.choice((f" {lines[at]}", f"\t{lines[at]}", lines[at].lstrip(), f"- {lines[at]}"))


def _misspelt(random: Random, lines: Lines) -> None:
    at, key, value = _parted(random, lines)
    lines[at] = f"{key[:-1]}: {value}"


def _open(random: Random, lines: Lines) -> None:
    at, key, value = _parted(random, lines)
    lines[at] = f"{key}: {random.choice(('[', '{', chr(34), chr(39), '&a ', '*a ', '!!x ', '{' * 40))}{value}"


CALM: Sequence[Callable[[Random, Lines], None]] = (_comment, _space, _blank, _quoted, _title, _title, _word, _swapped)
HARSH: Sequence[Callable[[Random, Lines], None]] = (_odd, _gone, _twice, _shifted, _misspelt, _open)
