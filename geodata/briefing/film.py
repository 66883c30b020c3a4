"""Printed maps one after the other: as one GIF, for a slide or a page that shows no video, and as pictures."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pyarrow.compute as pc
from PIL import Image

from geodata.briefing.composition import compose
from geodata.briefing.picture import draw
from geodata.briefing.print import Print
from geodata.briefing.sheet import drawing, painted
from geodata.count import counting
from geodata.formats import Unprintable
from geodata.model import dates
from geodata.store.opening import Progress, unseen

UNITS: Mapping[str, int] = {"year": 12, "quarter": 3, "month": 1}
"""Months of a step."""

MOST_FRAMES = 60
"""Pictures of a film: a minute of drawing and some megabytes."""

DPI = 110
"""Dots per inch of a frame: a slide is 1,467 pixels wide."""

STAYS = 1600
"""Milliseconds for which a frame stays."""


def film(printed: Print, unit: str, shape: str = "slide", *, progress: Progress = unseen) -> bytes:
    """A GIF with a frame for each ``unit`` (a key of `UNITS`) in which a report begins, over one extent of the map.

    Raises `Unprintable` where no report has a day, where there are more than `MOST_FRAMES`, and as `pages` does.
    """
    windows = spans(printed, unit)
    if not windows:
        raise Unprintable("no report that is shown begins on a known day")
    if len(windows) > MOST_FRAMES:
        raise Unprintable(f"{len(windows):,} pictures are more than the {MOST_FRAMES} of a film: take a longer step")
    chosen = [printed.chosen.having(first=first, last=last) for first, last in windows]
    prints = [replace(printed, chosen=one, extent=printed.region, fitted=False) for one in chosen]
    return gif(prints, STAYS, shape, progress=progress)


def gif(prints: Sequence[Print], stays: int, shape: str = "slide", *, progress: Progress = unseen) -> bytes:
    """A GIF with a frame for each print, which stays for so many milliseconds. Raises `Unprintable` as `pages` does."""
    pictures = list(painted_one_by_one(prints, DPI, shape, progress=progress))
    palette = _palette(pictures)
    frames = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
    made = io.BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:], duration=stays, loop=0, optimize=True)
    return made.getvalue()


def painted_one_by_one(
    prints: Sequence[Print], dpi: int, shape: str = "slide", *, progress: Progress = unseen
) -> Iterator[Image.Image]:
    """Each print as a picture of so many dots per inch. Raises `Unprintable` as `pages` does."""
    for number, printed in enumerate(prints):
        progress(f"Drawing picture {number + 1} of {len(prints)}", number / len(prints))
        with drawing():
            [sheet, *_] = draw(compose(printed, shape, whole=False))
            picture = Image.fromarray(painted(sheet, dpi)).convert("RGB")
        yield picture


def _palette(pictures: Sequence[Image.Image]) -> Image.Image:
    """The 256 colours that fill most of all pictures: the parties' are among them, which a mean of likes would blur."""
    filled: Counter[Any] = Counter()
    for picture in pictures:
        for pixels, colour in picture.getcolors(picture.width * picture.height) or ():
            filled[colour] += pixels
    made = Image.new("P", (1, 1))
    made.putpalette([part for colour, _ in filled.most_common(256) for part in colour])
    return made


def spans(printed: Print, unit: str) -> list[tuple[date, date]]:
    """First and last day of each year, quarter or month in which a report of the print begins."""
    months = UNITS[unit]
    chosen = printed.chosen
    days = counting.selected(printed.dataset, chosen, "first_day")["first_day"]
    known = pc.filter(days, pc.and_(pc.is_valid(days), pc.not_equal(days, dates.OPEN_START)))
    starts = {(day.year, (day.month - 1) // months * months + 1) for day in pc.unique(known).to_pylist()}
    whole = [(date(year, month, 1), _end(year, month + months)) for year, month in sorted(starts)]
    clipped = [(max(first, chosen.first or first), min(last, chosen.last or last)) for first, last in whole]
    return [(first, last) for first, last in clipped if first <= last]


def _end(year: int, month: int) -> date:
    """The last day before a month, which may be the thirteenth of a year or later."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1) - timedelta(days=1)
