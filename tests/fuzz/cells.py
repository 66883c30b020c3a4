"""Rows of text and what may be wrong in them: cells, rows, the header, and the bytes of the written file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from random import Random

Rows = list[list[str]]
"""The header and the rows below it."""

ODD = (
    "", " ", "0", "-1", "-0", "1e308", "-1e400", "99999999999999999999", "2147483648", "nan", "inf", "-inf", "NULL",
    "1,200", "12 dead", "true", "TRUE", "yes", "perhaps", "unknown", "-99", "1.0", "0000-01-01", "0001-01-01",
    "-0044-03-15", "9999-12-31", "10000-01-01", "2020-02-30", "2020-13-45", "2020-13", "31/12/2020", "2020-W54",
    "1600-02-29T25:61:61Z", "Y-170000002", "../2020", "[..2020]", "90.0001", "-181", "39°49'N", "39,8177", "38SMC1234",
    "POINT (46 39)", "#", "# note", "#300380.0", "=1+1", "@a", "'", '"', '""', "a\nb", "a\r\nb", "a,b;c\td|e",
    "x" * 300, "x" * 12_000, "\u202eevil", "\ufeff", "é", "İ", "'; DROP TABLE reports; --", "{}", "[1]",
    '{"a": {"b": [1]}}', "<b>x</b>", "[a](http://a.example)", "\x0b", "\u2028", "𝄞", "a|b",
)  # fmt: skip
"""Cells that break readers."""


def mutated(random: Random, rows: Rows) -> Rows:
    """The rows after one to four mutations."""
    rows = [[*row] for row in rows]
    for _ in range(random.randint(1, 4)):
        random.choice(MUTATIONS)(random, rows)
    return rows


def _cell(random: Random, rows: Rows) -> None:
    row = random.choice(rows[1:] or rows)
    if row:
        row[random.randrange(len(row))] = random.choice(ODD)


def _column(random: Random, rows: Rows) -> None:
    """One odd text in many rows of a column."""
    place, text = random.randrange(len(rows[0]) or 1), random.choice(ODD)
    for row in rows[1:]:
        if place < len(row) and random.random() < 0.7:
            row[place] = text


def _header(random: Random, rows: Rows) -> None:
    if rows[0]:
        name = random.choice(("", "id", "date", "#date", "geometry", "graphic", "n", "c0", "row", rows[0][0].upper()))
        rows[0][random.randrange(len(rows[0]))] = name


def _short(random: Random, rows: Rows) -> None:
    row = random.choice(rows[1:] or rows)
    del row[random.randint(1, max(1, len(row))) :]


def _long(random: Random, rows: Rows) -> None:
    random.choice(rows[1:] or rows).extend(["surplus"] * random.randint(1, 3))


def _twice(random: Random, rows: Rows) -> None:
    rows.append([*random.choice(rows[1:] or rows)])


def _gone(random: Random, rows: Rows) -> None:
    if len(rows) > 2:
        del rows[random.randrange(1, len(rows))]


def _blank(random: Random, rows: Rows) -> None:
    rows.insert(random.randint(1, len(rows)), [""] * len(rows[0]))


def _hash(random: Random, rows: Rows) -> None:
    row = random.choice(rows[1:] or rows)
    if row:
        row[0] = f"#{row[0]}"


def _swapped(random: Random, rows: Rows) -> None:
    """Two columns change places."""
    first, second = (random.randrange(len(rows[0]) or 1) for _ in range(2))
    for row in rows:
        if max(first, second) < len(row):
            row[first], row[second] = row[second], row[first]


MUTATIONS: Sequence[Callable[[Random, Rows], None]] = (
    _cell, _cell, _cell, _cell, _column, _header, _short, _long, _twice, _gone, _blank, _hash, _swapped,
)  # fmt: skip


def filled(rows: Rows) -> int:
    """Rows below the header with a filled cell."""
    return sum(any(cell.strip() for cell in row) for row in rows[1:])


def text(rows: Rows, separator: str = ",", end: str = "\n") -> bytes:
    """The rows as RFC 4180 has them."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    return out.getvalue().encode("utf-8", errors="surrogatepass")


def broken(random: Random, content: bytes) -> bytes:
    """Bytes of a file after a fault of a disk, a program or a hand."""
    at = random.randrange(len(content) or 1)
    return random.choice(
        (
            lambda: content[:at],
            lambda: content[:at] + b'"' + content[at:],
            lambda: content[:at] + b"\0" + content[at:],
            lambda: content[:at] + bytes([random.randrange(256)]) + content[at + 1 :],
            lambda: content[:at] + content[at + random.randint(1, 40) :],
            lambda: content[:at] + content[max(0, at - 60) :],
            lambda: b"\xef\xbb\xbf" + content,
            lambda: content.replace(b"\n", b"\r"),
            lambda: content.decode("utf-8", errors="replace").encode("utf-16"),
        )
    )()
