"""A page to draw on, in points from its lower left corner, and its bytes as PNG, SVG or PDF.

Frame: x to the right and y upwards, 1 point = 1/72 inch; a text stands on its base line. What is drawn later lies
above what was drawn before. An SVG has its texts as text, in the first of `FAMILY` that its reader has.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from typing import Any

import matplotlib
import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Polygon, Wedge
from matplotlib.transforms import Affine2D

from geodata.briefing.lettering import Line, Lines, font_of, legible, measure, outline
from geodata.formats import PICTURES

INK, MUTED, EDGE, RULE, WHITE = "#1d2733", "#4a5562", "#8994a1", "#c3cad2", "#ffffff"

WINDOW = "#0b5cad"
"""What is chosen of a whole: the window on the timeline, the map in the inset."""

DPI = 300
"""Dots an inch of a PNG."""

FAMILY = ("DejaVu Sans", "Verdana", "Geneva", "Arial", "Helvetica")
"""Fonts to show a text in that is kept as text, the first that a machine has: those as wide as the first one lead."""

_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "attest",  # ids inside an SVG are made from it: the same picture, the same ids
    "svg.fonttype": "none",  # letters stay text, to be searched and edited
    "font.family": "sans-serif",
    "font.sans-serif": FAMILY,  # asked for in an SVG alone: all else is drawn from the font's own file
    "pdf.fonttype": 42,  # letters stay text, with their font embedded
    "text.hinting": "no_hinting",  # widths are then those that `measure` gives, at any resolution
    "text.usetex": False,
    "path.simplify": False,
}

Pixels = npt.NDArray[np.uint8]

_DRAWING = RLock()


@contextmanager
def drawing() -> Iterator[None]:
    """Matplotlib's settings for the time of a drawing. Threads take turns, for the settings are the process's own."""
    with _DRAWING, matplotlib.rc_context(_SETTINGS):
        yield


@dataclass(frozen=True)
class Box:
    """A rectangle on a page: its lower left corner and its size, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def top(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: Box, gap: float = 0) -> bool:
        """Whether the two have more than an edge in common, or come nearer than ``gap`` points."""
        across = self.x < other.right + gap and other.x < self.right + gap
        return across and self.y < other.top + gap and other.y < self.top + gap

    def holds(self, other: Box, slack: float = 0.01) -> bool:
        """Whether the other lies inside, up to ``slack`` points."""
        across = self.x - slack <= other.x and other.right <= self.right + slack
        return across and self.y - slack <= other.y and other.top <= self.top + slack

    def grown(self, by: float) -> Box:
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def below(self, height: float) -> Box:
        """The rectangle without its uppermost ``height`` points."""
        return Box(self.x, self.y, self.width, self.height - height)


class Sheet:
    """One page: ``width`` and ``height`` in points. ``texts`` lists what was written, in order and with its size."""

    def __init__(self, width: float, height: float) -> None:
        self.figure = Figure(figsize=(width / 72, height / 72), facecolor=WHITE)
        self.width, self.height = width, height
        self.points = Affine2D().scale(1 / 72) + self.figure.dpi_scale_trans
        self.texts: list[tuple[str, float]] = []
        self._above = 10.0
        self._lines: Lines | None = None

    def add(self, artist: Artist, *, clip: Box | None = None) -> None:
        """Lays an artist, whose coordinates are points, above all before it."""
        self._above += 1
        self._lines = None  # what is written from now on lies above this artist
        artist.set(transform=self.points, zorder=self._above)
        self.figure.add_artist(artist)
        if clip:
            edge = self.figure.patch.__class__((clip.x, clip.y), clip.width, clip.height, transform=self.points)
            artist.set_clip_path(edge)

    def axes(self, box: Box) -> Axes:
        """Bare axes over ``box``, under everything that is drawn on the page itself."""
        place = (box.x / self.width, box.y / self.height, box.width / self.width, box.height / self.height)
        axes = self.figure.add_axes(place, frameon=False, xticks=[], yticks=[])
        axes.set_zorder(1)
        return axes

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        style: str = "regular",
        colour: str = INK,
        align: str = "left",
        halo: float = 0,
        link: str = "",
        upright: bool = False,
    ) -> None:
        """One line of text; ``halo`` is the width in points of a white edge round its letters.

        An ``upright`` text runs upwards, its base line to the right.
        """
        text = legible(text, style)
        if not text:
            return
        shift = {"center": 0.5, "right": 1.0}[align] * measure(text, size, style) if align != "left" else 0.0
        font = font_of(style, size)
        if halo:
            edge = {"edgecolor": WHITE, "linewidth": 2 * halo, "joinstyle": "round"}
            place = Affine2D().translate(x - shift, y)
            self.add(PathPatch(place.transform_path(outline(text, font)), facecolor=WHITE, alpha=0.85, **edge))
        if self._lines is None:
            lines = Lines()
            self.add(lines)
            self._lines = lines
        left, base = (x, y - shift) if upright else (x - shift, y)
        self._lines.lines.append(Line(left, base, text, font, colour, link, 90.0 if upright else 0.0))
        self.texts.append((text, size))

    def line(
        self, points: Sequence[tuple[float, float]], *, colour: str = RULE, width: float = 0.5, clip: Box | None = None
    ) -> None:
        xs, ys = zip(*points, strict=True)
        self.add(Line2D(xs, ys, color=colour, linewidth=width, solid_capstyle="butt"), clip=clip)

    def box(self, box: Box, *, clip: Box | None = None, rounded: float = 0, **style: Any) -> None:
        """A rectangle; ``style`` is matplotlib's (``facecolor``, ``edgecolor``, ``linewidth`` and the like)."""
        if rounded:
            form = f"round,pad=0,rounding_size={rounded}"
            self.add(FancyBboxPatch((box.x, box.y), box.width, box.height, boxstyle=form, **style), clip=clip)
            return
        corners = [(box.x, box.y), (box.right, box.y), (box.right, box.top), (box.x, box.top)]
        self.add(Polygon(corners, closed=True, **style), clip=clip)

    def shape(self, corners: np.ndarray[Any, Any], *, clip: Box | None = None, **style: Any) -> None:
        """A closed shape through ``corners`` (an array of shape (n, 2), points)."""
        self.add(Polygon(corners, closed=True, **style), clip=clip)

    def circle(self, x: float, y: float, radius: float, **style: Any) -> None:
        self.add(Circle((x, y), radius, **style))

    def wedge(self, x: float, y: float, radius: float, turn: tuple[float, float], **style: Any) -> None:
        """A slice; ``turn`` is from and to in degrees counter-clockwise from the right."""
        self.add(Wedge((x, y), radius, *turn, **style))


