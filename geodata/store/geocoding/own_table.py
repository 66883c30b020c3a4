"""Blank coordinates of a table of our own columns, filled: from the gazetteer, and from Nominatim only when asked."""

from __future__ import annotations

import codecs
import csv
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from geopy.exc import GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.location import Location

from geodata.model.records import Place
from geodata.model.vocabulary import PRECISIONS
from geodata.store.geocoding.gazetteer import AmbiguousPlace, Candidate, CaseGazetteer, Gazetteer
from geodata.store.load import read_gazetteer, read_rows


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


class Online(Protocol):
    """A geocoder that asks the network: a name to `Found`, ``None`` where it finds none."""

    def __call__(self, name: str) -> Found | None: ...


class OnlineUnavailable(RuntimeError):
    """The online geocoder did not answer."""


def geocode_file(path: Path, online: Online | None = None) -> list[Outcome]:
    """Fills blank coordinates of a CSV table in place and returns the outcome for each row that had none.

    Places are those of the case in whose folder the table lies. Only blank cells are filled; line ends, a byte order
    mark and the file's mode stay as they are. The file is replaced as a whole, so that the old one survives an
    interruption. Raises `InvalidData`, and writes nothing, where the table has faults.
    """
    places, countries = read_gazetteer(path)
    path = path.resolve()  # behind a link, the file itself
    text, header, rows = read_rows(path)
    gazetteer = CaseGazetteer(places, countries)
    outcomes: list[Outcome] = []
    for line, row in rows:
        if row["latitude"].strip() or row["longitude"].strip():
            if not (row["latitude"].strip() and row["longitude"].strip()):
                outcomes.append(
                    Outcome(line, row["place"], None, "half a coordinate stands there; blank it or complete it")
                )
            continue
        try:
            outcome = _place_of(row, line, places, gazetteer, online)
        except OnlineUnavailable as error:
            outcome, online = Outcome(line, row["place"], None, str(error)), None  # do not ask again and again
        outcomes.append(outcome)
        if outcome.found:
            row["latitude"], row["longitude"] = f"{outcome.found.latitude:.4f}", f"{outcome.found.longitude:.4f}"
            row["precision"] = row["precision"].strip() or outcome.found.precision
            row["place_id"] = row["place_id"].strip() or outcome.found.place_id
    if any(outcome.found for outcome in outcomes):
        _replace(path, text, header, [row for _, row in rows])
    return outcomes


def _place_of(
    row: Mapping[str, str], line: int, places: Mapping[str, Place], gazetteer: Gazetteer, online: Online | None
) -> Outcome:
    name = row["place"].strip() or row["place_id"].strip()
    if place := places.get(row["place_id"].strip()):
        if place.has_coordinates:
            return Outcome(line, name, _from(place))
        return Outcome(line, name, None, f"{place.name} has no coordinates in the gazetteer")
    if row["place_id"].strip():
        return Outcome(line, name, None, f"the place_id {row['place_id'].strip()} is not in places.csv")
    if not name:
        return Outcome(line, name, None, "the document names none")
    try:
        location = gazetteer.geocode(name)
    except AmbiguousPlace as error:
        return Outcome(line, name, None, str(error))
    if isinstance(location, Location):
        return Outcome(line, name, _from(location.raw))
    if gazetteer.candidates(name):
        return Outcome(line, name, None, "the gazetteer knows it as a place without coordinates")
    if online is None:
        return Outcome(line, name, None, "not in the gazetteer (add it to places.csv, or try --online)")
    found = online(name)
    return Outcome(line, name, found, "" if found else "neither the gazetteer nor Nominatim knows it")


def _from(place: Place | Candidate) -> Found:
    assert place.latitude is not None and place.longitude is not None
    return Found(place.latitude, place.longitude, place.precision, place.place_id, f"gazetteer, {place.place_id}")


def _replace(path: Path, before: str, header: list[str], rows: list[dict[str, str]]) -> None:
    beside = path.with_name(f".{path.name}.new")
    mark = path.read_bytes().startswith(codecs.BOM_UTF8)
    try:
        with beside.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\r\n" if "\r\n" in before else "\n")
            writer.writeheader()
            writer.writerows(rows)
        shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


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


def nominatim(cache: Path, *, url: str = "", pause: float = 1.0) -> Online:
    """Nominatim behind geopy's `RateLimiter` (one request in ``pause`` seconds, as its usage policy asks) and a cache.

    A request that fails is tried once more, after five times the pause.
    ``cache`` is a JSON file of earlier answers, so that no name is asked twice. ``url`` names another Nominatim.
    """
    scheme, _, domain = url.rpartition("://")
    service = Nominatim(
        user_agent="attest-incident-map", timeout=10, scheme=scheme or "https", **({"domain": domain} if domain else {})
    )
    ask = RateLimiter(
        service.geocode,
        min_delay_seconds=pause,
        max_retries=1,
        error_wait_seconds=5 * pause,
        swallow_exceptions=False,
    )
    known: dict[str, object] = json.loads(cache.read_text(encoding="utf-8")) if cache.exists() else {}

    def find(name: str) -> Found | None:
        if name not in known:
            try:
                location = ask(name, exactly_one=True)
            except GeocoderServiceError as error:
                raise OnlineUnavailable(f"Nominatim did not answer for '{name}' ({error}); try again later") from error
            known[name] = (
                None
                if location is None
                else {
                    "latitude": location.latitude,
                    "longitude": location.longitude,
                    "type": location.raw.get("addresstype", ""),
                }
            )
            cache.parent.mkdir(parents=True, exist_ok=True)
            cache.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
        answer = known[name]
        if not isinstance(answer, dict):
            return None
        precision = _PRECISION_OF.get(str(answer["type"]), "settlement")
        assert precision in PRECISIONS
        return Found(
            float(answer["latitude"]),
            float(answer["longitude"]),
            precision,
            "",
            "Nominatim, © OpenStreetMap contributors",
        )

    return find


def report(outcomes: list[Outcome]) -> Iterator[str]:
    """One line a row, and a closing count."""
    yield from map(str, outcomes)
    filled = sum(outcome.found is not None for outcome in outcomes)
    yield f"{filled} rows filled, {len(outcomes) - filled} stay open"
