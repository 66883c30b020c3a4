"""A selection in words: above the map, for screen readers, and for captions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from geodata.count import counting
from geodata.count import tellings as tally
from geodata.model import dates
from geodata.model.case import Case
from geodata.model.filters import BY_NAME, FILTERS, OWN_LIST, own_value
from geodata.model.names import LABEL, name_of
from geodata.model.row import Row
from geodata.model.selection import Selection
from geodata.model.text import number_of
from geodata.model.vocabulary import NOT_STATED
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset
from geodata.tell import nouns
from geodata.tell.nouns import DOCUMENT, Noun

NO_EVIDENCE = "An empty part of the map is no evidence that nothing happened there: these documents do not tell of it."


@dataclass(frozen=True)
class Summary:
    """Counts for a selection. ``documents`` counts those that are named, ``unnamed`` the reports that name none.

    ``first`` and ``last`` bound its dated reports, open ends apart.

    ``undated`` counts the reports without a date that pass every filter but the window, ``unmapped`` those without
    coordinates that pass every filter but the area.

    ``surely`` counts the reports with no possible day outside the window; it is 0 without a window.
    """

    reports: int
    incidents: int
    documents: int
    unmapped: int
    undated: int
    surely: int
    first: date | None
    last: date | None
    sides: Mapping[str, int]
    noun: Noun = DOCUMENT
    """What those are called who tell."""
    unnamed: int = 0

    @property
    def told_by(self) -> str:
        """By how many it is told: "5 sources", "5 sources; 12 name no source", "a source that is not named"."""
        named = self.noun.number(self.documents)
        if not self.unnamed:
            return named
        return f"{named}; {self.unnamed:,} name no {self.noun.one}" if self.documents else "a source that is not named"


@remembered(most=64)
def summarise(dataset: Dataset, chosen: Selection) -> Summary:
    """Counts the selected reports."""
    by_side = {
        row["claimant_side"]: row["reports"] for row in counting.by(dataset, chosen, "claimant_side").to_pylist()
    }
    order = sorted((side for side in (*dataset.case.sides, "") if side in by_side), key=lambda side: -by_side[side])
    sides = {side: by_side[side] for side in order}
    return Summary(**vars(counting.totals(dataset, chosen)), sides=sides, noun=nouns.of(dataset))


def no_evidence(dataset: Dataset) -> str:
    """What an empty part of the map does not mean."""
    return nouns.of(dataset).said(NO_EVIDENCE)


def title(summary: Summary, chosen: Selection) -> str:
    """A calm title of a file: what, and when."""
    return ", ".join(filter(None, ("Incidents and who says so", _days(summary, chosen))))


def sentence(summary: Summary, chosen: Selection) -> str:
    """The selection as in: 42 reports of 31 incidents, 27 Sep – 10 Nov 2020, told by 3 documents; 9 cannot be mapped.

    A window drops the reports without a date, an area those without coordinates, and the sentence states how many.
    """
    if not summary.reports:
        hidden = []
        if summary.undated:
            hidden.append(f" {number_of(summary.undated, 'report')} without a date cannot be placed in it.")
        if summary.unmapped and chosen.area:
            hidden.append(f" {number_of(summary.unmapped, 'report')} without coordinates cannot be placed in the area.")
        return f"No report matches these filters{_within(summary, chosen)}.{''.join(hidden)}"
    parts = []
    if chosen.has_window and not chosen.surely:
        perhaps = summary.reports - summary.surely
        parts.append(f"{summary.surely:,} surely in this window, {perhaps:,} perhaps, for their dates are vague")
    if chosen.area is None:
        parts.append(f"{summary.unmapped:,} cannot be mapped")
    elif summary.unmapped:
        parts.append(f"{summary.unmapped:,} more, without coordinates, cannot be placed in the area")
    if not chosen.has_window:
        parts.append(f"{summary.undated:,} cannot be dated")
    elif summary.undated:
        parts.append(f"{summary.undated:,} more, without a date, cannot be placed in the window")
    return (
        f"{number_of(summary.reports, 'report')} of {number_of(summary.incidents, 'incident')}"
        f"{'; '.join((f'{_within(summary, chosen)}, told by {summary.told_by}', *parts))}."
    )


def told(rows: Sequence[Row], noun: Noun) -> str:
    """How many reports of an incident there are, and by whom: "3 reports, told by 3 sources in one telling"."""
    tellings = len({row["telling"] for row in rows})
    by = noun.number(len({row["source_id"] for row in rows}))
    if tellings == len(rows):
        return f"{number_of(len(rows), 'report')}, told by {by}"
    of = "one telling" if tellings == 1 else f"{tellings} tellings"
    return f"{number_of(len(rows), 'report')}, told by {by} in {of}"


def nothing_differs(dataset: Dataset, chosen: Selection) -> str:
    """Why no incident of a selection is told differently."""
    tellings = tally.counted(dataset, chosen)
    if tellings.repeated or not dataset.own or not tellings.incidents:
        by_two = nouns.of(dataset).said("two documents")
        return f"No incident among those shown is told differently by {by_two}."
    once = "In this table each incident is told once" if chosen == Selection() else "Each incident shown is told once"
    if not tellings.shared:
        return f"{once}: there is nothing to lay beside it."
    names = f"{number_of(tellings.shared, 'row')} {'names' if tellings.shared == 1 else 'name'} several"
    return f"{once}. The sources of one row share one coder's values and cannot be compared: {names}."


def set_aside(dataset: Dataset) -> str:
    """How many rows of the files are not among the reports, and how many cells are blank because they are unread."""
    rows = sum(len(opening.set_aside) for opening in dataset.openings)
    cells = sum(len(opening.unread_cells) for opening in dataset.openings)
    asked = sum(len(opening.questions) for opening in dataset.openings)
    said = (
        f"{number_of(rows, 'row')} of the file {'is' if rows == 1 else 'are'} set aside" if rows else "",
        f"{number_of(cells, 'cell')} could not be read" if cells else "",
        f"{number_of(asked, 'question')} about the table {'is' if asked == 1 else 'are'} open" if asked else "",
    )
    told = "; ".join(filter(None, said))
    return f"{told}: see the page Table." if told else ""


def _within(summary: Summary, chosen: Selection) -> str:
    days = _days(summary, chosen)
    how = "surely inside " if chosen.surely and chosen.has_window else ""
    return f", {how}{days}" if days else ""


def _days(summary: Summary, chosen: Selection) -> str:
    """The window, its open ends closed by the first and the last day of the reports; blank where neither is known."""
    first, last = chosen.first or summary.first, chosen.last or summary.last
    return dates.spoken_window(first, last) if first and last else ""


def balance(case: Case, summary: Summary) -> str:
    """Which sides speak, most often heard first, and which of the case's parties is not heard."""
    if not summary.reports:
        return ""
    if set(summary.sides) == {""}:
        return "These reports do not tell on which side anyone speaks."
    spoken = ", ".join(f"{case.side_name(side)} {number:,}" for side, number in summary.sides.items())
    silent = [case.side_name(side) for side in case.parties if side not in summary.sides]
    quiet = f" No {' and no '.join(silent)} claimant is heard{_of_told(summary)}." if silent else ""
    return f"Who speaks in these reports: {spoken}.{quiet}"


