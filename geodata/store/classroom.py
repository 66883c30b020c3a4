"""Reports as a teacher shows them to pupils: without what is graphic, and without the names of private persons.

Who is private stands in ``geodata/persons.csv`` with the words that replace the name; the codebook says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import ibis
import pyarrow as pa

from geodata.model.schema import Person, fold
from geodata.store.dataset import SCHEMA, Dataset
from geodata.store.load import read_persons

NAMING = (
    "incident_id", "title", "summary", "place", "place_label", "actor", "target", "claimed_by", "disputed_by", "note",
)  # fmt: skip
"""Columns that may name a person, beside the folded ``words``. An imported table's source names are keys and stay."""


def suitable(dataset: Dataset, persons: Path | None = None) -> Dataset:
    """A dataset for the class room: no graphic row, no private name, ``row`` counted anew from 0 in the same order.

    The reports are a new table in the same engine, so keep the result rather than asking again; documents and places
    are the same. ``persons`` defaults to the list shipped in this package. Raises `InvalidData` where it has a fault.

    A surname alone was read in our documents and means one person there. In a table of others it may be anyone's, so
    there only rows that give a private person's full name are rewritten.
    """
    listed = read_persons(persons)
    is_own = bool(dataset.places)
    private = [form for person in listed if not person.is_public for form in person.forms if is_own or " " in form]
    kept = dataset.reports.filter(~dataset.reports.graphic)
    # The engine finds the rows that may hold a name; only those, few in any table, are rewritten here. Its \b knows
    # ASCII letters alone and would miss "Zeynallı", so words are bounded later.
    text = ibis.literal("\n").join([kept[column] for column in NAMING])
    naming = kept.filter(text.re_search("|".join(map(re.escape, private)) or "$^"))
    return dataset.narrowed(kept, without_names(dataset.fetch(naming), listed))


def without_names(rows: pa.Table, persons: tuple[Person, ...]) -> pa.Table:
    """The same rows (columns of `SCHEMA`) with every form of a private name replaced, in the search text too."""
    hide, hide_folded = _hiding(persons), _hiding_folded(persons)
    for column in (*NAMING, "words"):
        change = hide_folded if column == "words" else hide
        cells = [change(cell or "") for cell in rows[column].to_pylist()]
        rows = rows.set_column(rows.schema.get_field_index(column), SCHEMA.field(column), pa.array(cells, pa.string()))
    return rows


def slug(incident: str, persons: Path | None = None) -> str:
    """The class-room form of an incident's id, for links. Raises `InvalidData` where the list has a fault."""
    return _hiding(read_persons(persons))(incident)


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
    said = {fold(form): form if person.is_public else person.instead for person in persons for form in person.forms}
    names = _any_of(list(said)).replace(r"\ ", r"\W+")
    pattern = re.compile(rf"(?<!\w)({names})(?=s?(?!\w))")
    return lambda text: pattern.sub(lambda match: fold(said[fold(match[1])]), text)


def _any_of(forms: Sequence[str]) -> str:
    """A pattern for any of the forms, the longest first."""
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
