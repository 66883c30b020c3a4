"""Places by name: a geopy geocoder that works offline and never picks silently between homonyms."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geopy.distance import geodesic
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geodata.model.records import Place
from geodata.model.text import fold


class AmbiguousPlace(GeocoderQueryError):  # type: ignore[misc]  # geopy carries no types
    """A name that several places bear. ``candidates`` holds them as `Place`."""

    def __init__(self, query: str, candidates: Iterable[Place]) -> None:
        self.candidates = tuple(candidates)
        listed = "; ".join(
            f"{place.name}, {place.district or place.country} ({place.place_id})" for place in self.candidates
        )
        super().__init__(
            f"'{query}' may be any of: {listed}. Add the district or the country, as in "
            f"'{query}, {self.candidates[0].district or self.candidates[0].country}', or write one in brackets."
        )


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy carries no types
    """A geocoder over `Place` rows. Coordinates are WGS 84 degrees, latitude first, as geopy has them.

    Every name in every language is found, whatever its case, accents and punctuation. A misspelt name is not, for it
    may be that of another place. ``countries`` are names by ISO 3166-1 code that settle a homonym, beside the code
    itself. The ``raw`` of a ``geopy.Location`` is the `Place`.
    """

    def __init__(self, places: Mapping[str, Place], countries: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(scheme="https", timeout=1)
        self._places, self._countries = places, countries or {}
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        for place in places.values():
            for name in {_key(name) for name in (*place.names, place.place_id, place.place_id.replace("_", " "))}:
                self._by_name[name].append(place)

    def candidates(self, query: str, *, country: str = "") -> tuple[Place, ...]:
        """The places that bear a name. A district or country, after a comma in ``query``, narrows them.

        A place whose name as a whole matches comes before a reading as "name, district".
        """
        found = self._by_name.get(_key(query), [])
        if not found and "," in query:
            name, *context = query.split(",")
            hints = [fold(part) for part in context]
            found = [
                place
                for place in self._by_name.get(_key(name), [])
                if all(hint in self._contexts(place) for hint in hints)
            ]
        return tuple(place for place in found if country.upper() in ("", place.country))

    def geocode(self, query: str, *, exactly_one: bool = True, country: str = "") -> Location | list[Location] | None:
        """The place or places that bear a name; ``None`` where there is none.

        With ``exactly_one`` a name that several places bear raises `AmbiguousPlace`, even where the coordinates of only
        one are known. Places without coordinates are not returned.
        """
        found = self.candidates(query, country=country)
        if exactly_one and len(found) > 1:
            raise AmbiguousPlace(query, found)
        located = [_location(place) for place in found if place.has_coordinates]
        if not located:
            return None
        return located[0] if exactly_one else located

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
        return _location(around[0]) if exactly_one else [_location(place) for place in around]

    def _contexts(self, place: Place) -> set[str]:
        """What may stand behind a place's name, after a comma: its district and its country."""
        return {fold(name) for name in (place.district, place.country, *self._countries.get(place.country, ()))}


def _key(name: str) -> str:
    """A name for comparing: folded, but ş and ç stay the sounds they are, so that "Susa" is not Şuşa."""
    return fold(unicodedata.normalize("NFC", name).casefold().replace("ş", "sh").replace("ç", "ch"))


def _location(place: Place) -> Location:
    return Location(place.label, (place.latitude, place.longitude, 0.0), place)
