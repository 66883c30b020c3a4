"""What a report states, in words and by label: the same on screen, in the saved file and on printed pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geodata.model import dates
from geodata.model.names import LABEL, name_of
from geodata.model.records import Place
from geodata.model.row import Row
from geodata.model.vocabulary import CLAIM_STATUSES, DATE_BASES, NOT_STATED, PLACE_ROLES
from geodata.store.dataset import Dataset


def of(dataset: Dataset, row: Row, naming: str = LABEL) -> dict[str, str]:
    """A report's facts by their labels, in the order in which they are read; blank ones are dropped."""
    facts = {
        "Standing": standing(row["claim_status"]),
        "Disputed by": row["disputed_by"],
        "Document": document_cited(dataset.sources[row["source_id"]].label, row["paragraphs"]),
        "Date": date_in_words(row),
        "Time": row["time"],
        "Place": place_in_words(row, dataset.places, naming),
        "Coordinates": added_coordinates(row["placed_by"]),
        "Kind": row["event_type"],
        "Actor, target": " → ".join(filter(None, (row["actor"], row["target"]))),
        "Deaths stated": deaths(row),
        "Note": row["note"],
        "Read from": where_in_table(dataset, row),
    }
    return {name: value for name, value in facts.items() if value}


ALSO = "Also in the table"
"""Heads what a table of others has beside our columns."""


def also(dataset: Dataset, rows: Iterable[Row]) -> dict[int, dict[str, str]]:
    """What tables of others tell beside our columns, by ``row`` and by the table's own names; blank cells dropped."""
    listed = list(rows)
    cells = dataset.also({row["telling"]: row["origin"] for row in listed})
    return {row["row"]: cells[row["telling"]] for row in listed if row["telling"] in cells}


def where_in_table(dataset: Dataset, row: Row) -> str:
    """The row of an imported file that a report was read from: "row 12 of acled.csv"; blank for our own tables."""
    own = dataset.own.get(row["origin"])
    return f"row {row['telling'] - own.offset:,} of {own.file}" if own else ""


def standing(status: str) -> str:
    """A claim's standing and what it means."""
    return f"{status}: {CLAIM_STATUSES[status]}" if status else NOT_STATED


def document_cited(document: str, paragraphs: str) -> str:
    """A document, by its label, and where in it: "Keghart, 7 May 2021, paragraphs 16-18"."""
    return f"{document}, paragraph{'' if paragraphs.isdecimal() else 's'} {paragraphs}" if paragraphs else document


def cited_in_short(document: str, paragraphs: str) -> str:
    """The same for a line of a list: "Keghart, 7 May 2021, ¶ 16-18", with a space that does not break."""
    return f"{document}, ¶\u00a0{paragraphs}" if paragraphs else document


def date_in_words(row: Row) -> str:
    """A report's date in words, and how it is known."""
    basis = row["date_basis"]
    return dates.spoken(row["date"]) + (f" ({basis}: {DATE_BASES[basis]})" if basis else "")


def place_in_words(row: Row, places: Mapping[str, Place], naming: str = LABEL) -> str:
    """A report's place as the document writes it, its name, how exactly it is known, and its role in the report."""
    if not row["place"] and not row["place_id"] and row["latitude"] is None:
        return "none given"
    place = places.get(row["place_id"])
    written = f"“{row['place']}” in the document" if row["place"] else ""
    parts = (
        ": ".join(filter(None, (written, name_of(place, naming) if place else ""))) or "not named",
        f"precision: {row['precision']}" if row["precision"] else "",
        "cannot be placed on the map" if row["latitude"] is None else "",
        PLACE_ROLES.get(row["place_role"], ""),
    )
    return "; ".join(filter(None, parts))


def added_coordinates(placed_by: str) -> str:
    """Whence coordinates come that the table does not have, from a report's ``placed_by``; blank where it has them."""
    return f"not in the table; {placed_by}" if placed_by else ""


def deaths(row: Row) -> str:
    """The deaths that a report states, in words; never a sum."""
    named = {"at least": row["deaths_low"], "": row["deaths_best"], "at most": row["deaths_high"]}
    return ", ".join(f"{word} {number}".strip() for word, number in named.items() if number is not None) or NOT_STATED
