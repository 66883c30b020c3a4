"""What gazetteers propose for the rows that name a place and have no coordinates: once for each place, never a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from geodata.model import earth
from geodata.store.geocoding.columns import NamedPlace, PlaceColumns
from geodata.store.geocoding.gazetteer import AGREE_KM, Candidate, Gazetteer
from geodata.store.opening import Progress, unseen

STEP = 100
"""Names that are looked up between two reports of progress."""


class Question(StrEnum):
    """Why a person has to choose."""

    HOMONYMS = "several places bear this name"
    ELSEWHERE = "a place of this name is known, but not in the country or province that the rows give"
    LARGER_TOWNS = "only a list of larger towns knows this name, and a smaller place may bear it too"
    SIMILAR = "only a similar name is known"
    NOT_LOCATED = "a list knows a place of this name, but not where it lies"
    UNKNOWN = "no list knows this name"


@dataclass(frozen=True)
class Proposal:
    """Where a named place may lie. ``rows`` is how many rows without coordinates name it."""

    named: NamedPlace
    rows: int
    candidates: tuple[Candidate, ...]
    """Places with coordinates, those of the first gazetteer first; of similar names the most similar first."""
    question: Question | None
    """``None`` where exactly one place bears this very name, and every list that was asked agrees on it."""

    @property
    def is_sure(self) -> bool:
        return self.question is None

    @property
    def kilometres(self) -> tuple[float, ...]:
        """How far each candidate is from the first."""
        if not self.candidates:
            return ()
        points = [candidate.point for candidate in self.candidates]
        return tuple(float(distance) for distance in earth.kilometres_to_each(points[0], points))


def propose(
    columns: PlaceColumns, gazetteers: Sequence[Sequence[Gazetteer]], progress: Progress = unseen
) -> list[Proposal]:
    """A proposal for each different place that rows without coordinates name; those of most rows first.

    ``gazetteers`` are groups in the order in which they are asked. Those of a group are asked together, and where they
    put a name in different places, that is a question. A later group is asked for what none before it knows.
    """
    naming = columns.naming
    asked = naming.number[columns.is_blank & (naming.number >= 0)]
    rows = np.bincount(asked, minlength=len(naming.places))
    order = [int(number) for number in np.argsort(-rows, kind="stable") if rows[number]]
    found = []
    for done, number in enumerate(order):
        if done % STEP == 0:
            progress("Looking up the names", done / len(order))
        found.append(_proposal(naming.places[number], int(rows[number]), gazetteers))
    return found


def _proposal(named: NamedPlace, rows: int, gazetteers: Sequence[Sequence[Gazetteer]]) -> Proposal:
    known: list[Candidate] = []
    for group in gazetteers:
        known += [
            place
            for gazetteer in group
            for place in gazetteer.candidates(named.place, country=named.country, admin1=named.admin1)
        ]
        if found := _different(known):
            question = _doubt(known, found)
            if not question and not any(gazetteer.is_whole for gazetteer in group):
                question = Question.LARGER_TOWNS
            return Proposal(named, rows, found, question)
    if known:
        return Proposal(named, rows, (), Question.NOT_LOCATED)
    every = [gazetteer for group in gazetteers for gazetteer in group]
    if found := _different(place for gazetteer in every for place in gazetteer.candidates(named.place)):
        return Proposal(named, rows, found, Question.ELSEWHERE)
    similar = [
        place
        for gazetteer in every
        for place in gazetteer.similar(named.place, country=named.country, admin1=named.admin1)
    ]
    if found := _different(sorted(similar, key=lambda place: -place.likeness)):
        return Proposal(named, rows, found, Question.SIMILAR)
    return Proposal(named, rows, (), Question.UNKNOWN)


def _doubt(known: Sequence[Candidate], found: Sequence[Candidate]) -> Question | None:
    """What is open where ``known`` places bear the very name, ``found`` of them different and with coordinates."""
    if len(found) > 1:
        return Question.HOMONYMS
    return None if all(place.has_coordinates for place in known) else Question.NOT_LOCATED


def _different(places: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The places that have coordinates, without those that stand for an earlier one.

    A town and the district around it are different, even where their points agree.
    """
    kept: list[Candidate] = []
    for place in places:
        if place.has_coordinates:
            alike = [other.point for other in kept if _may_be_same_kind(place, other)]
            if not (earth.kilometres_to_each(place.point, alike) <= AGREE_KM).any():
                kept.append(place)
    return tuple(kept)


def _may_be_same_kind(one: Candidate, other: Candidate) -> bool:
    kinds = {"point" if place.precision in ("exact", "settlement") else place.precision for place in (one, other)}
    return len(kinds - {""}) < 2
