"""Names on the land: countries, provinces and towns, by importance, in the languages that the sources have."""

from __future__ import annotations

import csv
import json
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from anyascii import anyascii
from rapidfuzz import fuzz

from geodata.timemap.basemap.grid import NAMES, Level
from tools.basemap.packages import Fetched

COUNTRY_OF: Mapping[str, str] = {"RUS-283": "UA", "RUS-5482": "UA"}
"""Codes of provinces whose country is given by international recognition and not by the source: Crimea, Sevastopol."""

SCRIPTS = {
    "ARMENIAN": "hy", "GEORGIAN": "ka", "GREEK": "el", "HEBREW": "he", "THAI": "th", "HANGUL": "ko", "KATAKANA": "ja",
    "HIRAGANA": "ja", "BENGALI": "bn", "GUJARATI": "gu", "GURMUKHI": "pa", "TAMIL": "ta", "TELUGU": "te",
    "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si", "KHMER": "km", "LAO": "lo", "MYANMAR": "my",
    "ETHIOPIC": "am", "TIBETAN": "bo",
}  # fmt: skip
"""Scripts that one language is written in, or one above all, with its code: GeoNames' names of towns come without."""

LANGUAGES = {"zht": "zh-Hant"}
"""Codes of languages that the source writes in a way of its own."""

NAMED = Path("geodata/store/values/coordinates/countries.csv")
"""English names of countries that are ours: the source has some in full state form, and some shortened."""

LARGE = 15_000
"""Inhabitants of what may be a quarter of a city and not a village beside it."""

SAME_TOWN = 0.25
"""Degrees within which a town of Natural Earth and one of GeoNames may be the same."""

QUARTER = 0.08
"""Degrees from a city's point within which its quarters lie."""

MANY_NAMES = 15
"""Names in other languages of a place that is a city of its own."""

LEAST_ALIKE = 60
"""Of 100: how much a town's name in another script must sound like its own."""


class Name(NamedTuple):
    """A name on the land: degrees, ``kind`` (country, province, town), zoom from which it is written, who it belongs to
    (ISO 3166-1 alpha-2 or blank), its own name and those by language.
    """

    lon: float
    lat: float
    kind: str
    zoom: float
    country: str
    name: str
    names: Mapping[str, str]


def names_of(row: Mapping[str, Any], columns: Iterable[str]) -> dict[str, str]:
    """Names by language, from columns such as ``name_ar`` or ``NAME_AR``; those that are blank are left out."""
    found = {}
    for column in columns:
        code = column.split("_")[1].lower()
        if isinstance(row[column], str) and row[column].strip():
            found[LANGUAGES.get(code, code)] = row[column].strip()
    return found


def countries(fetched: Fetched) -> Iterator[Name]:
    """The countries of the world, by their English names. A dependency is written later than a state."""
    source = gpd.read_file(fetched.countries, ignore_geometry=True, encoding="utf-8")
    with NAMED.open(encoding="utf-8", newline="") as file:
        ours = {row["iso2"]: row["name"] for row in csv.DictReader(file) if row["iso2"]}
    columns = [column for column in source.columns if column.startswith("NAME_") and len(column) <= 8
               and column[5:].isalpha() and column not in ("NAME_LEN", "NAME_ALT", "NAME_SORT")]  # fmt: skip
    for row in source.to_dict("records"):
        iso = row["ISO_A2_EH"] if len(row["ISO_A2_EH"]) == 2 and row["ISO_A2_EH"] != "-9" else ""
        if not iso:  # a base, a shoal or a strip of desert, and no country
            continue
        name = ours.get(iso, row["NAME_LONG"])
        names = names_of(row, columns) | {"en": name}
        zoom = max(float(row["MIN_LABEL"]), 2.0)
        yield Name(row["LABEL_X"], row["LABEL_Y"], "country", zoom, iso, name, names)


def provinces(listed: gpd.GeoDataFrame) -> Iterator[Name]:
    for row in listed.itertuples(index=False):
        yield Name(row.longitude, row.latitude, "province", max(row.zoom, 6.0), row.country, row.name, row.names)


