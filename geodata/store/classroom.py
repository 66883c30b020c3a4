"""Reports as a teacher shows them to pupils: without what is graphic, and without the names of private persons.

The case's ``persons.csv`` lists who is private and the words that replace the name; the codebook explains why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import ibis
import pyarrow as pa

from geodata.model.records import Person
from geodata.model.text import fold
from geodata.store.dataset import SCHEMA, Dataset

NAMING = (
    "incident_id", "title", "summary", "place", "place_label", "actor", "target", "claimed_by", "disputed_by", "note",
)  # fmt: skip
"""Columns that may name a person, beside the folded ``words``."""

CLOSED = (
    "Class mode stays closed: this table has no list of persons, so nobody has said which names a class may read. Put "
    "a list, persons.csv, into the folder of its case; a list of its header alone says that no private person is named."
)
"""Why class mode stays closed for a case, and for a table of ours."""

CLOSED_ALONE = (
    "Class mode stays closed: this table was opened alone, so nobody has said which names a class may read. Name it in "
    "a case, whose list of persons (persons.csv) says so."
)
"""The same for a table of others that lies in no case."""


def why_closed(dataset: Dataset) -> str:
    """Why class mode stays closed for a dataset that has no list of persons."""
    return CLOSED_ALONE if "" in dataset.own else CLOSED


class Closed(ValueError):
    """The dataset has no list of persons, so private names cannot be hidden from a class. It says so to the reader."""

    def __init__(self, dataset: Dataset) -> None:
        super().__init__(why_closed(dataset))


def suitable(dataset: Dataset) -> Dataset:
    """A dataset for the class room: no graphic row, no private name, ``row`` counted anew from 0 in the same order.

    The reports are a new table in the same engine: call it once and keep the result. Everything else is unchanged.
    Raises `Closed` where the dataset has no list of persons.
    """
    if dataset.persons is None:
        raise Closed(dataset)
    private = [form for person in dataset.persons if not person.is_public for form in person.forms]
    kept = dataset.reports.filter(~dataset.reports.graphic)
    # The engine finds the rows that may hold a name; only those, few in any table, are rewritten here. Its \b is for
    # ASCII letters alone and would miss a name that ends in "ı", so `_hiding` looks for whole words.
    text = ibis.literal("\n").join([kept[column] for column in NAMING])
    naming = kept.filter(text.re_search("|".join(map(re.escape, private)) or "$^"))
    return dataset.narrowed(kept, without_names(dataset.fetch(naming), dataset.persons))


def without_names(rows: pa.Table, persons: tuple[Person, ...]) -> pa.Table:
    """The same rows (columns of `SCHEMA`) with every form of a private name replaced, in the search text too."""
    hide, hide_folded = _hiding(persons), _hiding_folded(persons)
    for column in (*NAMING, "words"):
        change = hide_folded if column == "words" else hide
        cells = [change(cell or "") for cell in rows[column].to_pylist()]
        rows = rows.set_column(rows.schema.get_field_index(column), SCHEMA.field(column), pa.array(cells, pa.string()))
    return rows


def id_in_class(incident: str, persons: tuple[Person, ...]) -> str:
    """The class-room form of an incident's id, for links."""
    return _hiding(persons)(incident)


@lru_cache(maxsize=2)
def _hiding(persons: tuple[Person, ...]) -> Callable[[str], str]:
    """Replaces private names in a text or a slug. A public name stays, even where it holds a private surname."""
    private = {form: person for person in persons if not person.is_public for form in person.forms}
    names = _any_of([form for person in persons for form in person.forms])
    pattern = re.compile(rf"(?<!\w)(?:(?P<the>[Tt]he) (?P<affair>{names}) case|(?P<name>{names}))(?!\w)")

    def replacement(match: re.Match[str]) -> str:
        form = match["affair"] or match["name"]
        if form not in private:
            return match[0]
        instead = private[form].instead
        if match["affair"]:
            return f"{match['the']} case of {instead}"
        if form == form.lower():  # as a slug has it
            return private[form].in_slug
        begins = re.search(r"(^|[.!?]\s+)$", match.string[: match.start()])
        return instead[0].upper() + instead[1:] if begins else instead

    return lambda text: pattern.sub(replacement, text)


def _hiding_folded(persons: Sequence[Person]) -> Callable[[str], str]:
    """The same for folded text, where ``Sloyan's`` may have become ``sloyans``."""
    instead = {fold(form): form if person.is_public else person.instead for person in persons for form in person.forms}
    names = _any_of(list(instead)).replace(r"\ ", r"\W+")
    pattern = re.compile(rf"(?<!\w)({names})(?=s?(?!\w))")
    return lambda text: pattern.sub(lambda match: fold(instead[fold(match[1])]), text)


def _any_of(forms: Sequence[str]) -> str:
    """A pattern for any of the forms, the longest first."""
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
