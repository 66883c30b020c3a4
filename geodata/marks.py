"""From reports to what the map draws: compact columns, the colours of each category, and a bitset of what is kept."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from geodata import basemap, dates
from geodata.dataset import Dataset
from geodata.schema import CLAIMANT_SIDES, EVENT_TYPES, FAMILIES, SIDE_NAMES

AREAS = ("province", "region", "country")
"""Precisions drawn as a disc and never as a point."""

CORE_REGION = ((38.7, 44.3), (41.3, 48.2))
"""South-west and north-east corner (latitude, longitude; WGS 84 degrees) of what the map opens on."""

FLAGS = {
    "subject": 1,
    "denied": 2,
    "confirmed": 4,
    "qualified": 8,
    "area": 16,
    "graphic": 32,
    "undated": 64,
    "unmapped": 128,
}
"""Bits of the column ``flags``; ``table.js`` reads the same numbers."""

PALETTE = ("#332288", "#DDCC77", "#117733", "#CC6677", "#88CCEE", "#882255", "#44AA99", "#999933", "#AA4499", "#BBBBBB")
"""Paul Tol's "muted" scheme, made for colour-blind readers (personal.sron.nl/~pault), its grey made darker."""


@dataclass(frozen=True)
class Entry:
    """One category on the legend: its name, the letter drawn with it, and its colour (``#rrggbb``)."""

    name: str
    letter: str
    colour: str


@dataclass(frozen=True)
class Scheme:
    """A way to colour: the column it reads, the entry of each of the column's values, and the entries."""

    title: str
    column: str
    codes: tuple[int, ...]
    entries: tuple[Entry, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "column": self.column,
            "codes": list(self.codes),
            "entries": [vars(entry) for entry in self.entries],
        }


SIDE_LETTERS = dict(zip(CLAIMANT_SIDES, "AZTSINPCLO", strict=True))
FAMILY_LETTERS = dict(zip(FAMILIES, "FBHDJWPS", strict=True))


def schemes(dataset: Dataset) -> dict[str, Scheme]:
    """The ways to colour a dataset: by claimant side, by document and by family of event types."""
    sides = tuple(
        Entry(SIDE_NAMES[side], letter, colour)
        for (side, letter), colour in zip(SIDE_LETTERS.items(), PALETTE, strict=True)
    )
    families = tuple(
        Entry(family, letter, colour) for (family, letter), colour in zip(FAMILY_LETTERS.items(), PALETTE, strict=False)
    )
    labels = [source.label for source in dataset.sources.values()]
    most = len(PALETTE) - 1
    documents = [
        Entry(label, str(number), colour)
        for number, (label, colour) in enumerate(zip(labels[:most], PALETTE, strict=False), 1)
    ]
    if len(labels) > most:
        documents.append(Entry("other documents", "+", PALETTE[most]))
    return {
        "side": Scheme("Who claims it", "side", tuple(range(len(sides))), sides),
        "document": Scheme(
            "In which document",
            "source",
            tuple(min(number, len(documents) - 1) for number in range(len(labels))),
            tuple(documents),
        ),
        "type": Scheme(
            "What is claimed", "kind", tuple(FAMILIES.index(kind.family) for kind in EVENT_TYPES.values()), families
        ),
    }


