"""A text from outside as Markdown: it stays the text that it is, and nothing in it acts.

A backslash stops what the parser of Markdown reads: emphasis, links, images, HTML, formulas, colours, headings, lists.
It does not stop what many programs replace afterwards, in texts that are parsed already: bare addresses become links,
``:name:`` a picture, ``->`` an arrow. Each of these is found within one piece of text, so a seam parts it in two.
"""

from __future__ import annotations

import re

COMMENT = "<!-- -->"
"""The seam for Markdown in which HTML may stand: a comment, which is not seen, searched or copied."""

_SEAMS = re.compile(
    r"""
      (?<=:)(?=//|material/|[\w+-]+:)  # an address with its scheme; an icon or an emoji by its name
    | (?<=www)(?=\.)                   # an address without one
    | (?<=@)(?=\w)                     # a mail address
    | (?<=[<>~-])(?=[=>-])             # an arrow, a dash, a sign of comparison
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Where a text is parted. A little more is parted than acts, which changes nothing that a reader sees."""

_SIGNS = re.compile(r"[\\`*_\[\]{}<>$~|&]|:(?=[^\s\d]|$)|^[#+=-]")
"""What Markdown reads as a sign: marks anywhere, a colon before a directive, a list or heading at the start."""

_NUMBER = re.compile(r"^(\d+)(?=[.)])")
"""A number that would begin a list."""


def inert(text: str, seam: str = COMMENT) -> str:
    """The text as Markdown in which nothing acts, on one line; ``seam`` is what the reader's program leaves out."""
    first, *rest = _SEAMS.split(re.sub(r"\s+", " ", text))
    numbered = _NUMBER.match(first)
    begun = f"{numbered[1]}\\" if numbered else ""
    return seam.join([begun + _escaped(first[numbered.end() :] if numbered else first), *map(_escaped, rest)])


def _escaped(piece: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", piece)
