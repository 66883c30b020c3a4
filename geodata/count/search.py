"""What a search means: words as the reports have them, and names of places in any spelling, small slips included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from geodata.model.filters import has_word
from geodata.model.records import Place
from geodata.model.text import CLOSE, SHORTEST, fold
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset


@dataclass(frozen=True)
class Understood:
    """A search as it is carried out: ``text`` for `Selection.text`, and notes on the places it finds."""

    text: str
    notes: tuple[str, ...] = ()


@remembered(most=256)
def understand(dataset: Dataset, text: str) -> Understood:
    """Reads a search. Words that occur stay as they are; a word that does not is taken for the nearest name of a place.

    The notes say which place was meant, and where one name is that of several places.
    """
    folded = fold(text)
    if not folded or not dataset.places:
        return Understood(text)
    names = _names(dataset)
    if folded in names:
        return Understood(text, (_is_called(text, names[folded]),))
    if occurs(dataset, folded):
        return Understood(text)
    if (name := _nearest(folded, names)) is not None:
        return Understood(name, (_taken_for(text, names[name]),))
    words, notes = [], []
    for word in folded.split():
        name = None if occurs(dataset, word) else _nearest(word, names)
        words.append(name or word)
        if name:
            notes.append(_taken_for(word, names[name]))
    return Understood(" ".join(words), tuple(notes))


@remembered(most=1)
def _names(dataset: Dataset) -> Mapping[str, tuple[Place, ...]]:
    """The places that bear each folded name, among those that reports refer to."""
    rows = dataset.fetch(dataset.reports.select("place_id").distinct())["place_id"].to_pylist()
    bearers: dict[str, tuple[Place, ...]] = {}
    for place_id in sorted(row for row in rows if row in dataset.places):
        place = dataset.places[place_id]
        for name in {fold(name) for name in place.names}:
            bearers[name] = (*bearers.get(name, ()), place)
    return bearers


@remembered(most=256)
def occurs(dataset: Dataset, text: str) -> bool:
    """Whether any report has every word of a folded text, by the filter of the search."""
    reports = dataset.reports
    conditions = [has_word(reports, word) for word in text.split()]
    return len(dataset.fetch(reports.filter(conditions).select("row").limit(1))) > 0


def _nearest(text: str, names: Mapping[str, tuple[Place, ...]]) -> str | None:
    if len(text) < SHORTEST:
        return None
    found = process.extractOne(text, names.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return found[0] if found else None


def _is_called(text: str, places: tuple[Place, ...]) -> str:
    if len(places) == 1:
        return f"“{text.strip()}” is a name of {places[0].label}."
    labels = "; ".join(f"{place.label} ({place.district or place.country})" for place in places)
    return f"“{text.strip()}” is a name of {len(places)} places, all searched: {labels}."


def _taken_for(text: str, places: tuple[Place, ...]) -> str:
    return f"No text has “{text.strip()}”; taken for {' or '.join(place.label for place in places)}."
