"""One incident field by field: what each who tells it says of a field, and how their words stand to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geodata.count.stands import FIELDS, Found, Stand, Teller, compared_fields, stands, tellers
from geodata.model.names import LABEL, place_of
from geodata.model.row import Row
from geodata.model.text import listed
from geodata.model.vocabulary import NOT_STATED
from geodata.store.dataset import Dataset
from geodata.tell import facts, nouns

HEAD, LAST = "Field", "How they stand"
"""Head the first and the last column of the comparison."""

SIGNS: Mapping[Stand, str] = {Stand.SHARP: "≠", Stand.MILD: "≈", Stand.ONE_SIDED: "◐", Stand.AGREED: "="}
"""The sign before the word, so that no colour is needed to tell how a field stands."""

NOT_TOLD = "–\u00a0not told"
"""Of a field that nobody tells: silence on all sides is no agreement."""

PART_NAMES: Mapping[str, str] = {"actor": "the actor", "target": "the target", "event_type": "the kind of event"}
"""Parts of a field that one may tell alone while others tell the rest of it. Words for the event are always there."""


@dataclass(frozen=True)
class Line:
    """A field: its name, the sayings of each column, and how they stand: the sign with its words, and the figures.

    ``stand`` is ``None`` where nobody tells the field.
    """

    name: str
    cells: tuple[tuple[str, ...], ...]
    stand: Stand | None
    said: str
    how: str


@dataclass(frozen=True)
class Comparison:
    """``heads`` name the columns: those who tell, the sources of one telling together; ``caption`` heads the whole."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    caption: str


def compared(dataset: Dataset, reports: Sequence[Row], naming: str = LABEL) -> Comparison | None:
    """The reports of one incident beside each other; ``None`` where one alone tells it."""
    columns = tellers(reports)
    if len(columns) < 2:
        return None
    found = stands(dataset, reports)
    lines = [
        Line(
            FIELDS[field],
            tuple(_said(dataset, field, rows, naming) for rows in columns.values()),
            one.stand if (one := found.get(field)) else None,
            said(dataset, one),
            one.how if one else "",
        )
        for field in compared_fields(dataset)
    ]
    by = nouns.of_row(dataset, reports[0]).one
    caption = f"The same incident, field by field and {by} by {by}"
    return Comparison(tuple(label(dataset, teller) for teller in columns), tuple(lines), caption)


MOST_NAMED = 4
"""Sources of one telling that head a column; of more the last are counted, and the telling itself names them all."""


def label(dataset: Dataset, teller: Teller) -> str:
    """Who tells, by the labels of the sources: "A; B", "A; B; C and 37 more"."""
    labels = [dataset.sources[source].label for source in teller]
    if len(labels) <= MOST_NAMED:
        return "; ".join(labels)
    return f"{'; '.join(labels[: MOST_NAMED - 1])} and {len(labels) - MOST_NAMED + 1} more"


def said(dataset: Dataset, found: Found | None) -> str:
    """How a field stands, with its sign and a space that does not break: "≠ sharp", "◐ only Keghart says"."""
    if found is None:
        return NOT_TOLD
    return f"{SIGNS[found.stand]}\u00a0{only(dataset, found) if found.stand is Stand.ONE_SIDED else found.stand}"


def only(dataset: Dataset, found: Found) -> str:
    """Who alone tells a one-sided field: "only A says", "only A and B say", "only A names the target"."""
    told = []
    for part, alone in found.only:
        ending = "s" if len(alone) == 1 else ""
        does = f"name{ending} {PART_NAMES[part]}" if part else f"say{ending}"
        told.append(f"only {listed([label(dataset, teller) for teller in alone])} {does}")
    return "; ".join(told)


def _said(dataset: Dataset, field: str, reports: Sequence[Row], naming: str) -> tuple[str, ...]:
    """What a document's reports say of a field; where its speakers differ, each with its speaker."""
    sayings: dict[str, list[str]] = {}
    for row in reports:
        sayings.setdefault(_cell(dataset, field, row, naming), []).append(row["claimed_by"])
    if len(sayings) == 1:
        return tuple(sayings)
    return tuple(f"{saying} ({'; '.join(dict.fromkeys(by))})" for saying, by in sayings.items())


def _cell(dataset: Dataset, field: str, row: Row, naming: str) -> str:
    if field == "date":
        return facts.when(row)
    if field == "place":
        return place_of(row, dataset.places, naming) or "none given"
    if field == "numbers":
        return facts.deaths(row)
    if field == "names":
        return " → ".join((row["actor"] or NOT_STATED, row["target"] or NOT_STATED))
    if field == "standing":
        return row["claim_status"] or NOT_STATED
    return ": ".join(filter(None, (row["event_type"], row["title"])))
