"""Names that the sources shorten, damage or lack, and what is left out."""

from __future__ import annotations

LAKES: tuple[tuple[str, float, float], ...] = (
    ("Sevan", 45.35, 40.35),
    ("Mingachevir Reservoir", 46.80, 40.90),
    ("Urmia", 45.45, 37.70),
    ("Van", 42.95, 38.60),
)
"""Name, longitude and latitude of a point in each lake of the region: the package has no names for them."""

RIVER_NAMES = {"Kr": "Kura", "Aras": "Aras", "Dicle": "Tigris", "Firat": "Euphrates", "Talkeh": "Talkheh"}
"""English names for river names that the source gives in another language or damaged (``Kr`` was ``Kür``)."""

COUNTRY_NAMES = {
    "Antigua and Barb.": "Antigua and Barbuda",
    "Ashmore and Cartier Is.": "Ashmore and Cartier Islands",
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Br. Indian Ocean Ter.": "British Indian Ocean Territory",
    "British Virgin Is.": "British Virgin Islands",
    "Cayman Is.": "Cayman Islands",
    "Central African Rep.": "Central African Republic",
    "Cook Is.": "Cook Islands",
    "Dem. Rep. Congo": "Democratic Republic of the Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Faeroe Is.": "Faroe Islands",
    "Falkland Is.": "Falkland Islands",
    "Fr. Polynesia": "French Polynesia",
    "Fr. S. Antarctic Lands": "French Southern and Antarctic Lands",
    "Heard I. and McDonald Is.": "Heard Island and McDonald Islands",
    "Indian Ocean Ter.": "Indian Ocean Territories",
    "Macedonia": "North Macedonia",
    "Marshall Is.": "Marshall Islands",
    "N. Cyprus": "Northern Cyprus",
    "N. Mariana Is.": "Northern Mariana Islands",
    "Pitcairn Is.": "Pitcairn Islands",
    "S. Geo. and the Is.": "South Georgia and the South Sandwich Islands",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "St. Kitts and Nevis": "Saint Kitts and Nevis",
    "St. Pierre and Miquelon": "Saint Pierre and Miquelon",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines",
    "Turks and Caicos Is.": "Turks and Caicos Islands",
    "U.S. Virgin Is.": "U.S. Virgin Islands",
    "W. Sahara": "Western Sahara",
    "Wallis and Futuna Is.": "Wallis and Futuna Islands",
    "eSwatini": "Eswatini",
}
"""Names that the source shortens, written out (and one that has changed since: North Macedonia)."""

DROPPED_COUNTRIES = frozenset({"Antarctica"})
"""Features left out of the world map: Antarctica, which surrounds the pole."""
