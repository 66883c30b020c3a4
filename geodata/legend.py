"""What each sign means, in words: one legend for the screen, the saved file, the printed map and the data files."""

from __future__ import annotations

from collections.abc import Mapping

SIGNS: Mapping[str, str] = {
    "event": "said to have happened there",
    "subject": "a statement about the place",
    "vague": "paler: the day is not known",
    "denied": "bar: a denial",
    "confirmed": "ring: verified, or found by a court",
    "number": "number inside: reports at one place",
    "area": "dashed disc: somewhere in this area",
}
"""Signs of the map in the order of the legend. A sign may join others: a hollow mark may be pale, too."""

NOTES = (
    "A report is what one speaker in one document says; it is not a finding.",
    "Deaths are given as each report states them and are never added up: tolls may be cumulative, or of other days.",
    "A place that a document only names in a list is drawn like any other claim; the report's note says so.",
)
"""What the signs cannot say."""

COLUMNS_IN_WORDS = (
    "place_role 'subject' is a statement about the place, drawn hollow; claim_status 'denied' is a denial, drawn with "
    "a bar; 'verified' and 'adjudicated' have a ring; a date that is not one day is drawn paler; a place of precision "
    "province, region or country is an area of radius_km, drawn as a dashed disc."
)
"""The same legend for a file that has columns and no signs."""


def in_words() -> str:
    """The legend of a data file, in one paragraph."""
    return " ".join((*NOTES, COLUMNS_IN_WORDS))