def columns(dataset: Dataset) -> pa.Table:
    """All reports as the map reads them, 23 bytes a row, in the order of ``row``.

    ``lon``, ``lat``: float32 WGS 84 degrees (0 where unmapped, told by a flag); ``radius``: uint16 tenths of a
    kilometre; ``first``, ``last``: int32 days since 1970-01-01; ``side``, ``kind``: uint8 places in the vocabularies;
    ``source``: uint16 place in ``dataset.sources``; ``flags``: uint8, see `FLAGS`.
    """
    rows = dataset.fetch(
        dataset.reports.order_by("row").select(
            "longitude",
            "latitude",
            "radius_km",
            "first_day",
            "last_day",
            "claimant_side",
            "event_type",
            "source_id",
            "place_role",
            "claim_status",
            "qualified",
            "precision",
            "graphic",
        )
    )
    days = {
        name: rows[name].cast(pa.int32()).fill_null(dates.OPEN_END.toordinal() - _EPOCH).to_numpy()
        for name in ("first_day", "last_day")
    }
    flags = np.zeros(len(rows), dtype=np.uint8)
    for name, where in {
        "subject": _is(rows["place_role"], "subject"),
        "denied": _is(rows["claim_status"], "denied"),
        "confirmed": _is(rows["claim_status"], "verified", "adjudicated"),
        "qualified": rows["qualified"].to_numpy(),
        "area": _is(rows["precision"], *AREAS),
        "graphic": rows["graphic"].to_numpy(),
        "undated": rows["first_day"].is_null().to_numpy(),
        "unmapped": rows["latitude"].is_null().to_numpy(),
    }.items():
        flags |= np.where(where, FLAGS[name], 0).astype(np.uint8)
    radius = np.minimum(rows["radius_km"].fill_null(0).to_numpy() * 10, 65535)
    return pa.table(
        {
            "lon": rows["longitude"].fill_null(0).to_numpy().astype(np.float32),
            "lat": rows["latitude"].fill_null(0).to_numpy().astype(np.float32),
            "radius": radius.astype(np.uint16),
            "first": days["first_day"],
            "last": days["last_day"],
            "side": _codes(rows["claimant_side"], CLAIMANT_SIDES).astype(np.uint8),
            "kind": _codes(rows["event_type"], EVENT_TYPES).astype(np.uint8),
            "source": _codes(rows["source_id"], dataset.sources).astype(np.uint16),
            "flags": flags,
        }
    )


_EPOCH = date(1970, 1, 1).toordinal()


def _is(column: pa.ChunkedArray, *values: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.isin(column.to_numpy().astype(str), values)


def _codes(column: pa.ChunkedArray, order: Mapping[str, object]) -> np.ndarray[Any, np.dtype[np.int64]]:
    coded = column.combine_chunks().dictionary_encode()
    places = {value: number for number, value in enumerate(order)}
    lookup = np.array([places[value] for value in coded.dictionary.to_pylist()], dtype=np.int64)
    codes: np.ndarray[Any, np.dtype[np.int64]] = lookup[coded.indices.to_numpy()]
    return codes


def mask(kept: pa.ChunkedArray, size: int) -> str:
    """A bitset of the kept rows in base64: the lowest bit of the first byte is row 0."""
    bits = np.zeros(size, dtype=bool)
    bits[kept.to_numpy()] = True
    return base64.b64encode(np.packbits(bits, bitorder="little").tobytes()).decode()


def details(dataset: Dataset) -> list[dict[str, Any]]:
    """What a reader sees of each report on hover and in a popup, in the order of ``row``. Plain text throughout."""
    rows = dataset.fetch(
        dataset.reports.order_by("row").select(
            "title", "place_label", "date", "claimed_by", "claim_status", "source_id", "paragraphs", "incident_id"
        )
    )
    return [
        {
            "title": row["title"],
            "place": row["place_label"],
            "date": dates.spoken(row["date"]),
            "who": row["claimed_by"],
            "standing": row["claim_status"],
            "document": dataset.sources[row["source_id"]].label,
            "paragraphs": row["paragraphs"],
            "incident": row["incident_id"],
        }
        for row in rows.to_pylist()
    ]


def orientation(dataset: Dataset) -> list[dict[str, Any]]:
    """Names of countries and of the region's larger towns, for the map to show where there is room."""
    labels = []
    for place in dataset.places.values():
        is_town = place.precision == "settlement" and place.country in ("AM", "AZ") and (place.radius_km or 0) >= 4
        if place.has_coordinates and (is_town or place.precision == "country"):
            text, kind = (place.label, "town") if is_town else (place.name, "country")
            labels.append({"lon": place.longitude, "lat": place.latitude, "text": text, "kind": kind})
    return labels


def fixed(dataset: Dataset) -> dict[str, Any]:
    """All that the script needs beside the columns, as plain JSON values. See ``timemap.js``."""
    return {
        "details": details(dataset),
        "labels": orientation(dataset),
        "schemes": {name: scheme.as_dict() for name, scheme in schemes(dataset).items()},
        "basemap": {"world": basemap.world(), "region": basemap.region(), "box": basemap.REGION_BOX},
        "home": CORE_REGION,
        "notice": basemap.NOTICE,
    }
