"""The one way on which a text goes into what Streamlit reads as Markdown: every name, title and cell of a table, every
lesson, every address passes `plain`, and nothing in it acts.
"""

from __future__ import annotations

import re

from geodata.model.markdown import inert

SEAM = ":color[]"
"""Streamlit's directive for a colour, of no colour and no text: an empty element, not seen, searched or copied. It
shows the comments of HTML, which would do elsewhere.
"""

_WRITTEN = re.compile(r"(\*\*[^*]+\*\*|\*[^*\s][^*]*\*|`[^`]+`)")
"""What a note may have within a line: bold words, words in italics, and what is typed."""

_ITEM = re.compile(r"([-*]|#{1,6}|\d{1,3}\.)\s+(?=\S)")
"""What begins an item of a list or a heading in a note."""


def plain(text: str) -> str:
    """A text from outside as it is, inside what Streamlit reads as Markdown: it stays text, on one line."""
    return inert(text.strip(), SEAM)


def noted(note: str) -> str:
    """A note of a lesson as Markdown: paragraphs, lists, headings, bold, italics, typed words; the rest is text."""
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
    """A paragraph, an item of a list or a heading."""
    item = _ITEM.match(text)
    begun = f"{item[1]} " if item else ""
    return begun + "".join(map(_words, _WRITTEN.split(text[item.end() if item else 0 :].strip())))


def _words(words: str) -> str:
    if not _WRITTEN.fullmatch(words):
        return inert(words, SEAM)
    sign = "**" if words.startswith("**") else words[0]
    inner = words.removeprefix(sign).removesuffix(sign)
    return words if sign == "`" else f"{sign}{plain(inner)}{sign}"
