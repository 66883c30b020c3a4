"""The part of a large table that a selection leaves, as a table whose rows are here: for what no engine can count."""

from __future__ import annotations

from dataclasses import replace

from geodata.count import counting
from geodata.model.selection import Selection, select
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset, most_local


class TooManyError(ValueError):
    """Of a large table a selection leaves more than one answer is made of; the text says what and how many."""


def is_small_enough(dataset: Dataset, chosen: Selection) -> bool:
    """Whether the reports of a selection are few enough for `of`."""
    return not dataset.is_large or counting.number(dataset, chosen) <= most_local()


@remembered(most=2)
def of(dataset: Dataset, chosen: Selection) -> Dataset:
    """The reports of a selection of a large table alone, their ``row`` as it was; another table as it is.

    An incident is then judged by what the selection leaves of it. Raises `TooManyError`.
    """
    if not dataset.is_large:
        return dataset
    if not is_small_enough(dataset, chosen):
        raise TooManyError(f"up to {most_local():,} reports are here at once, and the filters leave more")
    return replace(dataset.filtered(select(dataset.reports, chosen)), is_large=False)
