"""Places by name: geopy geocoders that work offline and never pick silently between homonyms."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from geopy.distance import geodesic
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point
from rapidfuzz import fuzz, process

from geodata.model.records import Place
from geodata.model.text import CLOSE, SHORTEST, fold

AGREE_KM = 5.0
"""Kilometres within which two points are the same place: careful lists differ by three to four on a large city."""

KIND_WORDS = (
    "village",
    "town",
    "city",
    "township",
    "district",
    "municipality",
    "county",
    "province",
    "region",
    "state",
)
"""Words that tables in English put behind a name, as UCDP GED does; lists of places have others, or none."""


@dataclass(frozen=True)
class Candidate:
    """A place that a name may mean. Coordinates are WGS 84 degrees, ``None`` where its gazetteer has none."""

    name: str
    latitude: float | None
    longitude: float | None
    precision: str
    """A word of `PRECISIONS`; blank where the gazetteer does not tell."""
    country: str
    """A code (ISO 3166-1 alpha-2), or the table's own word where a place was learned from it."""
    district: str
    origin: str
    """Where name and coordinates come from, in words."""
    place_id: str = ""
    """Key into places.csv."""
    geonames_id: str = ""
    likeness: float = 100
    """How like the name is to the one asked for, 0 to 100: Indel ratio of RapidFuzz, see `Gazetteer.similar`."""

    @property
    def has_coordinates(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude. Raises ``ValueError`` for a place without coordinates."""
        if self.latitude is None or self.longitude is None:
            raise ValueError(f"{self.name} has no coordinates")
        return self.latitude, self.longitude

    @property
    def identifier(self) -> str:
        """What tells the place from another of its name: its key in places.csv or GeoNames, else its coordinates."""
        return self.place_id or self.geonames_id or self.spoken_point

    @property
    def spoken_point(self) -> str:
        """The coordinates in words: "39.8177, 46.7528"."""
        return f"{self.latitude:.4f}, {self.longitude:.4f}" if self.has_coordinates else "no coordinates"


class AmbiguousPlace(GeocoderQueryError):  # type: ignore[misc]  # geopy carries no types
    """A name that several places bear. ``candidates`` holds them."""

    def __init__(self, query: str, candidates: Iterable[Candidate]) -> None:
        self.candidates = tuple(candidates)
        listed = "; ".join(
            f"{place.name}, {place.district or place.country} ({place.identifier})" for place in self.candidates
        )
        super().__init__(
            f"'{query}' may be any of: {listed}. Add the district or the country, as in "
            f"'{query}, {self.candidates[0].district or self.candidates[0].country}', or write one in brackets."
        )


class Gazetteer(Geocoder, ABC):  # type: ignore[misc]  # geopy carries no types
    """A geocoder over a list of places. Coordinates are WGS 84 degrees, latitude first, as geopy has them.

    A name is found whatever its case, accents and punctuation. A misspelt one is not, for it may be that of another
    place; `similar` tells which it is like. ``countries`` are names by code (ISO 3166-1 alpha-2) that mean a country
    beside the code itself. The ``raw`` of a ``geopy.Location`` is the `Candidate`.
    """

    is_whole = True
    """Whether it means to list every place of its countries or its case, so that a single bearer of a name is sure."""

    def __init__(self, countries: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(scheme="https", timeout=1)
        self._countries = countries or {}

    @property
    @abstractmethod
    def names(self) -> Collection[str]:
        """Every name of every place, as `name_key` has it."""

    @abstractmethod
    def bearers(self, key: str) -> Sequence[Candidate]:
        """The places that bear a name, given as `name_key` has it."""

    def candidates(self, query: str, *, country: str = "", admin1: str = "") -> tuple[Candidate, ...]:
        """The places that bear a name. A country, or a district or province (``admin1``), narrows them.

        Either may also stand after a comma in ``query``; a place whose name as a whole matches comes before that
        reading. A place of which the gazetteer knows no country or district stays, whatever is given.
        """
        found = self.bearers(name_key(query))
        if not found and "," in query:
            name, *context = query.split(",")
            hints = [fold(part) for part in context]
            found = [
                place
                for place in self.bearers(name_key(name))
                if all(hint in self.country_names(place) | self.district_names(place) for hint in hints)
            ]
        return tuple(place for place in found if self._lies_in(place, country, admin1))

    def similar(self, query: str, *, country: str = "", admin1: str = "", most: int = 3) -> tuple[Candidate, ...]:
        """The places of the ``most`` names that are most like a name, without that name itself.

        Names are compared without `KIND_WORDS` behind them, so that one may be 100 like "Loikaw village" and yet be
        "Loikaw town". The first letter must be the same: slips are rare there, and all names need not be compared.
        """
        key = name_key(query)
        bare = _bare(key)
        if len(bare) < SHORTEST:
            return ()
        names = self._by_first_letter.get(bare[0], {})
        close = process.extract(bare, names.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=most)
        return tuple(
            replace(place, likeness=likeness)
            for one, likeness, _ in close
            for name in names[one]
            for place in self.bearers(name)
            if name != key and self._lies_in(place, country, admin1)
        )

    def geocode(
        self, query: str, *, exactly_one: bool = True, country: str = "", admin1: str = ""
    ) -> Location | list[Location] | None:
        """The place or places that bear a name; ``None`` where there is none.

        With ``exactly_one`` a name that several places bear raises `AmbiguousPlace`, even where the coordinates of only
        one are known. Places without coordinates are not returned.
        """
        found = self.candidates(query, country=country, admin1=admin1)
        if exactly_one and len(found) > 1:
            raise AmbiguousPlace(query, found)
        located = [_location(place) for place in found if place.has_coordinates]
        if not located:
            return None
        return located[0] if exactly_one else located

    def country_names(self, place: Candidate) -> set[str]:
        """What may stand for a place's country, folded; empty where the gazetteer does not know it."""
        return {fold(name) for name in (place.country, *self._countries.get(place.country, ())) if name}

    def district_names(self, place: Candidate) -> set[str]:
        """What may stand for a place's district or province, folded; empty where the gazetteer does not know it."""
        return {fold(place.district)} - {""}

    def _lies_in(self, place: Candidate, country: str, admin1: str) -> bool:
        countries, districts = self.country_names(place), self.district_names(place)
        return not (country and countries and not _forms(country) & countries) and not (
            admin1 and districts and not any(_one_begins(one, other) for one in _forms(admin1) for other in districts)
        )

    @cached_property
    def _by_first_letter(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """The names that are the same without `KIND_WORDS`, by that form, those of one first letter together."""
        names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name in self.names:
            bare = _bare(name)
            names[bare[:1]][bare].append(name)
        return names


class Named(Gazetteer):
    """A list of places that is kept by their names."""

    def __init__(self, countries: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(countries)
        self._by_name: dict[str, list[Candidate]] = defaultdict(list)

    @property
    def names(self) -> Collection[str]:
        return self._by_name.keys()

    def bearers(self, key: str) -> Sequence[Candidate]:
        return self._by_name.get(key, ())


class CaseGazetteer(Named):
    """The places of a case, in every language of it."""

    def __init__(self, places: Mapping[str, Place], countries: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(countries)
        self._places = places
        for place in places.values():
            candidate = _of_case(place)
            for name in {name_key(name) for name in (*place.names, place.place_id, place.place_id.replace("_", " "))}:
                self._by_name[name].append(candidate)

    def reverse(self, query: Any, *, exactly_one: bool = True) -> Location | list[Location] | None:
        """The places within whose radius a point lies, the smallest place first; ``None`` where there is none.

        ``query`` is anything that ``geopy.Point`` takes: a point, ``(latitude, longitude)`` or text. Distances are
        geodesic on WGS 84.
        """
        point = Point(query)
        around = sorted(
            (
                place
                for place in self._places.values()
                if place.has_coordinates
                and geodesic(point, (place.latitude, place.longitude)).km <= (place.radius_km or 0)
            ),
            key=lambda place: (place.radius_km or 0, place.place_id),
        )
        if not around:
            return None
        locations = [_location(_of_case(place)) for place in around]
        return locations[0] if exactly_one else locations


def name_key(name: str) -> str:
    """A name for comparing: folded, but ş and ç stay the sounds they are, so that "Susa" is not Şuşa."""
    return fold(unicodedata.normalize("NFC", name).casefold().replace("ş", "sh").replace("ç", "ch"))


def _bare(key: str) -> str:
    """A folded name without `KIND_WORDS` behind it."""
    words = key.split()
    while len(words) > 1 and words[-1] in KIND_WORDS:
        words.pop()
    return " ".join(words)


def _of_case(place: Place) -> Candidate:
    return Candidate(
        place.label, place.latitude, place.longitude, place.precision, place.country, place.district,
        "the case's gazetteer", place.place_id, place.geonames_id,
    )  # fmt: skip


def _forms(context: str) -> set[str]:
    """A country or province, folded, whole and in its parts: "Myanmar (Burma)" is also Myanmar, and also Burma."""
    return {fold(part) for part in (context, *re.split(r"[()]", context))} - {""}


def _one_begins(one: str, other: str) -> bool:
    """Whether two names of a district are the same but for words behind: "Rakhine" and "Rakhine state"."""
    return f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")


def _location(place: Candidate) -> Location:
    return Location(place.name, (place.latitude, place.longitude, 0.0), place)