def towns(fetched: Fetched) -> Iterator[Name]:
    """Towns of GeoNames with 500 inhabitants and more; the rank of those that Natural Earth has is its own."""
    listed = sorted(json.loads(fetched.towns.read_text(encoding="utf-8")).items(), key=lambda item: int(item[0]))
    parts = _parts_of_cities([town for _, town in listed])
    ranks = _ranks(fetched, [town for _, town in listed], [int(number) for number, _ in listed])
    for at, ((_, town), is_part) in enumerate(zip(listed, parts, strict=True)):
        if is_part:
            continue
        zoom = min(ranks.get(at, 99.0), _zoom_of(town["population"]))
        yield Name(town["longitude"], town["latitude"], "town", zoom, town["countrycode"], town["name"],
                   dict(_by_script(town["alternatenames"], town["name"])))  # fmt: skip


def _parts_of_cities(towns: Sequence[Mapping[str, Any]]) -> npt.NDArray[np.bool_]:
    """Which towns are quarters of a city: GeoNames lists some beside it, with as many inhabitants, and few other names.

    A village near a city stays: it is small.
    """
    points = shapely.points([(town["longitude"], town["latitude"]) for town in towns])
    known = np.array([len(town["alternatenames"]) for town in towns])
    large = np.array([town["population"] >= LARGE for town in towns])
    one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=QUARTER)
    is_part = np.zeros(len(towns), dtype=bool)
    is_part[one[large[one] & (known[other] >= MANY_NAMES) & (known[other] >= 2 * (known[one] + 1))]] = True
    return is_part


def _ranks(fetched: Fetched, towns: Sequence[Mapping[str, Any]], numbers: Sequence[int]) -> dict[int, float]:
    """Zoom from which a town that Natural Earth has is written, by its place in ``towns``; a capital is written early.

    Natural Earth gives the number of GeoNames for each, and in some rows that of a namesake: for Paris that of Paris,
    Ontario. So a number counts only where the town lies near; else the most populous town near is meant.
    """
    source = gpd.read_file(fetched.lines / "10m/ne_10m_populated_places_simple.shp", encoding="cp1252")
    tree = shapely.STRtree(shapely.points([(town["longitude"], town["latitude"]) for town in towns]))
    found: dict[int, float] = {}
    for row in source.itertuples(index=False):
        near = tree.query(shapely.Point(row.longitude, row.latitude), predicate="dwithin", distance=SAME_TOWN)
        if not len(near):
            continue
        at = max(map(int, near), key=lambda at: (numbers[at] == row.geonameid, towns[at]["population"]))
        zoom = max(3.0, 3.0 + 0.6 * float(row.scalerank) - (1.5 if row.adm0cap else 0.0))
        found[at] = min(zoom, found.get(at, zoom))
    return found


def _zoom_of(population: int) -> float:
    """Zoom from which a town of a number of inhabitants is written: five million at 4, each tenth part three later."""
    return round(min(12.0, max(4.0, 4.0 + 2.0 * math.log10(5e6 / max(population, 500)))), 1)


def _by_script(names: Iterable[str], own: str) -> Iterator[tuple[str, str]]:
    """For each script that tells its language the name that sounds most like the town's own.

    GeoNames does not say which of them is in use: what sounds otherwise may be long out of use.
    """
    best: dict[str, tuple[float, str]] = {}
    for name in sorted(names):
        scripts = {unicodedata.name(sign, "").split(" ")[0] for sign in name if sign.isalpha()}
        codes = {SCRIPTS.get(script) for script in scripts}
        if len(codes) != 1 or None in codes:
            continue
        alike = fuzz.ratio(anyascii(name).lower(), anyascii(own).lower())
        if alike >= LEAST_ALIKE:
            code = str(codes.pop())
            best[code] = max(best.get(code, (0.0, "")), (alike, name))
    for code, (_, name) in sorted(best.items()):
        yield code, name


def by_cell(names: Iterable[Name]) -> dict[tuple[str, tuple[int, int]], list[Name]]:
    """Names by level and cell, the most important first. Each stands in the first level that writes it."""
    found: dict[tuple[str, tuple[int, int]], list[Name]] = defaultdict(list)
    for name in names:
        level = _level_of(name)
        found[level.name, level.cell_at(name.lon, name.lat)].append(name)
    return {key: sorted(found[key], key=lambda name: (name.zoom, name.name)) for key in sorted(found)}


def _level_of(name: Name) -> Level:
    world, mid, fine = NAMES
    if name.kind == "country" or name.zoom < mid.zoom:
        return world
    return mid if name.kind == "province" or name.zoom < fine.zoom else fine
