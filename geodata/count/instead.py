"""Where no report is left: the nearest selections that have some, as a reader would try them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from geodata.count import counting
from geodata.count.search import occurs
from geodata.model.filters import FILTERS
from geodata.model.selection import OPEN, Selection
from geodata.model.text import SHORTEST, fold
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

LIKE = 60
"""Least similarity (0 to 100, Indel ratio of RapidFuzz) of a word that is offered for another. It is lower than that
at which one is taken for another unasked, for here a person chooses."""

ALL_BUT_WORDS = "*"
"""Stands for every filter but the search."""

MOST_WORDS = 3
"""Words offered for each that no text has."""


@dataclass(frozen=True)
class Instead:
    """A selection near to the one asked for, how it differs, and its reports.

    ``without`` is the name of the filter that is taken away, `ALL_BUT_WORDS`, or blank; ``text`` is the other search,
    or blank.
    """

    chosen: Selection
    reports: int
    without: str = ""
    text: str = ""


def nearest(dataset: Dataset, chosen: Selection) -> list[Instead]:
    """Selections with at least one report: other words first, then each filter taken away, the most reports first."""
    found = [*_with_other_words(dataset, chosen)]
    open_now = [
        Instead(rest, _reports(dataset, rest), without=each.name)
        for each in FILTERS
        if chosen[each.name] != OPEN[each.name] and (rest := chosen.without(each.name))
    ]
    if chosen.text and len(open_now) > 2:
        everywhere = Selection(text=chosen.text)
        open_now.append(Instead(everywhere, _reports(dataset, everywhere), without=ALL_BUT_WORDS))
    found += sorted(open_now, key=lambda one: -one.reports)
    return [one for one in found if one.reports]


def unknown_words(dataset: Dataset, text: str) -> list[str]:
    """The words of a search, folded and in their order, with each of which alone no report is found."""
    return [word for word in fold(text).split() if not occurs(dataset, word)]


def _with_other_words(dataset: Dataset, chosen: Selection) -> Iterator[Instead]:
    """The search with other words; where need be in every scope, or with no other filter."""
    for other in filter(None, dict.fromkeys(_other_words(dataset, chosen.text))):
        searched = chosen.having(text=other)
        for one, without in (
            (searched, ""),
            (searched.without("scopes"), "scopes"),
            (Selection(text=other), ALL_BUT_WORDS),
        ):
            if reports := _reports(dataset, one):
                yield Instead(one, reports, without, other)
                break


def _other_words(dataset: Dataset, text: str) -> Iterator[str]:
    """The search with a word like one that no report has, its fellows by their nearest; then without all of these."""
    known, unknown = _vocabulary(dataset), unknown_words(dataset, text)
    like = {
        word: [
            found
            for found, *_ in process.extract(word, known, scorer=fuzz.ratio, score_cutoff=LIKE, limit=MOST_WORDS)
            if len(word) >= SHORTEST
        ]
        for word in unknown
    }
    nearest = {word: found[:1] for word, found in like.items()}
    words = fold(text).split()
    for word, found in like.items():
        for other in found:
            yield " ".join(part for each in words for part in ({**nearest, word: [other]}.get(each, [each])))
    yield " ".join(word for word in words if word not in unknown)


def _reports(dataset: Dataset, chosen: Selection) -> int:
    return counting.number(dataset, chosen)


@remembered(most=1)
def _vocabulary(dataset: Dataset) -> tuple[str, ...]:
    """The folded words of all reports that may be offered for others, each once: all but numbers and the shortest."""
    if dataset.is_large:
        return ()  # its texts stay in the engine: of a search without reports only the words themselves are taken away
    texts = dataset.fetch(dataset.reports.select("words"))["words"]
    words = pc.unique(pc.list_flatten(pc.utf8_split_whitespace(texts))).to_pylist()
    return tuple(sorted(word for word in words if len(word) >= SHORTEST and word.isalpha()))
