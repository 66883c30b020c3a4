"""What a place is called: its label, or its name in a language that the reader chose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from geodata.model.case import Case
from geodata.model.records import Place
from geodata.model.row import Row
from geodata.model.text import fold

LABEL = "label"
"""The way to name places that every case opens with: by their labels."""


def namings(case: Case) -> dict[str, str]:
    """The ways to name places, in words, the first of them `LABEL`: those of the case's languages.

    The label is the name in the first language, unless names of several languages stand together where the parties
    contest it; that is then a way of its own.
    """
    languages = {
        code: language.name if language.name == language.english else f"{language.name} ({language.english})"
        for code, language in case.languages.items()
    }
    if case.together:
        return {LABEL: f"{'both' if len(case.together) == 2 else 'all'} where contested", **languages}
    first, *others = languages or {"": "as the table has them"}
    return {LABEL: languages.get(first, "as the table has them"), **{code: languages[code] for code in others}}


def speaks_english(case: Case, naming: str) -> bool:
    """Whether a place that is in no list may be called by its English name among names of this way."""
    return naming == "en" or (naming == LABEL and next(iter(case.languages), "en") == "en")


def name_of(place: Place, naming: str = LABEL) -> str:
    """The place's name as ``naming`` (a key of `namings`) has it.

    A place without a name in that language has its label: no name is made up.
    """
    return place.name_in(naming) or place.label


def place_of(row: Row, places: Mapping[str, Place], naming: str = LABEL) -> str:
    """The name of a report's place: that of the gazetteer, else as the document writes it, else blank."""
    place = places.get(row["place_id"])
    return name_of(place, naming) if place else str(row["place_label"])


def area_name(name: str, names: Mapping[str, str], case: Case, naming: str = LABEL) -> str:
    """The name of an area of a layer, which is in no list of places: that in the language of ``naming``, else ``name``,
    the layer's own.

    The label is the one in the first language; where a case has names of several stand together, the layer's own, for
    no language goes first then.
    """
    language = next(iter(case.languages), "") if naming == LABEL and not case.together else naming
    return names.get(language) or name


class Mentions:
    """Finds the places that a text names by any of their names, so that a search for one name finds them all."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._names: dict[str, str] = {}
        self._bearers: dict[str, set[str]] = defaultdict(set)
        for place in places:
            # A name without a letter or digit, such as "#", folds to nothing, and no text can name it.
            names = [*filter(None, dict.fromkeys(fold(name) for name in place.names))]
            self._names[place.place_id] = " ".join(names)
            for name in names:
                self._bearers[name].add(place.place_id)
        self._begun_by = _BegunBy(self._bearers)
        self._found: dict[tuple[str, ...], frozenset[str]] = {}
        self._have_numbers = any(word.isdecimal() for name in self._bearers for word in name.split())

    def names_in(self, words: Sequence[str]) -> frozenset[str]:
        """The folded names that a text holds, given its folded words; "stepanakerts" holds that of Stepanakert."""
        # Names of incidents differ in their numbers alone, which are no part of a place's name.
        letters = tuple(words if self._have_numbers else [word for word in words if not word.isdecimal()])
        if letters not in self._found:
            self._found[letters] = self._look_through(letters)
        return self._found[letters]

    def _look_through(self, words: Sequence[str]) -> frozenset[str]:
        if not (beginning := {*filter(self._begun_by.__getitem__, words)}):
            return frozenset()
        text = f" {' '.join(words)}"
        names = [name for word in beginning for name in self._begun_by[word]]
        return frozenset([name for name in names if " " not in name or f" {name}" in text])

    def all_names(self, named: Iterable[str], place_id: str = "") -> list[str]:
        """For each place that bears one of these folded names, all its folded names.

        ``place_id`` is the text's own place: what it is called means no homonym of it.
        """
        bearers = [self._bearers[name] for name in named if place_id not in self._bearers[name]]
        return [self._names[one] for one in sorted(set[str]().union(*bearers))]


class _BegunBy(dict[str, tuple[str, ...]]):
    """The names that a word of a text may begin. Each word is looked for once, for a table repeats its words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first_word: dict[str, list[str]] = defaultdict(list)
        for name in names:
            self._by_first_word[name.split()[0]].append(name)
        self._first_letters = {first[0] for first in self._by_first_word}

    def __missing__(self, word: str) -> tuple[str, ...]:
        names: list[str] = []
        if word[0] in self._first_letters:
            starts = (word[:length] for length in range(1, len(word) + 1))
            names = [name for start in starts for name in self._by_first_word.get(start, ())]
        self[word] = tuple(name for name in names if word.startswith(name) or name.split()[0] == word)
        return self[word]
