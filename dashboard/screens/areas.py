"""Reports by area: how many lie in each for sure, and apart from them those that lie only somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from dashboard.parts.plain import plain
from dashboard.state.view import View
from geodata.briefing import Print
from geodata.briefing import areas as drawing
from geodata.count import areas
from geodata.count.areas import Counted, Layer
from geodata.exports import names
from geodata.formats import PICTURES
from geodata.model.names import place_of
from geodata.model.selection import Selection
from geodata.model.text import number_of
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset
from geodata.store.files import csv_text
from geodata.tell import areas as said
from geodata.tell import legend, nouns
from geodata.timemap import basemap
from geodata.timemap.basemap.areas import provinces

PICTURE_WIDTH = 860
"""Pixels of the picture at most: letters as large as those of the page."""

MOST_APART = 300
"""Places in the list of those that are in no area for sure; the caption counts the others."""

MOST_TOUCHED = 4
"""Areas that such a place touches, by name; the others are counted."""

REST = {"somewhere": "Somewhere, in no area surely", "outside": "Outside every area", "unplaced": "Without a place"}
"""The last lines of the table, in its first column: with them "Surely in it" adds up to all reports shown."""


@cache
def land() -> Layer:
    """The provinces of the base map."""
    return Layer.of("Provinces of the base map", provinces())


def layers(dataset: Dataset, first: date | None, last: date | None) -> Mapping[str, Layer]:
    """The layers to choose from, by a short name: those of the case have the areas that the window touches."""
    own = {f"layer {layer.number}": _own(dataset, layer.number, first, last) for layer in dataset.layers}
    return {"provinces": land(), **{name: layer for name, layer in own.items() if len(layer.areas)}}


@remembered(most=8)
def _own(dataset: Dataset, number: int, first: date | None, last: date | None) -> Layer:
    """The areas of a layer of the case."""
    layer = next(layer for layer in dataset.layers if layer.number == number)
    some = [one for one in layer.in_window(first, last) if one.geometry.geom_type in ("Polygon", "MultiPolygon")]
    names = [one.name or f"{layer.record.title}, area {at}" for at, one in enumerate(some, start=1)]
    frame = gpd.GeoDataFrame({"name": names}, geometry=[one.geometry for one in some], crs="EPSG:4326")
    origin = f"The areas are those of the layer “{layer.record.title}”, as its source has them: {layer.record.source}."
    return Layer.of(layer.record.title, frame, " ".join(filter(None, (origin, layer.record.terms))))


def show(view: View) -> None:
    """The choice of the layer, the sentence, the picture, the table and the places that are in no area for sure."""
    st.header("By area", anchor=False)
    if view.dataset.lacks("latitude"):
        st.info("This table does not tell where anything is.", icon=":material/info:")
        return
    layer = _chosen(view)
    counted = areas.count(view.dataset, view.chosen, layer, legend.WIDEST)
    st.markdown(f"**{plain(said.sentence(counted))}**")
    st.caption(f"{said.MEANING} {said.NO_FINDING}")
    if not counted.reports:
        return
    _picture(view, layer, counted)
    _table(view, layer, counted)
    _apart(view, layer, counted)


def _chosen(view: View) -> Layer:
    offered = layers(view.dataset, view.chosen.first, view.chosen.last)
    titles = {name: layer.title for name, layer in offered.items()}
    chosen = st.selectbox("Areas", list(offered), format_func=titles.__getitem__, key="areas", persist_state="session")
    return offered[chosen]


@remembered(most=4)
def _drawn(dataset: Dataset, chosen: Selection, layer: Layer, naming: str, *, made: date, form: str) -> bytes:
    counted = areas.count(dataset, chosen, layer, legend.WIDEST)
    return drawing.picture(Print(dataset, chosen, made, naming=naming), layer, counted, form)


def _picture(view: View, layer: Layer, counted: Counted) -> None:
    drawn = partial(_drawn, view.dataset, view.chosen, layer, view.look.naming, made=date.today())
    alt = (
        f"Map of the areas, the darker the more reports are surely in one. {said.sentence(counted)} The table has each."
    )
    st.image(drawn(form="png"), width=PICTURE_WIDTH, output_format="PNG", alt=alt)
    st.caption(plain(f"{layer.origin or said.OF_THE_LAND} {basemap.DISCLAIMER}"))
    with st.container(horizontal=True):
        for form in ("png", "svg"):
            st.download_button(
                f"Save the picture ({form.upper()})",
                partial(drawn, form=form),
                names.of_view(view.dataset, view.chosen, form, "areas"),
                PICTURES[form],
                on_click="ignore",
                key=f"areas_{form}",
            )


def _table(view: View, layer: Layer, counted: Counted) -> None:
    lines = _lines(view, layer, counted)
    silent = len(layer.areas) - len(lines)
    noun = nouns.of(view.dataset)
    named = {
        "area": "Area", "country": "Country of its record", "inside": "Surely in it", "about": "of them statements",
        "disputed": "of them disputed", "speakers": "Speakers", "sources": noun.said("Documents"),
        "touching": "Somewhere",
    }  # fmt: skip
    helps = {
        "Country of its record": "As the layer has it, by its code in ISO 3166",
        "of them statements": "Statements about the place, which do not tell of an event there",
        "Speakers": "Who tells the reports that are surely in it",
        "Somewhere": "Reports whose place touches it or is near; such a report stands in every such area",
    }
    dropped = [column for column, needed in NEEDED.items() if view.dataset.lacks(needed)]
    frame = pd.DataFrame(lines, columns=list(named)).drop(columns=dropped).rename(columns=named)
    configured = {name: st.column_config.Column(help=text) for name, text in helps.items()}
    st.dataframe(frame, hide_index=True, width="stretch", key="areas_table", column_config=configured,
                 height=min(420, 38 + 35 * max(1, len(frame))))  # fmt: skip
    st.caption(f"{number_of(silent, 'other area')}: {said.NOTHING_TOLD}.")
    st.download_button("Download the table (CSV)", partial(_csv, lines, counted),
                       names.of_view(view.dataset, view.chosen, "csv", "areas"), "text/csv",
                       on_click="ignore", key="areas_csv")  # fmt: skip


NEEDED = {"about": "place_role", "disputed": "disputed_by", "speakers": "claimed_by"}
"""Columns of the table that stand only where the dataset tells what they count."""


def _lines(view: View, layer: Layer, counted: Counted) -> list[dict[str, Any]]:
    """The areas with a report in them or touching them, those of most first."""
    names = said.names(view.dataset, layer, view.look.naming)
    told = [
        {"area": names[number], "country": layer.areas["country"][number], **line}
        for number, line in enumerate(counted.by_area.to_pylist())
        if line["inside"] or line["touching"]
    ]
    return sorted(told, key=lambda line: (-line["inside"], -line["touching"], line["area"]))


def _csv(lines: list[dict[str, Any]], counted: Counted) -> bytes:
    """The table, and below it the reports that are surely in no area."""
    columns = ["area", "country", *counted.by_area.column_names]
    blank = dict.fromkeys(columns, "")
    rest = [blank | {"area": label, "inside": getattr(counted, name)} for name, label in REST.items()]
    return csv_text(columns, [*lines, *rest]).encode("utf-8-sig")


def _apart(view: View, layer: Layer, counted: Counted) -> None:
    """The places that are in no area for sure, each with the areas that it touches."""
    if not counted.apart:
        return
    listed = counted.apart[:MOST_APART]
    box = st.expander("The places that are somewhere, in no area surely", key="areas_apart", on_change="rerun")
    st.caption(f"{number_of(len(counted.apart), 'place')}, {number_of(counted.somewhere, 'report')}.")
    if not box.open:
        return
    names = _places(view.dataset, [one.row for one in listed], view.look.naming)
    lines = [
        {"Place": names[one.row], "Reports": one.reports, "May lie in": _touched(view, layer, one.touched)}
        for one in listed
    ]
    with box:
        st.dataframe(pd.DataFrame(lines), hide_index=True, width="stretch", key="areas_apart_table")
        if len(counted.apart) > MOST_APART:
            st.caption(f"{len(counted.apart) - MOST_APART:,} more places.")


def _touched(view: View, layer: Layer, touched: tuple[int, ...]) -> str:
    if not touched:
        return f"not said: a country, or wider than {legend.WIDEST:g} km of radius"
    names = said.names(view.dataset, layer, view.look.naming)
    more = f" and {len(touched) - MOST_TOUCHED:,} more" if len(touched) > MOST_TOUCHED else ""
    return ", ".join(names[one] for one in touched[:MOST_TOUCHED]) + more


def _places(dataset: Dataset, rows: list[int], naming: str) -> dict[int, str]:
    """What the place of each of these reports is called."""
    found = dataset.numbered(rows).select("row", "place_id", "place_label")
    return {
        row["row"]: place_of(row, dataset.places, naming) or "not named" for row in dataset.fetch(found).to_pylist()
    }
