"""The third dimension, with pydeck: the space–time cube, where height is time, and columns of density."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, log2, radians, sin
from typing import Any, cast

import ibis
import ibis.expr.types as ir
import pydeck as pdk
import streamlit as st

from dashboard.parts import legend
from dashboard.parts.style import text
from dashboard.state.view import View
from geodata.briefing import signs
from geodata.count import hexagons, occurrences
from geodata.count.hexagons import CELL
from geodata.model.names import place_of
from geodata.model.region import KM_PER_DEGREE, Extent
from geodata.model.row import Row, first_possible
from geodata.model.text import number_of
from geodata.store.dataset import Dataset
from geodata.tell import facts
from geodata.timemap import extents, land, marks


@dataclass(frozen=True)
class Scene:
    """What is seen at first: the middle and the corner of the scale of time in degrees (WGS 84), and heights in metres.

    ``tall`` is between the first and the last day shown; ``ground`` keeps the earliest day above the land.
    """

    longitude: float
    latitude: float
    zoom: float
    corner: tuple[float, float]
    tall: float
    ground: float


def scene(extent: Extent) -> Scene:
    """The scene of a box: a little of what lies round it, seen from the south, with the scale beyond its north-west.

    The box takes the width of a phone.
    """
    west, south, east, north = extent
    wide, high = max(east - west, 0.05), max(north - south, 0.05)
    latitude = (south + north) / 2 + 0.15 * high  # what is far off takes less of the picture
    metres = wide * 1000 * KM_PER_DEGREE * cos(radians(latitude))
    zoom = max(0.0, log2(200 / max(wide, 1.5 * high)))
    return Scene((west + east) / 2, latitude, zoom, (west, north + 0.12 * high), 0.57 * metres,
                 0.027 * metres)  # fmt: skip


MOST_POINTS = 20_000
"""Points that software rendering still turns smoothly; beyond it the newest are drawn and the screen says so."""


UNLIT = {"ambient": 1, "diffuse": 0, "specularColor": [0, 0, 0]}
"""A material that keeps the colours of the legend, which deck.gl's lamps would darken."""


INK = [29, 39, 51]

FONT = pdk.types.String('system-ui, "Noto Sans", "Attest DejaVu", sans-serif')

ALL_LETTERS = pdk.types.String("auto")
"""Deck.gl draws the letters of ASCII alone unless it is told to look which there are."""

HEIGHT = 560
"""Of the picture, in pixels."""

PITCH = 50
"""Degrees by which the picture is tilted at first."""

MOST_TOLD = 12
"""Names that the pointer shows of one column."""

MOST_NAMES = 16
"""Names on the ground, or over columns."""

LETTER, LINE = 8, 20
"""Pixels that a letter of a name takes of its line, and the line, where it stands nearest."""

BLUES = ("#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#084594")
"""Colours of columns, from few reports to many."""

_sign = st.components.v2.component("attest_painted", html='<p role="status"></p>', js=text("painted.js"), css="""
    p { margin: 0 auto; width: max-content; max-width: 90%; box-sizing: border-box; padding: 8px 16px; color: #1d2733;
        background: #fff; border: 1px solid #c3cad2; border-radius: 6px;
        font: 14px/1.4 system-ui, "Noto Sans", sans-serif; }
    p[hidden] { display: none; }
""")  # fmt: skip


def show(view: View) -> None:
    """A choice between cube and density, and the chosen view."""
    dataset, chosen = view.dataset, view.chosen
    kind = st.segmented_control(
        "View",
        ("Space–time cube", "Density"),
        key="cube_kind",
        default="Space–time cube",
        label_visibility="collapsed",
        required=True,
    )
    events, placed = occurrences.told(dataset, chosen), occurrences.at_points(dataset, chosen)
    vague, points = _sizes(dataset, events, placed)
    if not points:
        st.caption("No report with a place and a date is shown.")
        return
    seen = scene(_ground(dataset))
    drawn = points
    if kind == "Density":
        how = ("Columns count reports of occurrences within 12 km: the taller and darker, the more. The number over a "
               "column is how many, the name is its most told place.")  # fmt: skip
        layers, categories = _density(view, seen)
        drawn = sum(occurrences.by_cell(dataset, chosen, seen.latitude).cells["reports"].to_pylist())
    else:
        how = ("Each point is a report of an occurrence; the higher it stands, the later its first possible day. "
               "The pole in the north-west is the scale of time; names stand on the ground.")  # fmt: skip
        rows = _latest(dataset, placed)
        drawn = len(rows)
        layers, categories = _cube(view, rows, seen)
    st.caption(f"{how} Not drawn: {vague:,} placed only in a province, region or country, for their place is no point.")
    if points > drawn:
        which = f"the {occurrences.MOST_CELLS:,} tallest columns" if kind == "Density" else "the latest"
        st.caption(f"Drawn are {which}: {drawn:,} of {points:,} reports.")
    legend.colours("cube_colours", categories)
    alt = f"{kind} of {drawn:,} reports; the pages Map and Disagreements tell them in words."
    _picture([_land(dataset), *layers], seen, alt)


