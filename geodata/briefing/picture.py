"""The briefing picture: a map of the reports selected, on which every mark's number leads to who says so."""

from __future__ import annotations

from collections.abc import Sequence

import shapely

from geodata.briefing import labels, land, layers, orientation, signs, wording
from geodata.briefing.candidates import Label
from geodata.briefing.composition import Composition, Leaf, compose, running, short_foot, sizes
from geodata.briefing.frame import Frame, Scale, graticule
from geodata.briefing.inset import inset
from geodata.briefing.lettering import measure
from geodata.briefing.numbered import Numbered
from geodata.briefing.print import Print
from geodata.briefing.sheet import EDGE, INK, MUTED, RULE, WHITE, Box, Sheet, drawing, save
from geodata.briefing.timeline import timeline
from geodata.briefing.typeset import LEADING, Line, put, write
from geodata.formats import PICTURES, Shape


def pages(printed: Print, shape: str = "slide", form: str = "png", *, whole: bool = False) -> list[bytes]:
    """The picture as files: ``shape`` a key of `SHAPES`, ``form`` one of ``png`` (300 dpi), ``svg`` and ``pdf``.

    One page, with what of the key has room there. With ``whole`` the key goes on on further pages: of the one PDF, else
    as further files. The same print gives the same bytes. Raises ``ValueError`` for another shape or format, and
    `Unprintable` for a selection that a key cannot attribute.
    """
    if form not in PICTURES:
        raise ValueError(f"{form!r} is not a format of the briefing picture (one of: {', '.join(PICTURES)})")
    with drawing():
        sheets = draw(compose(printed, shape, whole=whole))
        return save(sheets, form, title=wording.title(printed), made_by=printed.made_by)


def draw(made: Composition) -> list[Sheet]:
    """The composition's pages. To be called within `sheet.drawing`."""
    sheets = [_map_page(made)]
    for number, leaf in enumerate(made.leaves[1:], start=2):
        sheets.append(_key_page(made, leaf, number))
    return sheets


def _map_page(made: Composition) -> Sheet:
    page, printed, places = made.shape, made.printed, made.places
    leaf = made.leaves[0]
    sheet = Sheet(page.width, leaf.height)
    top = leaf.height - page.margin
    for lines, size in zip(made.head, sizes(page), strict=True):
        top = write(sheet, lines, page.margin, top - size, size) + size
    draw_map(sheet, printed, made.frame, made.shown, made.labels, size=page.text)
    _scale(sheet, made)
    line = places["timeline"]
    if "inset" in places and made.frame.regional:
        inset(sheet, printed, made.frame, places["inset"], page.text)
    elif "inset" in places:
        line = Box(places["inset"].x, line.y, line.right - places["inset"].x, line.height)
    timeline(sheet, printed, line, page.text)
    made.legend.draw(sheet, places["legend"].x, places["legend"].top)
    put(sheet, leaf.key)
    if len(made.leaves) > 1:
        onward = "Key continued" if leaf.key else "Key"
        further = "page 2" if len(made.leaves) == 2 else f"pages 2–{len(made.leaves)}"
        below = places["key"].y + 0.2 * page.text
        sheet.text(places["key"].x, below, f"{onward} on {further}", page.text, style="bold")
    close(sheet, page, made.foot)
    return sheet


