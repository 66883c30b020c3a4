"""What a place is called: both parties' names where they contest it, or its name in one language the reader chose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from geodata.model.schema import Place, fold

NAMINGS: Mapping[str, str] = {
    "both": "both where contested",
    "en": "English",
    "hy": "Հայերեն (Armenian)",
    "az": "Azərbaycanca (Azerbaijani)",
    "ru": "Русский (Russian)",
}
"""Ways to name places. ``both`` is what the page opens with."""


def name_of(place: Place, naming: str = "both") -> str:
    """The place's name as ``naming`` (a key of `NAMINGS`) has it.

    A place without a name in that language keeps its label: no language is made up.
    """
    if naming == "en":
        return place.name
    cell = {"hy": place.names_hy, "az": place.names_az, "ru": place.names_ru}.get(naming, "")
    first = cell.split("|")[0].split(" (")[0].strip()  # "Շուշի (Shushi)": the romanisation is for search
    return first or place.label


def place_of(row: Mapping[str, Any], places: Mapping[str, Place], naming: str = "both") -> str:
    """The name of a report's place: that of the gazetteer, else as the document writes it, else blank."""
    place = places.get(row["place_id"])
    return name_of(place, naming) if place else str(row["place_label"])


class Mentions:
    """Finds the places that a text names, by any of their names: so that what one name finds every name finds."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._names: dict[str, str] = {}
        self._bearers: dict[str, set[str]] = defaultdict(set)
        self._by_first_word: dict[str, list[str]] = defaultdict(list)
        for place in places:
            names = list(dict.fromkeys(fold(name) for name in place.names))
            self._names[place.place_id] = " ".join(names)
            for name in names:
                self._bearers[name].add(place.place_id)
        for name in self._bearers:
            self._by_first_word[name.split()[0]].append(name)
        self._begun_by: dict[str, tuple[str, ...]] = {}

    def names_in(self, folded: str, place_id: str = "") -> list[str]:
        """For each place that a folded text names, all its folded names; "stepanakerts" names Stepanakert.

        ``place_id`` is the text's own place: what it is called means no homonym of it.
        """
        padded = f" {folded}"
        found: set[str] = set()
        for word in set(folded.split()):
            for name in self._names_from(word):
                if f" {name}" in padded and place_id not in self._bearers[name]:
                    found |= self._bearers[name]
        return [self._names[one] for one in sorted(found)]

    def _names_from(self, word: str) -> tuple[str, ...]:
        """The names whose first word begins this word. A table has few different words, so they are remembered."""
        if word not in self._begun_by:
            starts = [word[:length] for length in range(1, len(word) + 1)]
            names = [name for start in starts for name in self._by_first_word.get(start, ())]
            self._begun_by[word] = tuple(name for name in names if word.startswith(name) or name.split()[0] == word)
        return self._begun_by[word]