def _latest(dataset: Dataset, placed: ir.Table) -> list[Row]:
    """The newest reports, `MOST_POINTS` at most, the newest first."""
    # Where they begin is asked first: to sort whole rows of a large table takes many times as long.
    numbers = dataset.fetch(placed.select("row").order_by(ibis.desc("row")).limit(MOST_POINTS))["row"].to_numpy()
    rows = placed.filter(placed.row >= int(numbers.min())).order_by(ibis.desc("row"))
    latest: list[Row] = dataset.fetch(rows).to_pylist()
    return latest


def _picture(layers: list[pdk.Layer], seen: Scene, alt: str) -> None:
    """The picture; until it is painted, and where it cannot be, a sign says so."""
    with st.container(key="cube"):
        _sign(key="cube_sign", data={
            "waiting": "Drawing the picture: without a graphics card this takes some seconds.",
            "failed": "The picture has not come. It takes WebGL, which this browser may not have; the page Map shows "
                      "the same reports.",
        })  # fmt: skip
        st.pydeck_chart(
            pdk.Deck(
                layers=layers,
                map_provider=None,
                initial_view_state=pdk.ViewState(
                    latitude=seen.latitude, longitude=seen.longitude, zoom=seen.zoom, pitch=PITCH, bearing=-14
                ),
                tooltip={"text": "{label}"},
            ),
            height=HEIGHT,
            alt=alt,
        )


def _ground(dataset: Dataset) -> Extent:
    """What the map opens on; where that reaches across the antimeridian, the whole world, which is drawn once here."""
    box: Extent = extents.home(dataset)["box"]
    return box if box[2] <= 180 else extents.extent(dataset)


def _land(dataset: Dataset) -> pdk.Layer:
    """The land under the points."""
    return pdk.Layer(
        "GeoJsonLayer",
        land.shapes(dataset, _ground(dataset)),
        id="land",
        stroked=True,
        filled=True,
        get_fill_color=[247, 245, 240],
        get_line_color=[156, 148, 134],
        line_width_min_pixels=1,
    )


def _sizes(dataset: Dataset, events: ir.Table, placed: ir.Table) -> tuple[int, int]:
    """How many reports stand for areas, and how many for points."""
    points = int(dataset.fetch(placed.aggregate(n=placed.count()))["n"][0].as_py())
    return int(dataset.fetch(events.aggregate(n=events.count()))["n"][0].as_py()) - points, points


def without_overlap(texts: Iterable[tuple[str, list[float]]], seen: Scene) -> list[dict[str, Any]]:
    """Texts at their places, without those that would lie over an earlier one in the picture that is seen at first."""
    pixels = 512 * 2**seen.zoom / 360  # of a degree of longitude
    kept: list[tuple[float, float, float]] = []
    shown: list[dict[str, Any]] = []
    for said, position in texts:
        longitude, latitude, height = position
        wide = len(said) * LETTER + 8
        north = latitude / cos(radians(seen.latitude)) * cos(radians(PITCH))
        up = height / (1000 * KM_PER_DEGREE * cos(radians(seen.latitude))) * sin(radians(PITCH))
        x, y = longitude * pixels, (north + up) * pixels
        if said and not any(abs(x - left) < (wide + other) / 2 and abs(y - low) < LINE for left, low, other in kept):
            kept.append((x, y, wide))
            shown.append({"position": position, "text": said})
        if len(shown) == MOST_NAMES:
            break
    return shown


def _names_layer(names: list[dict[str, Any]], offset: int) -> pdk.Layer:
    """Names on white, so that they are read over land and lines; they never hide behind what they name."""
    return pdk.Layer(
        "TextLayer", names, id="names", get_position="position", get_text="text", get_size=12, get_color=INK,
        get_pixel_offset=[0, offset], background=True, get_background_color=[255, 255, 255, 205],
        background_padding=[3, 1], character_set=ALL_LETTERS, font_family=FONT, parameters={"depthCompare": "always"},
    )  # fmt: skip


def _cube(view: View, rows: list[Row], seen: Scene) -> tuple[list[pdk.Layer], list[marks.Category]]:
    """Points at the height of their first possible day inside the window, a stem under each, and a scale of time.

    With them the categories that their colours and letters stand for.
    """
    dataset, chosen = view.dataset, view.chosen
    low = chosen.first or min(first_possible(row) for row in rows)
    high = chosen.last or max(first_possible(row) for row in rows)
    span = max(1, (high - low).days)

    def height(day: date) -> float:
        return seen.ground + (min(max(day, low), high) - low).days / span * seen.tall

    scheme = marks.schemes(dataset)[view.look.colour]
    points, told, codes = [], Counter[tuple[str, float, float]](), set()
    for row in rows:
        code = scheme.code_of[cast("dict[str, str]", row)[scheme.field]]
        codes.add(code)
        place = place_of(row, dataset.places, view.look.naming)
        point = _point(dataset, row, scheme.categories[code], place, height(first_possible(row)))
        told[place, point["foot"][0], point["foot"][1]] += 1
        points.append(point)
    names = without_overlap(((place, [x, y, 0.0]) for (place, x, y), _ in told.most_common()), seen)
    layers = [
        pdk.Layer("LineLayer", points, id="stems", get_source_position="foot", get_target_position="position",
                  get_color=[90, 100, 115, 110], get_width=1),
        _names_layer(names, 12),
        *_scale([low + timedelta(days=round(span * part / 4)) for part in range(5)], height, seen),
        pdk.Layer("PointCloudLayer", points, id="cube", get_position="position", get_color="colour", point_size=8,
                  material=UNLIT, pickable=True),
        pdk.Layer("TextLayer", points, id="letters", get_position="position", get_text="letter", get_size=11,
                  get_color="ink", character_set=ALL_LETTERS, font_family=FONT, font_weight=600),
    ]  # fmt: skip
    return layers, [category for code, category in enumerate(scheme.categories) if code in codes]