def draw_map(
    sheet: Sheet, printed: Print, frame: Frame, shown: Numbered, placed: Sequence[Label], *, size: float
) -> None:
    """The map itself, with its graticule round it, at a type of ``size``. Where labels stand, `labelled` has said."""
    unit, categories = signs.unit_of(size), printed.colouring.categories
    axes = sheet.axes(frame.box)
    land.paint(axes, frame, printed.dataset.case.boundaries)
    layers.paint(axes, frame, printed, unit)
    for line in graticule(frame):
        for piece in line.pieces:
            sheet.line([(float(x), float(y)) for x, y in piece], colour="#8fa3b3", width=0.3)
        if line.edge is None:
            continue
        if line.is_parallel:
            if frame.box.y + 2 * size < line.edge < frame.box.top - 2 * size:
                side = frame.box.x - 0.45 * size
                sheet.text(side, line.edge, line.name, size, colour=MUTED, align="center", upright=True)
        elif frame.box.x + size < line.edge < frame.box.right - size:
            sheet.text(line.edge, frame.box.y - 1.15 * size, line.name, size, colour=MUTED, align="center")
    for mark in shown.marks:
        if mark.is_area:
            signs.area(sheet, mark.rim, frame.box, unit)
    pins = [labels.sign_box(mark, unit) for mark in shown.marks if not mark.is_area]
    marked = frozenset(entry.place for mark in shown.marks for entry in mark.entries)
    discs = shapely.union_all([shapely.Polygon(mark.rim) for mark in shown.marks if mark.is_area]).buffer(3)
    taken = [*pins, *(label.box for label in placed)]
    orientation.draw(sheet, frame, printed, taken, size, discs=discs, marked=marked)
    sheet.box(frame.box, fill=False, edgecolor=EDGE, linewidth=0.8)
    for mark in sorted(shown.marks, key=lambda mark: -mark.radius):
        if not mark.is_area:
            signs.stack(sheet, mark.x, mark.y, mark.radius, mark.parts, categories=categories, unit=unit)
    labels.draw(sheet, placed, shown.marks, categories, size)


def _scale(sheet: Sheet, made: Composition) -> None:
    box, size = made.places["scale"], made.shape.text
    y = box.top - 2.95 * size
    scale_bar(sheet, made.scale, box.x, y, size)
    kind = "Lambert conformal conic" if "lcc" in made.frame.crs else (
        "Equal Earth" if "eqearth" in made.frame.crs else "Azimuthal equidistant")  # fmt: skip
    latitude = f"{abs(made.scale.latitude):.1f}°{'N' if made.scale.latitude >= 0 else 'S'}"
    short = f"scale true at {latitude}"
    ways = (f"{short} · {kind} · WGS 84", f"{short} · {kind}", short)
    free = box.width - made.scale.length - measure(f"{made.scale.kilometres:,g} km", size) - 2.5 * size
    text = next((way for way in ways if measure(way, size) <= free), short)
    sheet.text(box.right, y - 0.12 * size, text, size, colour=MUTED, align="right")


def scale_bar(sheet: Sheet, bar: Scale, x: float, y: float, size: float) -> None:
    """A bar of two halves from ``x`` to the right, its base at ``y``, with its length at its end."""
    half, high = bar.length / 2, 0.42 * size
    sheet.box(Box(x, y, half, high), facecolor=INK, edgecolor=INK, linewidth=0.5)
    sheet.box(Box(x + half, y, half, high), facecolor=WHITE, edgecolor=INK, linewidth=0.5)
    sheet.text(x + bar.length + 0.5 * size, y - 0.12 * size, f"{bar.kilometres:,g} km", size)


def _key_page(made: Composition, leaf: Leaf, number: int) -> Sheet:
    page, printed = made.shape, made.printed
    sheet = Sheet(page.width, leaf.height)
    lines = running(printed, page, number, len(made.leaves))
    write(sheet, lines, page.margin, leaf.height - page.margin - page.lead, page.lead)
    put(sheet, leaf.key)
    close(sheet, page, short_foot(printed, page))
    return sheet


def close(sheet: Sheet, page: Shape, foot: Sequence[Line]) -> None:
    """The foot of a page, under a rule."""
    high = len(foot) * page.text * LEADING
    rule = page.margin + high + 0.25 * page.text
    sheet.line([(page.margin, rule), (page.width - page.margin, rule)], colour=RULE, width=0.6)
    write(sheet, foot, page.margin, page.margin + high - page.text, page.text)
