"""From reports to what the map draws: compact columns, the colours of the categories, and a bitset of the kept rows."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count, islice
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geodata.model import dates
from geodata.model.case import OWN_TABLE, Case
from geodata.model.names import name_of, namings
from geodata.model.records import Place
from geodata.model.vocabulary import AREAS, BLANK, MOST_COLOURS, NOT_STATED, PALETTES
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset
from geodata.store.own_columns import OwnCategory
from geodata.tell import facts, keys, legend, nouns, words
from geodata.timemap import basemap, extents, land, layers

MOST_CODES = 65_536
"""Sources with a number of their own in the column ``source``; the rarest beyond them share the last number."""

MOST_NAMED = 1_000
"""Sources whose names travel to the browser, the most cited first."""

MOST_DETAILS = 5_000
"""Reports whose texts travel to the browser with the marks; of larger tables only the codes do."""

FLAGS = {
    "subject": 1,
    "denied": 2,
    "confirmed": 4,
    "qualified": 8,
    "area": 16,
    "graphic": 32,
    "undated": 64,
    "unmapped": 128,
    "added": 256,
}
"""Bits of the column ``flags``."""

SIZES = {"single": 9.0, "growth": 2.1, "largest": 24.0, "near": 15.0}
"""Pixels of the screen, before they are scaled: the radii of marks (see `size_of`), and the distance below which marks
stand in one stack."""


def size_of(count: int) -> float:
    """The radius of the mark of so many reports, in pixels of the screen."""
    single = SIZES["single"]
    return single if count == 1 else min(SIZES["largest"], single + SIZES["growth"] * sqrt(count))


@dataclass(frozen=True)
class Category:
    """One category on the legend: its name, the letter drawn with it, and its colour (``#rrggbb``)."""

    name: str
    letter: str
    colour: str


@dataclass(frozen=True)
class Scheme:
    """A way to colour: the column of `columns` it reads, the category of each of its values, and the categories.

    ``field`` is the column of reports behind it, and ``code_of`` the category of each value there.
    """

    title: str
    column: str
    codes: tuple[int, ...]
    categories: tuple[Category, ...]
    field: str
    code_of: Mapping[str, int]

    def present(self, values: pa.ChunkedArray) -> list[Category]:
        """The categories of the values of ``field`` that are there, in the order of the legend."""
        codes = {self.code_of[value] for value in values.unique().to_pylist()}
        return [category for code, category in enumerate(self.categories) if code in codes]

    def as_dict(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "column": self.column,
            "codes": list(self.codes),
            "categories": [vars(category) for category in self.categories],
        }


UNTOLD = Category(NOT_STATED, "?", BLANK)
"""Stands for a blank cell of an imported table."""


def side_categories(case: Case) -> list[Category]:
    """The claimant sides with their letters and colours, in the order of the case."""
    return [Category(side.name, side.letter, side.colour) for side in case.sides.values()]


@remembered(most=1)
def schemes(dataset: Dataset) -> Mapping[str, Scheme]:
    """The ways to colour a dataset: by claimant side, document and family of event types, if the table has them."""
    case, noun = dataset.case, nouns.of(dataset)
    sides = side_categories(case)
    families = [Category(name, family.letter, family.colour) for name, family in case.families.items()]
    labels = [source.label for source in dataset.sources.values()]
    *bright, grey = PALETTES["documents"]
    most = MOST_COLOURS - 1
    documents = [Category(label, letter, colour)
                 for letter, label, colour in zip("abcdefghi", labels[:most], bright, strict=False)]  # fmt: skip
    if len(labels) > most:
        documents.append(Category(noun.said("other documents"), "+", grey))
    order = list(case.families)
    kinds = (*(order.index(kind.family) for kind in case.kinds.values()), len(families))
    document_codes = tuple(min(number, len(documents) - 1) for number in range(min(len(labels), MOST_CODES)))
    by_side, rarest = tuple(range(len(sides) + 1)), len(documents) - 1
    by_source = {key: min(number, rarest) for number, key in enumerate(dataset.sources)}
    every = {
        "side": Scheme("Who claims it", "side", by_side, (*sides, UNTOLD), "claimant_side",
                       dict(zip((*case.sides, ""), by_side, strict=True))),
        "document": Scheme(noun.said("In which document"), "source", document_codes, tuple(documents), "source_id",
                           by_source),
        "type": Scheme("What is claimed", "kind", kinds, (*families, UNTOLD), "event_type",
                       dict(zip((*case.kinds, ""), kinds, strict=True))),
    }  # fmt: skip
    untold = {"side": "claimant_side", "type": "event_type"}
    told = {name: scheme for name, scheme in every.items() if untold.get(name) not in dataset.missing}
    if case.tables:
        told["table"] = _table_scheme(len(dataset.categories), case)
    return told | {category.column: _own_scheme(number, category) for number, category in enumerate(dataset.categories)}


def _table_scheme(number: int, case: Case) -> Scheme:
    """A way to colour by the table that a report stands in: the case's own coding first."""
    own = Category(case.table_name(OWN_TABLE), "*", PALETTES["tables"][-1])
    tables = (own, *(Category(table.title, table.letter, table.colour) for table in case.tables.values()))
    code_of = {name: number for number, name in enumerate((OWN_TABLE, *case.tables))}
    return Scheme("In which table", f"own{number}", tuple(range(len(tables))), tables, "origin", code_of)


def _own_scheme(number: int, category: OwnCategory) -> Scheme:
    """A way to colour by a category that a table of others has: its most frequent values, and the others together."""
    *bright, grey = PALETTES["columns"]
    named = [Category(category.label(value), letter, colour)
             for value, letter, colour in zip(category.values, "abcdefghi", bright, strict=False)]  # fmt: skip
    is_cut = len(category.values) > len(named)
    shown = (*named, *((Category("other values", "+", grey),) if is_cut else ()), UNTOLD)
    codes = {value: min(at, len(named)) for at, value in enumerate(category.values)} | {"": len(shown) - 1}
    return Scheme(category.name, f"own{number}", tuple(range(len(shown))), shown, category.column, codes)


COLUMNS_READ = (
    "longitude", "latitude", "radius_km", "first_day", "last_day", "claimant_side", "event_type", "source_id",
    "place_role", "claim_status", "qualified", "precision", "graphic", "placed_by",
)  # fmt: skip
"""The columns of reports that `columns` reads, apart from categories of tables of others: see `columns_read`."""


def columns_read(dataset: Dataset) -> tuple[str, ...]:
    """The columns of reports that `columns` reads."""
    return (*COLUMNS_READ, "origin", *(category.column for category in dataset.categories))


def columns(dataset: Dataset, rows: pa.Table) -> pa.Table:
    """Reports as the map reads them, 24 bytes a row, in the order they come: that of ``row``, by first day.

    ``lon``, ``lat``: float32 WGS 84 degrees (0 where unmapped, which has a flag); ``radius``: uint16 tenths of a
    kilometre; ``first``, ``last``: int32 days since 1970-01-01; ``side``, ``kind``: uint8 places in the vocabularies;
    ``source``: uint16 place in ``dataset.sources``; ``flags``: uint16, see `FLAGS`; ``own0`` and on:
    uint8 places in the categories of tables of others, and last among the case's tables.
    """
    days = {
        name: rows[name].cast(pa.int32()).fill_null(dates.OPEN_END.toordinal() - _EPOCH).to_numpy()
        for name in ("first_day", "last_day")
    }
    flags = np.zeros(len(rows), dtype=np.uint16)
    for name, where in {
        "subject": _is(rows["place_role"], "subject"),
        "denied": _is(rows["claim_status"], "denied"),
        "confirmed": _is(rows["claim_status"], "verified", "adjudicated"),
        "qualified": rows["qualified"].to_numpy(),
        "area": _is(rows["precision"], *AREAS),
        "graphic": rows["graphic"].to_numpy(),
        "undated": rows["first_day"].is_null().to_numpy(),
        "unmapped": rows["latitude"].is_null().to_numpy(),
        "added": pc.not_equal(rows["placed_by"], "").to_numpy(),
    }.items():
        flags |= np.where(where, FLAGS[name], 0).astype(np.uint16)
    added = [*map(_own_scheme, count(), dataset.categories)]
    if dataset.case.tables:
        added.append(_table_scheme(len(added), dataset.case))
    own = {scheme.column: _own_codes(rows[scheme.field], scheme.code_of) for scheme in added}
    radius = np.minimum(rows["radius_km"].fill_null(0).to_numpy() * 10, 65535)
    return pa.table(
        {
            "lon": rows["longitude"].fill_null(0).to_numpy().astype(np.float32),
            "lat": rows["latitude"].fill_null(0).to_numpy().astype(np.float32),
            "radius": radius.astype(np.uint16),
            "first": days["first_day"],
            "last": days["last_day"],
            "side": _codes(rows["claimant_side"], (*dataset.case.sides, "")).astype(np.uint8),
            "kind": _codes(rows["event_type"], (*dataset.case.kinds, "")).astype(np.uint8),
            "source": np.minimum(_codes(rows["source_id"], dataset.sources), MOST_CODES - 1).astype(np.uint16),
            "flags": flags,
            **own,
        }
    )


def _own_codes(column: pa.ChunkedArray, code_of: Mapping[str, int]) -> npt.NDArray[np.uint8]:
    coded = column.combine_chunks().dictionary_encode()
    lookup = np.array([code_of[value] for value in coded.dictionary.to_pylist()] or [0], dtype=np.uint8)
    codes: npt.NDArray[np.uint8] = lookup[coded.indices.to_numpy()]
    return codes


_EPOCH = date(1970, 1, 1).toordinal()


def _is(column: pa.ChunkedArray, *values: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    found: np.ndarray[Any, np.dtype[np.bool_]] = pc.is_in(column, pa.array(values)).to_numpy()
    return found


def _codes(column: pa.ChunkedArray, order: Iterable[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    coded = column.combine_chunks().dictionary_encode()
    places = {value: number for number, value in enumerate(order)}
    lookup = np.array([places[value] for value in coded.dictionary.to_pylist()], dtype=np.int64)
    codes: np.ndarray[Any, np.dtype[np.int64]] = lookup[coded.indices.to_numpy()]
    return codes


def mask(kept: npt.NDArray[np.bool_]) -> str:
    """A bitset in base64 of whether each row is kept: the lowest bit of the first byte is row 0."""
    return base64.b64encode(np.packbits(kept, bitorder="little").tobytes()).decode()


TOLD = ("title", "place_id", "place_label", "date", "time", "claimed_by", "claim_status", "source_id", "paragraphs",
        "placed_by")  # fmt: skip
"""The columns that `details` reads."""


def details(dataset: Dataset, rows: pa.Table) -> list[dict[str, Any]]:
    """What a reader sees of each report on hover and in a popup, in the order they come. Plain text throughout.

    ``place`` is the number of a place in `names`, or the place as the document writes it; ``incident`` is left out
    where the rows do not name it. They have the columns of `TOLD`.
    """
    numbers = {place_id: number for number, place_id in enumerate(dataset.places)}
    return [
        {
            "title": row["title"],
            "place": numbers.get(row["place_id"], row["place_label"]),
            "date": facts.when(row),
            "who": row["claimed_by"],
            "standing": row["claim_status"],
            "document": dataset.sources[row["source_id"]].label,
            "paragraphs": facts.paragraphs_in_short(row["paragraphs"]),
            "coordinates": facts.added_coordinates(row["placed_by"]),
        }
        | ({"incident": row["incident_id"]} if "incident_id" in row else {})
        for row in rows.to_pylist()
    ]


def area_names(dataset: Dataset, drawn: pa.Table, rows: pa.Table) -> list[int | str]:
    """The name of each area of a table whose details do not travel, as ``place`` of `details` has it.

    ``drawn`` are `columns` of ``rows``. The order is that of ``table.js``: areas by their first row, each a point and a
    radius. Where rows of one area name it differently, the most frequent name counts.
    """
    flags = drawn["flags"].to_numpy()
    is_area = (flags & (FLAGS["area"] | FLAGS["unmapped"])) == FLAGS["area"]
    numbers = {place_id: number for number, place_id in enumerate(dataset.places)}
    named: dict[tuple[float, float, int], Counter[int | str]] = {}
    spots = zip(*(drawn[name].filter(pa.array(is_area)).to_pylist() for name in ("lon", "lat", "radius")), strict=True)
    places = rows.filter(pa.array(is_area)).select(["place_id", "place_label"]).to_pylist()
    for spot, place in zip(spots, places, strict=True):
        name = numbers.get(place["place_id"], place["place_label"])
        named.setdefault(spot, Counter())[name] += 1
    return [counted.most_common(1)[0][0] for counted in named.values()]


def names(places: Iterable[Place], case: Case) -> dict[str, list[str]]:
    """For each way of naming, the name of each place in order."""
    listed = list(places)
    return {naming: [name_of(place, naming) for place in listed] for naming in namings(case)}


def is_town(place: Place, case: Case) -> bool:
    """Whether a place is a larger town of the case's countries, or of any country where the case names none."""
    is_near = not case.countries or place.country in case.countries
    return is_near and place.precision == "settlement" and (place.radius_km or 0) >= 4 and place.has_coordinates


def orientation(dataset: Dataset) -> list[dict[str, Any]]:
    """Countries and larger towns, by their number among the dataset's places, for the map to name where it can."""
    labels = []
    for number, place in enumerate(dataset.places.values()):
        town = is_town(place, dataset.case)
        if town or (place.has_coordinates and place.precision == "country"):
            kind = "town" if town else "country"
            # The country of a place that is contested is not told beside its name.
            country = "" if place.contested else place.country
            spot = {"lon": place.longitude, "lat": place.latitude}
            labels.append({**spot, "place": number, "kind": kind, "country": country})
    return labels


def _periods(case: Case) -> list[dict[str, Any]]:
    """The periods that the case names, their days counted from 1970-01-01."""
    days = ((period.name, *(day.toordinal() - _EPOCH for day in period.days)) for period in case.periods)
    return [{"name": name, "first": first, "last": last} for name, first, last in days]


def fixed(dataset: Dataset) -> dict[str, Any]:
    """All that the script needs beside the columns and the details, as plain JSON values. See ``types.d.ts``."""
    return {
        "names": names(dataset.places.values(), dataset.case),
        "labels": orientation(dataset),
        "signs": legend.signs(dataset),
        "keys": keys.KEYS,
        "title": dataset.case.title,
        "caveats": [words.no_evidence(dataset), *legend.notes(dataset)],
        "schemes": {name: scheme.as_dict() for name, scheme in schemes(dataset).items()},
        "land": land.described(dataset),
        "layers": layers.listed(dataset),
        "documents": [source.label for source in islice(dataset.sources.values(), MOST_NAMED)],
        "periods": _periods(dataset.case),
        "home": extents.home(dataset),
        "notice": basemap.NOTICE,
        "flags": FLAGS,
        "sizes": SIZES,
        "widest": legend.WIDEST,
    }
