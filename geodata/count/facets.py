"""The values that each list filter offers, and how many reports it would keep with each."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from geodata.count import counting
from geodata.model.filters import BY_NAME, CHOICES, OWN_LIST, own_value
from geodata.model.selection import Selection
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset


@remembered(most=256)
def facet(dataset: Dataset, chosen: Selection, name: str) -> Mapping[str, int]:
    """For a filter of ``CHOICES``: each value, and how many reports it would keep; empty without its column.

    All other filters apply. The values are ordered by their numbers, the largest first.
    """
    if not BY_NAME[name].is_offered(dataset.missing):
        return {}
    if CHOICES[name] != OWN_LIST:
        return _counted(dataset, chosen.without(name), CHOICES[name])
    return {
        f"{category.name}={value}": number
        for category in dataset.categories
        for value, number in _counted(dataset, _without_own(chosen, category.name), category.column).items()
        if value
    }


def _without_own(chosen: Selection, name: str) -> Selection:
    """The selection without what it chooses of one category of the table's own."""
    return chosen.among("own", tuple(value for value in chosen["own"] if own_value(value)[0] != name))


def _counted(dataset: Dataset, chosen: Selection, column: str) -> Mapping[str, int]:
    """How many reports of the selection each value of a column has, the largest number first."""
    if dataset.is_large:
        counted = counting.by(dataset, chosen, column)
        texts, numbers = counted[column].combine_chunks(), counted["reports"].to_numpy()
    else:
        coded = counting.columns(dataset)[column].combine_chunks()
        codes = coded.indices.to_numpy()[counting.selection_mask(dataset, chosen)]
        texts, numbers = coded.dictionary, np.bincount(codes, minlength=len(coded.dictionary))
    order = np.argsort(-numbers, kind="stable")
    order = order[: np.count_nonzero(numbers)]
    return dict(zip(texts.take(order).to_pylist(), numbers[order].tolist(), strict=True))


def facets(dataset: Dataset, chosen: Selection) -> Mapping[str, Mapping[str, int]]:
    """`facet` of each list filter whose column the table has."""
    return {name: facet(dataset, chosen, name) for name in CHOICES if BY_NAME[name].is_offered(dataset.missing)}


@remembered(most=64)
def values_of(dataset: Dataset, name: str) -> Mapping[str, None]:
    """The values that a filter of ``CHOICES`` offers, in the order of its list; blank is not offered.

    Its vocabulary, or the dataset's documents or places; then the table's other values, the most frequent first.
    """
    places = sorted(dataset.places, key=lambda key: dataset.places[key].name)
    known = {"sources": dataset.sources, "places": places}.get(name, dataset.case.vocabulary(BY_NAME[name].column))
    offered = dict.fromkeys((*known, *facet(dataset, Selection(), name)))
    offered.pop("", None)
    return offered
