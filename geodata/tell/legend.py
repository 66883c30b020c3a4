"""What each sign means, in words: one legend for the screen, the saved file, the printed map and the data files."""

from __future__ import annotations

from collections.abc import Mapping

from geodata.model.row import Row
from geodata.model.vocabulary import AREAS, DEATHS
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset
from geodata.tell import nouns
from geodata.tell.nouns import DOCUMENT, Noun

SIGNS: Mapping[str, str] = {
    "event": "said to have happened there",
    "subject": "a statement about the place",
    "vague": "paler: the day is not known",
    "denied": "bar: a denial",
    "confirmed": "ring: verified, or found by a court, as the document says",
    "added": "small square: coordinates were added; the table has none",
    "number": "number inside: reports at one place",
    "area": "dashed disc: somewhere in this area",
}
"""Signs of the map in the order of the legend. A sign may join others: a hollow mark may be pale, too."""

_TOLD_BY = {"subject": "place_role", "denied": "claim_status", "confirmed": "claim_status"}
"""The columns without which no report can have these signs."""


@remembered(most=1)
def signs(dataset: Dataset) -> Mapping[str, str]:
    """The signs of `SIGNS` that reports of a dataset can have, in its words."""
    noun = nouns.of(dataset)
    added = dataset.reports.filter(dataset.reports.placed_by != "").limit(1).select("row")
    absent = {name for name, column in _TOLD_BY.items() if column in dataset.missing}
    if not len(dataset.fetch(added)):
        absent.add("added")
    return {name: noun.said(said) for name, said in SIGNS.items() if name not in absent}


WIDEST = 90.0
"""Kilometres: an area of a larger radius is named above the map, for its rim would cross its neighbours."""


def is_too_wide(row: Row) -> bool:
    """Whether the map names a report's place and does not draw it."""
    return row["precision"] == "country" or (row["precision"] in AREAS and (row["radius_km"] or 0.0) > WIDEST)


def signs_of(row: Row) -> list[str]:
    """The signs of a report, keys of `SIGNS`: of its mark, or of its line in a list where it has none."""
    is_one_day = row["first_day"] is not None and row["first_day"] == row["last_day"] and not row["qualified"]
    signs = {
        "event": row["place_role"] != "subject",
        "subject": row["place_role"] == "subject",
        "vague": not is_one_day,
        "denied": row["claim_status"] == "denied",
        "confirmed": row["claim_status"] in ("verified", "adjudicated"),
        "added": bool(row["placed_by"]),
    }
    return [sign for sign, has in signs.items() if has]


def drawn_as(row: Row, noun: Noun = DOCUMENT) -> str:
    """How the map draws a report, in words: the legend of a file that has rows and nothing else, such as CSV."""
    if row["latitude"] is None:
        return "no mark: no coordinates"
    if is_too_wide(row):
        return "no mark: the area is named above the map"
    if row["precision"] in AREAS:  # the tag of an area has shares, and of single reports this sign alone
        return "; ".join(SIGNS[sign] for sign in ("area", *(["added"] if row["placed_by"] else [])))
    return noun.said("; ".join(SIGNS[sign] for sign in signs_of(row)))


NOTES = (
    "A report is what one speaker in one document says; it is not a finding.",
    "Deaths are given as each report states them and are never added up: tolls may be cumulative, or of other days.",
    "A place that a document only names in a list is drawn like any other claim; the report's note says so.",
)
"""What the signs do not express."""

OF_TABLES = "A report is what a row of a table lays to one source; it is not a finding."
"""What a report is in a table of others."""


def notes(dataset: Dataset) -> tuple[str, ...]:
    """What the signs do not express, as far as it is true of a dataset."""
    coded, deaths, listed = NOTES
    told = () if dataset.lacks(*DEATHS) else (deaths,)
    lines = tuple(boundary.said for boundary in dataset.case.boundaries)
    if not dataset.own:
        return (coded, *told, listed, *lines)
    return (coded, OF_TABLES, *told, listed, *lines) if nouns.has_coding(dataset) else (OF_TABLES, *told, *lines)


COLUMNS_IN_WORDS = (
    "place_role 'subject' is a statement about the place, drawn hollow; claim_status 'denied' is a denial, drawn with "
    "a bar; 'verified' and 'adjudicated' have a ring; a date that is not one day is drawn paler; a place of precision "
    "province, region or country is an area of radius_km, drawn as a dashed disc, or only named where it is a country "
    f"or its radius is over {WIDEST:g} km; placed_by says whence coordinates come that the table does not have, drawn "
    "with a small square; drawn_as says it for each row."
)
"""The same legend for a file that has columns and no signs."""


def in_words(dataset: Dataset) -> str:
    """The legend of a data file, in one paragraph."""
    return " ".join((*notes(dataset), COLUMNS_IN_WORDS))