def save(sheets: Sequence[Sheet], form: str, *, title: str, made_by: str) -> list[bytes]:
    """The sheets as files: for ``pdf`` one file of all pages, else one file a sheet. The same sheets, the same bytes.

    To be called within `drawing`. Raises ``ValueError`` for another format than those of `PICTURES`.
    """
    if form == "pdf":
        target = io.BytesIO()
        known: Mapping[str, str | None] = {"Title": title, "Creator": made_by, "CreationDate": None}
        with PdfPages(target, metadata=dict(known)) as pages:
            for sheet in sheets:
                pages.savefig(sheet.figure)
        return [target.getvalue()]
    if form not in PICTURES:
        raise ValueError(f"{form!r} is not a format of the briefing picture (one of: {', '.join(PICTURES)})")
    if form == "png":
        about = {"Title": title, "Software": made_by}
        with ThreadPoolExecutor(max_workers=2) as pool:  # one page is packed while the next one is painted
            return [packed.result() for packed in [pool.submit(_png, painted(sheet), about) for sheet in sheets]]
    files = []
    for sheet in sheets:
        target = io.BytesIO()
        sheet.figure.savefig(target, format="svg", metadata={"Title": title, "Creator": made_by, "Date": None})
        files.append(target.getvalue())
    return files


def painted(sheet: Sheet, dpi: int = DPI) -> Pixels:
    """The sheet as RGBA, shape (rows, columns, 4), the uppermost row first. To be called within `drawing`."""
    sheet.figure.set_dpi(dpi)
    canvas: Any = FigureCanvasAgg(sheet.figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())


def _packed(pixels: npt.NDArray[np.uint8]) -> bytes:
    """As zlib (RFC 1950) packs them, by two threads: what deflate makes of the two halves may follow one another."""

    def part(half: npt.NDArray[np.uint8], how_it_ends: int) -> bytes:
        packer = zlib.compressobj(3, wbits=-zlib.MAX_WBITS)
        return packer.compress(half.data) + packer.flush(how_it_ends)

    upper, lower = np.array_split(pixels, 2)
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(part, upper, zlib.Z_FULL_FLUSH)
        last = part(lower, zlib.Z_FINISH)
        first = coming.result()
    return b"\x78\x01" + first + last + struct.pack(">I", zlib.adler32(lower.data, zlib.adler32(upper.data)))


def _png(pixels: Pixels, about: Mapping[str, str]) -> bytes:
    """A PNG (W3C, Portable Network Graphics, second edition) of 8-bit RGB, its rows unfiltered.

    Text and flat colours pack smaller without filters, in a third of the time that trying them takes.
    """
    high, wide, _ = pixels.shape
    rows = np.zeros((high, 1 + wide * 3), dtype=np.uint8)  # each row begins with the number of its filter: none
    rows[:, 1:].reshape(high, wide, 3)[:] = pixels[..., :3]
    dots_per_metre = round(DPI / 0.0254)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">IIB", dots_per_metre, dots_per_metre, 1)),
            *(_chunk(b"iTXt", f"{name}\0\0\0\0\0{text}".encode()) for name, text in about.items()),
            _chunk(b"IDAT", _packed(rows.reshape(-1))),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
