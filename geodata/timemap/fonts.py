"""A font for the four scripts of the names, for machines that have none: DejaVu Sans, as Matplotlib ships it."""

from __future__ import annotations

import base64
import io
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FAMILY = "Attest DejaVu"
"""Stands late in every list of fonts: only letters that the machine's own fonts lack are drawn with it."""


@cache
def path() -> Path:
    """The font's file (TrueType; Bitstream Vera licence with public-domain changes)."""
    spec = find_spec("matplotlib")  # without importing it, which takes a second
    assert spec and spec.origin, "Matplotlib is a dependency"
    return Path(spec.origin).parent / "mpl-data/fonts/ttf/DejaVuSans.ttf"


@cache
def _letters() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  # takes 0.3 s, and few tables need it

    return frozenset(TTFont(path(), lazy=True).getBestCmap())


def has_letters(text: str) -> bool:
    """Whether the font can write a text: it has its letters, and they stand alone and from left to right."""
    return all(ord(sign) in _letters() and unicodedata.bidirectional(sign) not in ("R", "AL") for sign in text)


def face(address: str) -> str:
    """The CSS rule that makes the font known to a page."""
    return f'@font-face {{ font-family: "{FAMILY}"; src: url("{address}"); font-display: swap; }}'


def face_for(text: str) -> str:
    """The CSS rule with the font inside it, cut down to the letters of ``text`` that are not plain Latin.

    Blank where every letter is. About 100 bytes a letter. The same letters give the same rule.
    """
    letters = {sign for sign in text if ord(sign) > 0xFF}
    if not letters:
        return ""
    from fontTools import subset  # noqa: PLC0415  # as above
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(path(), recalcTimestamp=False)
    cutter = subset.Subsetter(
        subset.Options(layout_features=[], hinting=False, notdef_outline=True, drop_tables=["FFTM"])
    )
    cutter.populate(text="".join(sorted(letters)))
    cutter.subset(font)
    font.flavor = "woff"
    packed = io.BytesIO()
    font.save(packed)
    return face(f"data:font/woff;base64,{base64.b64encode(packed.getvalue()).decode()}")
