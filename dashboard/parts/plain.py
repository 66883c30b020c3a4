"""The one way on which a text goes into what Streamlit reads as Markdown: every name, title and cell of a table, every
lesson, every address passes `plain`, and nothing in it acts.

A backslash stops what the parser of Markdown reads: emphasis, links, images, HTML, formulas, colours, headings, lists.
It does not stop what Streamlit replaces afterwards in texts that are parsed already: bare addresses become links,
``:name:`` a picture, ``->`` an arrow. Each of these is found within one piece of text, so a `SEAM` parts it in two.
"""

from __future__ import annotations

import re

SEAM = ":color[]"
"""Streamlit's directive for a colour, of no colour and no text: an empty element, not seen, searched or copied."""

_ENDS = re.compile(
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


_WRITTEN = re.compile(r"(\*\*[^*]+\*\*|\*[^*\s][^*]*\*|`[^`]+`)")
"""What a note may have within a line: bold words, words in italics, and what is typed."""

_ITEM = re.compile(r"([-*]|#{1,6}|\d{1,3}\.)\s+(?=\S)")
"""What begins an item of a list or a heading in a note."""


def plain(text: str) -> str:
    """A text from outside as it is, inside what Streamlit reads as Markdown: it stays text, on one line."""
    return _inert(" ".join(text.split()))


def noted(note: str) -> str:
    """A lesson's note as Markdown: its paragraphs, lists, bold words, italics and typed words; all else stays text."""
    blocks: list[str] = []
    for paragraph in re.split(r"\n\s*\n", note.strip()):
        first, *others = paragraph.strip().split("\n")
        blocks.append(first)
        for line in map(str.strip, others):
            if _ITEM.match(line):
                blocks.append(line)
            else:
                blocks[-1] += f" {line}"
    return "\n\n".join(map(_block, blocks))


def _block(text: str) -> str:
    """A paragraph, or an item of a list."""
    item = _ITEM.match(text)
    begun = f"{item[1]} " if item else ""
    words = " ".join(text[item.end() if item else 0 :].split())
    return begun + "".join(map(_word, _WRITTEN.split(words)))


def _word(words: str) -> str:
    if not _WRITTEN.fullmatch(words):
        return _inert(words)
    sign = "**" if words.startswith("**") else words[0]
    inner = words.removeprefix(sign).removesuffix(sign)
    return words if sign == "`" else f"{sign}{plain(inner)}{sign}"


def _inert(text: str) -> str:
    first, *rest = _ENDS.split(text)
    numbered = _NUMBER.match(first)
    begun = f"{numbered[1]}\\" if numbered else ""
    return SEAM.join([begun + _escaped(first[numbered.end() :] if numbered else first), *map(_escaped, rest)])


def _escaped(piece: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", piece)
