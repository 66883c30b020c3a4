"""Texts: folded for comparing, quoted for a message, checked for invisible signs; counts, days and lists in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from functools import lru_cache


def fold(text: str) -> str:
    """Text for comparing: lower case, no diacritics or apostrophes, single spaces ("Xankəndi" is "xankendi")."""
    return " ".join(folded_words(text))


def folded_words(text: str) -> list[str]:
    """The words of a folded text."""
    if text.isascii():  # as most texts are; it takes a tenth of the time
        return text.translate(_ASCII).split()
    return " ".join(map(_folded_word, text.split())).split()


@lru_cache(maxsize=65536)
def _folded_word(word: str) -> str:
    """A word folded; one with a sign in its middle becomes two. Cached, for a table repeats its words."""
    letters = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    letters = "".join(sign for sign in letters if not unicodedata.combining(sign) and sign not in _APOSTROPHES)
    return " ".join(re.sub(r"[^\w]+", " ", letters).split())


_APOSTROPHES = "'’‘ʼʻ`´"
_LETTERS = str.maketrans({"ə": "e", "ı": "i", "ğ": "g", "ё": "е"})
"""Letters that decomposition does not change, as a reader without that keyboard types them."""


def folded_sign(sign: str) -> str:
    """What a single sign is folded to: a blank where it parts words, nothing where it is left out."""
    return _folded_word(sign) or ("" if sign in _APOSTROPHES else " ")


_ASCII = {code: folded_sign(chr(code)) for code in range(128)}


CLOSE = 80
"""Least similarity (0 to 100, Indel ratio of RapidFuzz) at which a word counts as a misspelt name; both are folded.

At 80, one letter in five may differ: "Stepanakret" and "Khankendy" are found, and "Baku" is not taken for "Paris".
"""

SHORTEST = 4
"""Letters of the shortest word that can count as a misspelt name: shorter ones are similar to too many."""


def whole_signs(text: str) -> str:
    """A text without halves of signs, as JSON has them where a text was cut within one: each is U+FFFD."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def steerless(text: str) -> str:
    """A text on one line, in which a sign that steers a terminal is written by its number."""
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in text)


def shown(value: object) -> str:
    """A cell's text inside a message: quoted, on one line, short, with no sign that steers a terminal."""
    text = steerless(str(value))
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"


def suggestion(value: str, known: Iterable[str], otherwise: str) -> str:
    """For a message on an unknown value: "did you mean 'x'?" with the most similar known one, else ``otherwise``."""
    close = get_close_matches(value, [*known], n=1)
    return f"did you mean '{close[0]}'?" if close else otherwise


def visible(value: str) -> str:
    """A validator of text without signs that no reader sees. Raises ``ValueError``."""
    if value.isprintable():  # nearly every text, and much sooner
        return value
    for sign in value:
        if unicodedata.category(sign) in ("Cc", "Cf") and sign not in "\n\t\u200c\u200d":
            raise ValueError(f"{shown(value)} holds an invisible sign (U+{ord(sign):04X}); take it out")
    return value


def paragraph_numbers(text: str) -> tuple[int, ...]:
    """The paragraphs that ``16-18;20`` cites: ``(16, 17, 18, 20)``. Raises ``ValueError`` for another form."""
    numbers: list[int] = []
    for part in text.split(";"):
        bounds = re.fullmatch(r"\s*([0-9]{1,5})(?:-([0-9]{1,5}))?\s*", part)
        if not bounds or int(bounds[1]) < 1 or int(bounds[2] or bounds[1]) < int(bounds[1]):
            raise ValueError(f"{shown(text)} does not cite paragraphs (write 16 or 16-18;20)")
        numbers.extend(range(int(bounds[1]), int(bounds[2] or bounds[1]) + 1))
    return tuple(numbers)


def number_of(number: int, noun: str) -> str:
    """A count with its noun: "1 report", "1,204 reports"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def spoken_day(day: date) -> str:
    """A day in words: "7 May 2021"."""
    return f"{day.day} {day:%b %Y}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence: "a", "a and b", "a, b and c"."""
    *first, end = [*words] or [""]
    return f"{', '.join(first)} {last} {end}" if first else end
