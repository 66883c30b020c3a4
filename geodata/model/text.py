"""Words that any wing may need: counts with their noun, days, and text folded for comparing."""

from __future__ import annotations

import re
import unicodedata
from datetime import date


def number_of(number: int, noun: str) -> str:
    """A count with its noun: "1 report", "1,204 reports"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def spoken_day(day: date) -> str:
    """A day in words: "7 May 2021"."""
    return f"{day.day} {day:%b %Y}"


def fold(text: str) -> str:
    """Text for comparing: lower case, no diacritics or apostrophes, single spaces ("Xankəndi" is "xankendi")."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    text = "".join(sign for sign in text if not unicodedata.combining(sign) and sign not in "'’‘ʼʻ`´")
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


_LETTERS = str.maketrans({"ə": "e", "ı": "i", "ğ": "g", "ё": "е"})
"""Letters that decomposition leaves alone, as a reader without that keyboard types them."""
