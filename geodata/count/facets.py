"""How many reports each choice of each filter would leave: counting of small codes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from geodata.count import counting
from geodata.model.selection import CHOICES, Selection
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset


@remembered(most=64)
def facets(dataset: Dataset, chosen: Selection) -> Mapping[str, Mapping[str, int]]:
    """For each field of ``CHOICES`` that the table tells, its values and the reports each would leave.

    The other filters stay as they are; the field's own is open. The values come in falling order of their numbers.
    """
    columns = counting.columns(dataset)
    found: dict[str, dict[str, int]] = {}
    for field, column in CHOICES.items():
        if column in dataset.missing:
            continue
        coded = columns[column].combine_chunks()
        codes = coded.indices.to_numpy()[counting.kept(dataset, chosen.without(field))]
        numbers = np.bincount(codes, minlength=len(coded.dictionary))
        order = [at for at in np.argsort(-numbers, kind="stable") if numbers[at]]
        found[field] = {coded.dictionary[at].as_py(): int(numbers[at]) for at in order}
    return found
