"""The third dimension, with pydeck: the space–time cube, where height is time, and columns of density."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, log2, radians
from typing import cast

import ibis
import ibis.expr.types as ir
import pydeck as pdk
import streamlit as st

from dashboard.parts.style import plain
from dashboard.state.view import View
from geodata.model.names import place_of
from geodata.model.region import KM_PER_DEGREE, Extent
from geodata.model.row import Row, first_possible
from geodata.model.selection import select
from geodata.model.vocabulary import AREAS
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
    """The scene of a box: a little of what lies round it, seen from the south, with the scale beyond its north-west."""
    west, south, east, north = extent
    wide, high = max(east - west, 0.05), max(north - south, 0.05)
    latitude = (south + north) / 2 + 0.15 * high  # what is far off takes less of the picture
    metres = wide * 1000 * KM_PER_DEGREE * cos(radians(latitude))
    zoom = max(0.0, log2(165 / max(wide, 1.5 * high)))
    return Scene((west + east) / 2, latitude, zoom, (west - 0.28 * wide, north + 0.12 * high), 0.57 * metres,
                 0.027 * metres)  # fmt: skip


MOST_POINTS = 20_000
"""Points that software rendering still turns smoothly; beyond it the newest are drawn and the screen says so."""


UNLIT = {"ambient": 1, "diffuse": 0, "specularColor": [0, 0, 0]}
"""A material that keeps the colours of the legend, which deck.gl's lamps would darken."""


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
    shown = select(dataset.reports, chosen)
    events = shown.filter(shown.latitude.notnull() & shown.first_day.notnull() & (shown.place_role != "subject"))
    placed = events.filter(~events.precision.isin(AREAS))
    rows = dataset.fetch(placed.order_by(ibis.desc("row")).limit(MOST_POINTS)).to_pylist()
    if not rows:
        st.caption("No report with a place and a date is shown.")
        return
    vague, points = _sizes(dataset, events, placed)
    scheme = marks.schemes(dataset)[view.look.colour]
    how = (
        "Columns count reports of occurrences within 12 km: the taller and darker, the more."
        if kind == "Density"
        else "Each point is a report of an occurrence; the higher it stands, the later its first possible day. "
        f"The pole in the north-west is the scale of time; colours are those of the map: {plain(scheme.title.lower())}."
    )
    st.caption(f"{how} Not drawn: {vague} placed only in a province, region or country, for their place is no point.")
    if points > len(rows):
        st.caption(f"Drawn are the latest {len(rows):,} of {points:,} reports.")
    seen = scene(_ground(dataset))
    layers = [_density(rows, seen)] if kind == "Density" else _cube(view, rows, seen)
    st.pydeck_chart(
        pdk.Deck(
            layers=[_land(dataset), *layers],
            map_provider=None,
            initial_view_state=pdk.ViewState(
                latitude=seen.latitude, longitude=seen.longitude, zoom=seen.zoom, pitch=50, bearing=-14
            ),
            tooltip={"text": "{elevationValue} reports" if kind == "Density" else "{label}"},
        ),
        height=520,
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


def _cube(view: View, rows: list[Row], seen: Scene) -> list[pdk.Layer]:
    """Points at the height of their first possible day inside the window, a stem under each, and a scale of time."""
    dataset, chosen = view.dataset, view.chosen
    low = chosen.first or min(first_possible(row) for row in rows)
    high = chosen.last or max(first_possible(row) for row in rows)
    span = max(1, (high - low).days)

    def height(day: date) -> float:
        return seen.ground + (min(max(day, low), high) - low).days / span * seen.tall

    scheme = marks.schemes(dataset)[view.look.colour]
    points = []
    for row in rows:
        category = scheme.categories[scheme.code_of[cast("dict[str, str]", row)[scheme.field]]]
        standing = f"({row['claim_status']})" if row["claim_status"] else ""
        foot = [row["longitude"], row["latitude"], 0]
        points.append(
            {
                "foot": foot,
                "position": [*foot[:2], height(first_possible(row))],
                "colour": [int(category.colour[start : start + 2], 16) for start in (1, 3, 5)] + [255],
                "label": f"{row['title']}\n{category.letter} {category.name}\n"
                f"{place_of(row, dataset.places, view.look.naming)}, {facts.when(row)}\n"
                f"{' '.join(filter(None, (row['claimed_by'], standing)))}\n"
                f"{facts.cited_in_short(dataset.sources[row['source_id']].label, row['paragraphs'])}",
            }
        )
    corner = seen.corner
    ticks = [low + timedelta(days=round(span * part / 4)) for part in range(5)]
    scale = [{"position": [*corner, height(day)], "text": f"{day.day} {day:%b %Y}"} for day in ticks]
    pole = [{"foot": [*corner, 0], "position": [*corner, seen.tall]}]
    return [
        pdk.Layer("LineLayer", points, id="stems", get_source_position="foot", get_target_position="position",
                  get_color=[90, 100, 115, 110], get_width=1),
        pdk.Layer("LineLayer", pole, id="pole", get_source_position="foot", get_target_position="position",
                  get_color=[29, 39, 51], get_width=2),
        pdk.Layer("TextLayer", scale, id="scale", get_position="position", get_text="text", get_size=13,
                  get_color=[29, 39, 51], get_text_anchor="'end'", get_pixel_offset=[-8, 0]),
        pdk.Layer("PointCloudLayer", points, id="cube", get_position="position", get_color="colour", point_size=7,
                  material=UNLIT, pickable=True),
    ]  # fmt: skip


def _density(rows: list[Row], seen: Scene) -> pdk.Layer:
    points = [{"position": [row["longitude"], row["latitude"]]} for row in rows]
    return pdk.Layer(
        "HexagonLayer",
        points,
        id="density",
        get_position="position",
        radius=12_000,
        elevation_range=[0, 1000],
        elevation_scale=seen.tall / 1460,  # the tallest column stands two thirds as high as the scale of time
        extruded=True,
        coverage=0.85,
        pickable=True,
        color_range=[[198, 219, 239], [158, 202, 225], [107, 174, 214], [66, 146, 198], [33, 113, 181], [8, 69, 148]],
    )
