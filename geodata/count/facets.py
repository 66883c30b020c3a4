"""What each list offers, and how many reports each choice would leave: counting of small codes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from geodata.count import counting
from geodata.model.filters import BY_NAME, CHOICES, vocabulary_of
from geodata.model.selection import Selection
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset


@remembered(most=256)
def facet(dataset: Dataset, chosen: Selection, name: str) -> Mapping[str, int]:
    """For a list of ``CHOICES``, its values and the reports each would leave; none where the table does not tell it.

    The other filters stay as they are; the list's own is open. The values come in falling order of their numbers.
    """
    if not BY_NAME[name].is_told(dataset.missing):
        return {}
    coded = counting.columns(dataset)[CHOICES[name]].combine_chunks()
    codes = coded.indices.to_numpy()[counting.kept(dataset, chosen.without(name))]
    numbers = np.bincount(codes, minlength=len(coded.dictionary))
    order = np.argsort(-numbers, kind="stable")
    order = order[: np.count_nonzero(numbers)]
    return dict(zip(coded.dictionary.take(order).to_pylist(), numbers[order].tolist(), strict=True))


def facets(dataset: Dataset, chosen: Selection) -> Mapping[str, Mapping[str, int]]:
    """`facet` of each list that the table tells."""
    told = (name for name in CHOICES if BY_NAME[name].is_told(dataset.missing))
    return {name: facet(dataset, chosen, name) for name in told}


@remembered(most=64)
def values_of(dataset: Dataset, name: str) -> Mapping[str, None]:
    """The values that a list of ``CHOICES`` offers, in its order; a blank is none of them.

    Those of its vocabulary, or the dataset's documents or places; then what else the table has, most frequent first.
    """
    places = sorted(dataset.places, key=lambda key: dataset.places[key].name)
    kept = {"sources": dataset.sources, "places": places}.get(name, vocabulary_of(name))
    offered = dict.fromkeys((*kept, *facet(dataset, Selection(), name)))
    offered.pop("", None)
    return offered
