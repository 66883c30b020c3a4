"""Blank coordinates of a table of our own columns, filled: from the gazetteer, and from Nominatim only when asked."""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geopy.location import Location

from geodata.model.records import Place
from geodata.model.text import fold, listed
from geodata.model.vocabulary import PRECISIONS
from geodata.store import writing
from geodata.store.geocoding.gazetteer import AmbiguousPlace, Candidate, CaseGazetteer, Gazetteer
from geodata.store.geocoding.nominatim import OnlineUnavailable, Unusable
from geodata.store.geocoding.online_answers import Answer
from geodata.store.load import read_gazetteer, read_rows
from geodata.store.values.coordinates.countries import box_of, is_inside


@dataclass(frozen=True)
class Found:
    """Coordinates (WGS 84 degrees) for a row, and where they come from."""

    latitude: float
    longitude: float
    precision: str
    place_id: str
    origin: str


@dataclass(frozen=True)
class Outcome:
    """The outcome for one row: ``found``, or the reason why it stays blank. ``line`` counts from 1."""

    line: int
    name: str
    found: Found | None
    reason: str = ""

    def __str__(self) -> str:
        if self.found is None:
            return f"line {self.line}: {self.name or 'no place'} stays open: {self.reason}"
        return (
            f"line {self.line}: {self.name} is at {self.found.latitude:.4f}, {self.found.longitude:.4f} "
            f"({self.found.precision}; {self.found.origin})"
        )


Online = Callable[[str], Answer | None]
"""A geocoder that asks the network: the place of a name, ``None`` where it knows none. Raises as `nominatim.Asking`."""


def geocode_file(path: Path, online: Online | None = None) -> list[Outcome]:
    """Fills blank coordinates of a CSV table in place and returns the outcome for each row that had none.

    Places are those of the case in whose folder the table lies. Only blank cells are filled; line ends, a byte order
    mark and the file's mode stay as they are. No other process of ours writes the file meanwhile. Raises `InvalidData`,
    and writes nothing, where the table has faults, and `writing.Unwritten` where it cannot be written or has changed.
    """
    places, countries = read_gazetteer(path)
    lookup = _Lookup(places, countries, CaseGazetteer(places, countries), online)
    with writing.held(path) as file:
        text, header, rows = read_rows(Path(os.path.realpath(path)))  # behind a link, the file itself
        mark = path.read_bytes().startswith(codecs.BOM_UTF8)
        outcomes: list[Outcome] = []
        for line, row in rows:
            if (outcome := _outcome(lookup, line, row)) is None:
                continue
            outcomes.append(outcome)
            if outcome.found:
                row["latitude"], row["longitude"] = f"{outcome.found.latitude:.4f}", f"{outcome.found.longitude:.4f}"
                row["precision"] = row["precision"].strip() or outcome.found.precision
                row["place_id"] = row["place_id"].strip() or outcome.found.place_id
        if any(outcome.found for outcome in outcomes):
            file.put(_written(text, header, [row for _, row in rows]).encode("utf-8-sig" if mark else "utf-8"))
    return outcomes


@dataclass(frozen=True)
class _Lookup:
    """What a row's place is looked up in: places by ``place_id``, names of the case's countries by code, and lists."""

    places: Mapping[str, Place]
    countries: Mapping[str, Sequence[str]]
    gazetteer: Gazetteer
    online: Online | None


def _outcome(lookup: _Lookup, line: int, row: Mapping[str, str]) -> Outcome | None:
    """The outcome for a row; ``None`` for one that has coordinates."""
    latitude, longitude = row["latitude"].strip(), row["longitude"].strip()
    if latitude and longitude:
        return None
    if latitude or longitude:
        return Outcome(line, row["place"], None, "half a coordinate stands there; blank it or complete it")
    return _place_of(lookup, line, row)


def _place_of(lookup: _Lookup, line: int, row: Mapping[str, str]) -> Outcome:
    name = row["place"].strip() or row["place_id"].strip()
    if place := lookup.places.get(row["place_id"].strip()):
        if place.has_coordinates:
            return Outcome(line, name, _from(place))
        return Outcome(line, name, None, f"{place.name} has no coordinates in the gazetteer")
    if row["place_id"].strip():
        return Outcome(line, name, None, f"the place_id {row['place_id'].strip()} is not in places.csv")
    if not name:
        return Outcome(line, name, None, "the document names none")
    try:
        location = lookup.gazetteer.geocode(name)
    except AmbiguousPlace as error:
        return Outcome(line, name, None, str(error))
    if isinstance(location, Location):
        return Outcome(line, name, _from(location.raw))
    if lookup.gazetteer.candidates(name):
        return Outcome(line, name, None, "the gazetteer knows it as a place without coordinates")
    if lookup.online is None:
        return Outcome(line, name, None, "not in the gazetteer (add it to places.csv, or try --online)")
    return _online(lookup, lookup.online, line, name)


def _online(lookup: _Lookup, online: Online, line: int, name: str) -> Outcome:
    """What the network says of a name that no list knows."""
    try:
        answer = online(name)
    except (OnlineUnavailable, Unusable) as error:
        return Outcome(line, name, None, str(error))
    if answer is None:
        return Outcome(line, name, None, "neither the gazetteer nor Nominatim knows it")
    if elsewhere := _elsewhere(lookup.countries, name, answer):
        return Outcome(line, name, None, elsewhere)
    precision = _PRECISION_OF.get(answer.type, "settlement")
    assert precision in PRECISIONS
    origin = "Nominatim, © OpenStreetMap contributors"
    return Outcome(line, name, Found(answer.latitude, answer.longitude, precision, "", origin))


def _elsewhere(countries: Mapping[str, Sequence[str]], name: str, answer: Answer) -> str:
    """Why a place cannot be the one that is meant: it lies far from the country behind its name, else of the case."""
    context = fold(name.rpartition(",")[2]) if "," in name else ""
    named = [code for code, names in countries.items() if context in {fold(one) for one in (code, *names)}]
    wanted = named or ([context] if context and box_of(context) else [*countries])
    boxes = [box_of(country) for country in wanted]
    if not boxes or None in boxes or any(is_inside(box, answer.latitude, answer.longitude) for box in boxes if box):
        return ""
    point = f"{answer.latitude:.4f}, {answer.longitude:.4f}"
    countries_said = listed([next(iter(countries.get(one, ())), one.title()) for one in wanted], "or")
    hint = "" if context else "; where another is meant, write the country behind the name"
    return f"Nominatim knows it at {point}, which is not in {countries_said}{hint}"


def _from(place: Place | Candidate) -> Found:
    assert place.latitude is not None and place.longitude is not None
    return Found(place.latitude, place.longitude, place.precision, place.place_id, f"gazetteer, {place.place_id}")


def _written(before: str, header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """The rows as CSV, with the line ends of the text before."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, lineterminator="\r\n" if "\r\n" in before else "\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


_PRECISION_OF = {
    "country": "country",
    "state": "province",
    "region": "region",
    "province": "province",
    "county": "district",
    "district": "district",
    "building": "exact",
    "amenity": "exact",
}
"""Nominatim's ``addresstype`` in our vocabulary; anything else it returns is a settlement."""


def report(outcomes: list[Outcome]) -> Iterator[str]:
    """One line a row, and a closing count."""
    yield from map(str, outcomes)
    filled = sum(outcome.found is not None for outcome in outcomes)
    yield f"{filled} rows filled, {len(outcomes) - filled} stay open"
