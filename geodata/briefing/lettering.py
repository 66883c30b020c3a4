"""The texts of a sheet: their fonts, how wide they are, and their ink.

Fonts are the DejaVu Sans files that come with matplotlib, named by file and never looked up on the machine, so that a
picture is the same everywhere; they hold Latin, Armenian and Cyrillic letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import floor
from typing import Any, NamedTuple

import matplotlib
import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

_FILES = {"regular": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf", "italic": "DejaVuSans-Oblique.ttf"}

_AS_TEXT: dict[str, dict[str, Any]] = {"bold": {"weight": "bold"}, "italic": {"style": "italic"}}
"""How a style is asked for where a text is kept as text; elsewhere its file has it."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200e-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe]")
"""Signs of the scripts that run from right to left, and those that set a direction (Unicode, Bidi_Class)."""

_MOST_WORDS = 4_096
"""Words whose ink is kept: some 2 kB each at 300 dots an inch. Ten pages of a print have 1,500."""

Ink = npt.NDArray[np.uint8]
"""How far each pixel is covered, shape (rows, columns), the uppermost row first."""


@lru_cache
def _file(style: str) -> str:
    return f"{matplotlib.get_data_path()}/fonts/ttf/{_FILES[style]}"


@lru_cache
def font_of(style: str, size: float) -> FontProperties:
    """The font of a style (a key of the fonts) at a size in points. Shared: don't change it."""
    return FontProperties(fname=_file(style), size=size, **_AS_TEXT.get(style, {}))


@lru_cache
def _letters(style: str) -> frozenset[int]:
    return frozenset(get_font(_file(style)).get_charmap())


@lru_cache(maxsize=65_536)
def legible(text: str, style: str = "regular") -> str:
    """The text on one line, with U+FFFD in place of every sign that the font lacks: seen, and never a wrong letter.

    A byte order mark (U+FEFF) has no shape and is left out: matplotlib 3.11 cannot write it into a PDF.
    """
    line = re.sub(r"[ \t\n\r\f\v\u2028\u2029]+", " ", text.replace("\ufeff", "")).strip(" ")
    known = _letters(style)
    return "".join(sign if ord(sign) in known else "\ufffd" for sign in line)


def measure(text: str, size: float, style: str = "regular") -> float:
    """The width of a text in points, from the font's own outlines; ``size`` in points, ``style`` a key of the fonts."""
    return _per_point(text, _file(style)) * size


@lru_cache(maxsize=65_536)
def _per_point(text: str, file: str) -> float:
    """The sum of its words, most of which are known from other texts."""
    words = _words(text)
    return sum(_advance(word, file) for word in words) + (len(words) - 1) * _advance(" ", file)


def _words(text: str) -> list[str]:
    """What can be set one after the other, with a blank between two; a text of another direction is one whole."""
    return [text] if _RIGHT_TO_LEFT.search(text) else text.split(" ")


@lru_cache(maxsize=65_536)
def _advance(word: str, file: str) -> float:
    """How far a word takes the pen, in points at a size of 1 point."""
    if not word:
        return 0.0
    font = get_font(file)
    font.set_size(100, 72)
    widths = []
    for between in ("", word):  # the extent of ink: what lies between two stems is the word's advance, blanks included
        font.set_text(f"H{between}H", 0.0, flags=LoadFlags.NO_HINTING)
        widths.append(font.get_width_height()[0])
    return float(widths[1] - widths[0]) / 64 / 100


@lru_cache(maxsize=512)
def outline(text: str, font: FontProperties) -> Path:
    """The rims of the letters, in points from where the pen begins; none of a text without ink.

    Kept: most are names, which maps have in common.
    """
    points, codes = text_to_path.get_text_path(font, text)
    scale = font.get_size_in_points() / text_to_path.FONT_SCALE
    return Path(np.reshape(points, (-1, 2)) * scale, codes if len(codes) else None)


class _Word(NamedTuple):
    """The ink of a word; ``right`` and ``below``: pixels from the pen to its left edge and down to its lower one."""

    ink: Ink
    right: int
    below: int


@lru_cache(maxsize=_MOST_WORDS)
def _inked(word: str, file: str, size: float, dpi: float) -> _Word:
    font = get_font(file)
    font.set_size(size, dpi)
    font.set_text(word, 0.0, flags=LoadFlags.NO_HINTING)
    font.draw_glyphs_to_bitmap(antialiased=True)
    ink = font.get_image()
    # Sizes are told in parts of 64 of a pixel. Matplotlib leaves a row free above the highest letter, and rounds down.
    over = (font.get_width_height()[1] - font.get_descent()) / 64
    return _Word(ink, round(font.get_bitmap_offset()[0] / 64), len(ink) - floor(over + 1))


class Line(NamedTuple):
    """A text as it is written: ``x`` and ``y`` in the units of its sheet, ``angle`` in degrees counter-clockwise."""

    x: float
    y: float
    text: str
    font: FontProperties
    colour: str
    link: str
    angle: float


class Lines(Artist):
    """Texts written one after the other: one artist for all, which spares matplotlib laying out each line anew."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def draw(self, renderer: RendererBase) -> None:
        if isinstance(renderer, RendererAgg):
            self._paint(renderer)
            return
        height = renderer.get_canvas_width_height()[1]
        for x, y, text, font, colour, link, angle in self.lines:
            across, up = self.get_transform().transform((x, y))
            pen = renderer.new_gc()
            pen.set_foreground(colour)
            if link.startswith(("http://", "https://")):
                pen.set_url(link)
            # No text is read as a formula, whatever signs it holds.
            renderer.draw_text(pen, across, height - up if renderer.flipy() else up, text, font, angle, ismath=False)
            pen.restore()

    def _paint(self, renderer: RendererAgg) -> None:
        """Each word as one picture, kept for the next time: matplotlib lays out and paints letter by letter, which
        takes many times as long.
        """
        pen = renderer.new_gc()
        for x, y, text, font, colour, _, angle in self.lines:
            across, up = self.get_transform().transform((x, y))
            file, size = str(font.get_file()), font.get_size_in_points()
            shade = np.round(np.multiply(to_rgb(colour), 255))
            for along, word in _placed_words(text, file, size * renderer.dpi / 72):
                ink, right, below = _inked(word, file, size, renderer.dpi)
                drawn = np.empty((*ink.shape, 4), dtype=np.uint8)
                drawn[..., :3] = shade
                drawn[..., 3] = ink
                if angle:  # a text that runs upwards
                    drawn = np.rot90(drawn)
                    left, low = round(across) + below - ink.shape[0], round(up + along) + right
                else:
                    left, low = round(across + along) + right, round(up) - below
                renderer.draw_image(pen, left, low, np.ascontiguousarray(drawn[::-1]))
        pen.restore()


def _placed_words(text: str, file: str, size: float) -> Iterator[tuple[float, str]]:
    """The words of a text, each with how far the pen is when it begins; in the unit of ``size``."""
    along = 0.0
    for word in _words(text):
        if word:
            yield along, word
        along += (_advance(word, file) + _advance(" ", file)) * size