def _point(dataset: Dataset, row: Row, category: marks.Category, place: str, height: float) -> dict[str, Any]:
    """A report at ``height`` metres over its place, with the words that the pointer shows."""
    foot = [cast("float", row["longitude"]), cast("float", row["latitude"]), 0.0]
    standing = f"({row['claim_status']})" if row["claim_status"] else ""
    return {
        "foot": foot,
        "position": [*foot[:2], height],
        "colour": [*_channels(category.colour), 255],
        "letter": category.letter,
        "ink": [*_channels(signs.text_on(category.colour)), 255],
        "label": f"{row['title']}\n{category.letter} {category.name}\n"
        f"{place}, {facts.when(row)}\n"
        f"{' '.join(filter(None, (row['claimed_by'], standing)))}\n"
        f"{facts.cited_in_short(dataset.sources[row['source_id']].label, row['paragraphs'])}",
    }


def _scale(ticks: list[date], height: Callable[[date], float], seen: Scene) -> list[pdk.Layer]:
    """The scale of time: a pole with days at their heights, or months where they are years apart."""
    corner = seen.corner
    form = "{day:%b %Y}" if (ticks[-1] - ticks[0]).days > 2 * 366 else "{day.day} {day:%b %Y}"
    scale = [{"position": [*corner, height(day)], "text": form.format(day=day)} for day in ticks]
    pole = [{"foot": [*corner, 0], "position": [*corner, seen.tall]}]
    return [
        pdk.Layer("LineLayer", pole, id="pole", get_source_position="foot", get_target_position="position",
                  get_color=INK, get_width=2),
        pdk.Layer("TextLayer", scale, id="scale", get_position="position", get_text="text", get_size=13,
                  get_color=INK, get_text_anchor="'end'", get_pixel_offset=[-8, 0], font_family=FONT),
    ]  # fmt: skip


def _channels(colour: str) -> list[int]:
    """Red, green and blue of ``#rrggbb``."""
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _density(view: View, seen: Scene) -> tuple[list[pdk.Layer], list[marks.Category]]:
    """Columns with their numbers, the taller the more, and what their colours stand for."""
    told = occurrences.by_cell(view.dataset, view.chosen, seen.latitude)
    cells, reports = told.cells["cell"].to_numpy(), told.cells["reports"].to_numpy()
    middles = hexagons.middles(cells, seen.latitude).tolist()
    most = int(reports[0])
    spans = hexagons.steps(most, len(BLUES))
    colours = BLUES[-len(spans) :]
    names: dict[int, list[str]] = defaultdict(list)
    for row in told.places.to_pylist():
        within, name = names[row["cell"]], place_of(row, view.dataset.places, view.look.naming)
        if name and name not in within:
            within.append(name)
    columns: list[dict[str, Any]] = []
    for cell, many, middle in zip(cells.tolist(), reports.tolist(), middles, strict=True):
        within = names[cell]
        step = next(step for step, (_, last) in enumerate(spans) if many <= last)
        height = seen.tall * 0.68 * many / most  # the tallest is two thirds as high as the scale of time
        more = f" and {len(within) - MOST_TOLD:,} more" if len(within) > MOST_TOLD else ""
        columns.append({
            "position": [*middle, 0.0], "height": height, "colour": _channels(colours[step]),
            "top": [*middle, height], "name": f"{within[0]} · {many:,}" if within else f"{many:,}",
            "label": f"{number_of(many, 'report')}: {', '.join(within[:MOST_TOLD])}{more}",
        })  # fmt: skip
    shown = without_overlap(((column["name"], column["top"]) for column in columns), seen)
    layer = pdk.Layer(
        "ColumnLayer", columns, id="density", get_position="position", get_elevation="height", get_fill_color="colour",
        disk_resolution=6, radius=CELL, coverage=0.85, extruded=True, pickable=True,
    )  # fmt: skip
    numbers = (f"{first:,}" if first == last else f"{first:,} to {last:,}" for first, last in spans)
    said = [marks.Category(number, "", colour) for number, colour in zip(numbers, colours, strict=True)]
    last = said[-1]
    said[-1] = marks.Category(f"{last.name} reports", "", last.colour)
    return [layer, _names_layer(shown, -12)], said