def _of_told(summary: Summary) -> str:
    """Where the side of some reports is not told, a side is silent among the others alone."""
    return " among those whose side is stated" if "" in summary.sides else ""


def filters(dataset: Dataset, chosen: Selection, naming: str = LABEL) -> str:
    """The filters and the window in words, blank where there is none: "claimant side Union; words “harbour”"."""
    said = []
    for one in FILTERS:
        if (value := chosen[one.name]) != one.default:
            said.append(one.in_words(value, partial(label_of, dataset, one.name, naming=naming, explained=True)))
    return "; ".join(filter(None, said))


def label_of(dataset: Dataset, field: str, value: str, naming: str = LABEL, *, explained: bool = False) -> str:
    """A value of a list of `filters.CHOICES` in words; ``explained`` adds its meaning where the filter explains it."""
    if field == "sources" and value in dataset.sources:
        return dataset.sources[value].label
    if field == "places" and value in dataset.places:
        return name_of(dataset.places[value], naming)
    if field == "sides":
        return dataset.case.side_name(value) if value in (*dataset.case.sides, "") else value
    if field == "tables":
        return dataset.case.table_name(value)
    if field == OWN_LIST:
        name, own = own_value(value)
        label = next((category.label(own) for category in dataset.categories if category.name == name), own)
        return f"{name}: {label}"
    one = BY_NAME[field]
    meaning = dataset.case.vocabulary(one.column).get(value) if explained and one.explains else None
    if meaning and field == "statuses":
        meaning = nouns.of(dataset).said(meaning)
    return f"{value} ({meaning})" if meaning else value or NOT_STATED
