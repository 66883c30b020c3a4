"""What a report states, in words and by label: the same on screen, in the saved file and on printed pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from geodata.count import counting
from geodata.model import dates
from geodata.model.names import LABEL, name_of
from geodata.model.records import Place
from geodata.model.row import Row
from geodata.model.text import listed
from geodata.model.vocabulary import CLAIM_STATUSES, DATE_BASES, DEATHS, NOT_STATED, PLACE_ROLES
from geodata.store.dataset import Dataset
from geodata.tell import nouns
from geodata.tell.nouns import DOCUMENT, Noun


def of(dataset: Dataset, row: Row, naming: str = LABEL, together: Sequence[str] = ()) -> dict[str, str]:
    """A report's facts by their labels, in the order in which they are read; blank ones are dropped.

    ``together`` are the labels of all sources of its telling, where there are several: see `tellings`.
    """
    noun = nouns.of_row(dataset, row)
    written_in = "table" if row["origin"] in dataset.own else "document"
    facts = {
        "Standing": standing(row["claim_status"], noun),
        "Disputed by": row["disputed_by"],
        **_cited(dataset, row, noun, together),
        "Date": date_in_words(row),
        "Place": place_in_words(row, dataset.places, naming, written_in),
        "Coordinates": added_coordinates(row["placed_by"]),
        "Kind": row["event_type"],
        "Actor, target": " → ".join(filter(None, (row["actor"], row["target"]))),
        "Deaths stated": "" if dataset.lacks(*DEATHS) else deaths(row),
        "Note": row["note"],
        "Read from": where_in_table(dataset, row),
    }
    return {name: value for name, value in facts.items() if value}


TOGETHER = "Sources of one telling"
"""Heads the sources that one row of a table names: they share one coder's values, and nothing is compared."""


def _cited(dataset: Dataset, row: Row, noun: Noun, together: Sequence[str]) -> dict[str, str]:
    if len(together) > 1:
        return {TOGETHER: "; ".join(together)}
    label = dataset.sources[row["source_id"]].label
    return {noun.said("Document"): document_cited(label, row["paragraphs"])}


def tellings(dataset: Dataset, rows: Iterable[Row]) -> dict[int, tuple[str, ...]]:
    """The labels of the sources of each telling of which a row is, by ``telling``; all of them, whatever is shown."""
    asked = {row["telling"] for row in rows}
    if dataset.is_large:
        of_these = dataset.reports.filter(dataset.reports.telling.isin([*asked]))
        reports = dataset.fetch(of_these.select("row", "telling", "source_id").order_by("row"))
    else:
        reports = counting.columns(dataset).select(["telling", "source_id"])
        reports = reports.filter(pc.is_in(reports["telling"], pa.array(asked, pa.int32())))
    labels: dict[int, dict[str, None]] = {}
    for row in reports.to_pylist():
        labels.setdefault(row["telling"], {})[dataset.sources[row["source_id"]].label] = None
    return {telling: tuple(named) for telling, named in labels.items()}


def by_telling(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows that share a telling together, in the order of their first."""
    groups: dict[int, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["telling"], []).append(row)
    return [*groups.values()]


def speaker(rows: Sequence[Row]) -> str:
    """Who speaks in the reports of one telling: the speaker that they share, else each source."""
    return "; ".join(dict.fromkeys(row["claimed_by"] for row in rows))


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


def standing(status: str, noun: Noun = DOCUMENT) -> str:
    """A claim's standing and what it means."""
    return f"{status}: {noun.said(CLAIM_STATUSES[status])}" if status else NOT_STATED


def document_cited(document: str, paragraphs: str) -> str:
    """A document, by its label, and where in it: "Keghart, 7 May 2021, paragraphs 16–18 and 20"."""
    several = "" if paragraphs.isdecimal() else "s"
    return f"{document}, paragraph{several} {paragraphs_listed(paragraphs)}" if paragraphs else document


def cited_in_short(document: str, paragraphs: str) -> str:
    """The same for a line of a list: "Keghart, 7 May 2021, ¶¶ 16–18 and 20"."""
    return ", ".join(filter(None, (document, paragraphs_in_short(paragraphs))))


def paragraphs_in_short(paragraphs: str) -> str:
    """Paragraphs behind their sign, with a space that does not break: "¶ 16", "¶¶ 16–18 and 20"; blank for none."""
    sign = "¶" if paragraphs.isdecimal() else "¶¶"
    return f"{sign}\u00a0{paragraphs_listed(paragraphs)}" if paragraphs else ""


def paragraphs_listed(paragraphs: str) -> str:
    """Paragraphs as they are read: ``24;28;35-37`` is "24, 28 and 35–37"."""
    return listed(part.strip().replace("-", "–") for part in paragraphs.split(";"))


def date_in_words(row: Row) -> str:
    """A report's date in words, its time of day where it has one, and how the date is known."""
    basis = row["date_basis"]
    return when(row) + (f" ({basis}: {DATE_BASES[basis]})" if basis else "")


def when(row: Row) -> str:
    """A report's date in words, with its time of day where it has one: "4 Oct 2020, 14:20"."""
    return ", ".join(filter(None, (dates.spoken(row["date"]), row["time"])))


def place_in_words(row: Row, places: Mapping[str, Place], naming: str = LABEL, written_in: str = "document") -> str:
    """A report's place as it is written, its name, how exactly it is known, and its role in the report."""
    if not row["place"] and not row["place_id"] and row["latitude"] is None:
        return "none given"
    place = places.get(row["place_id"])
    written = f"“{row['place']}” in the {written_in}" if row["place"] else ""
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
