"""What a place is called: both parties' names where they contest it, or its name in one language the reader chose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geodata.schema import Place

NAMINGS: Mapping[str, str] = {
    "both": "both parties' names where they contest it",
    "en": "English",
    "hy": "Հայերեն (Armenian)",
    "az": "Azərbaycanca (Azerbaijani)",
    "ru": "Русский (Russian)",
}
"""Ways to name places. ``both`` is what the page opens with."""


def name_of(place: Place, naming: str = "both") -> str:
    """The place's name as ``naming`` (a key of `NAMINGS`) has it.

    A place without a name in that language keeps its label: no language is made up.
    """
    if naming == "en":
        return place.name
    cell = {"hy": place.names_hy, "az": place.names_az, "ru": place.names_ru}.get(naming, "")
    first = cell.split("|")[0].split(" (")[0].strip()  # "Շուշի (Shushi)": the romanisation is for search
    return first or place.label


def place_of(row: Mapping[str, Any], places: Mapping[str, Place], naming: str = "both") -> str:
    """The name of a report's place: that of the gazetteer, else as the document writes it, else blank."""
    place = places.get(row["place_id"])
    return name_of(place, naming) if place else str(row["place_label"])
