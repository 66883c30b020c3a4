"""What stands in the shipped case alone: no such word may stand over another case."""

from __future__ import annotations

import re
from functools import cache

from geodata.model.text import fold
from geodata.store.dataset import Dataset
from geodata.store.load import load
from tests.server import ROOT

OF_ANY_CASE = {"press", "court", "scholar", "other", "english", "river", "border"}
"""Words of the shipped case that any case may have too."""

SHORTEST = 5
"""Letters of the shortest name that is looked for; shorter ones stand in other words and languages."""


@cache
def shipped() -> Dataset:
    return load(ROOT)


@cache
def pattern() -> re.Pattern[str]:
    """Names of its sides, scopes, places, persons and documents, its languages, and its own notices: folded."""
    dataset = shipped()
    case, home = dataset.case, dataset.case.home
    assert home and dataset.persons
    said = {
        case.title, case.about, case.credit, case.target_note, case.search_hint, home.name, home.covers, *case.cautions,
        *case.scopes.values(), *(side.name for side in case.sides.values()),
        *(side.meaning for side in case.sides.values()),
        *(word for side in case.sides.values() for word in (*side.people, *side.land)),
        *(language.name for language in case.languages.values()),
        *(language.english for language in case.languages.values()),
        *(name for names in case.countries.values() for name in names),
        *(name for place in dataset.places.values() for name in place.names),
        *(form for person in dataset.persons for form in person.forms),
        *(name for source in dataset.sources.values() for name in (source.label, source.publisher, source.author)),
        "Caucasus", "Karabakh", "five documents",
    }  # fmt: skip
    words = {fold(one) for one in said} - OF_ANY_CASE
    return re.compile(rf"\b(?:{'|'.join(sorted(word for word in words if len(word) >= SHORTEST))})\b")


def found_in(text: str) -> list[str]:
    """Words of the shipped case in a text, each once."""
    return sorted({match[0] for match in pattern().finditer(fold(text))})
