"""What belongs to a conflict and not to the product: its sides, scopes, kinds, languages, home and cautions.

A case is a folder; this record is its ``case.yaml``. A dataset carries its case, the validators of its rows are given
it as their context, and nothing else knows a side, a scope, a language or a box by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import Annotated, Self, TypeVar

from pydantic import AfterValidator, Field, field_validator, model_validator

from geodata.model.boundaries import Boundary
from geodata.model.cells import Record, Several, Truth, Words, within_case
from geodata.model.kinds import FAMILIES, KINDS, Family, Kind, Marked
from geodata.model.layers import COLOURS, CaseLayer
from geodata.model.mapping import TableMapping
from geodata.model.periods import Period
from geodata.model.region import Extent
from geodata.model.text import visible
from geodata.model.vocabulary import (
    BLANK,
    CLAIM_STATUSES,
    DATE_BASES,
    MOST_COLOURS,
    NOT_STATED,
    PALETTES,
    PLACE_ROLES,
    PRECISIONS,
)

Key = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(visible)]
"""A name by which tables and addresses refer to something."""

OTHER = "other"
"""The side and the family that take the grey of their palette, for they hold what no other does."""


class Side(Marked):
    """Somebody who speaks: a value of ``claimant_side``. Without a name it is named by its key."""

    name: Annotated[str, Field(description="As readers see it, before the word claimants.")] = ""
    party: Annotated[Truth, Field(description="Whether it is a party: parties are named even where none is heard.")] = (
        False
    )
    meaning: Annotated[str, Field(description="Who is counted under it.")] = ""
    people: Annotated[Several, Field(description="Words by which a target names its people.")] = ()
    land: Annotated[
        Several, Field(description="Words by which a target names its land; they count where no people is named.")
    ] = ()


class Language(Record):
    """A language in which places have names: the column ``names_`` and its code in ``places.csv``."""

    name: Annotated[Words, Field(description="Its name in itself.")]
    english: Annotated[Words, Field(description="Its name in English.")]


class Home(Record):
    """The box that the map opens on: west, south, east, north in degrees, WGS 84."""

    name: Annotated[Words, Field(description="On the button that leads back to it.")]
    covers: Annotated[Words, Field(description="What it shows, in the words behind Zoom to.")]
    west: Annotated[float, Field(ge=-180, le=180)]
    south: Annotated[float, Field(ge=-90, le=90)]
    east: Annotated[float, Field(ge=-180, le=540, description="Beyond 180 where the box reaches across that meridian.")]
    north: Annotated[float, Field(ge=-90, le=90)]

    @property
    def extent(self) -> Extent:
        return self.west, self.south, self.east, self.north


OWN_TABLE = "own"
"""The name of the case's own reports among its tables; no other table may have it."""


class CaseTable(Marked):
    """A table of others within a case: the file as it came, and what our columns are read from."""

    file: Annotated[Words, AfterValidator(within_case), Field(
        description="The file, from the case's folder, as tables/acled.csv."
    )]  # fmt: skip
    title: Annotated[Words, Field(description="Whose table it is, in a few words.")]
    scope: Annotated[str, Field(
        description="Scope of its reports where it states none; left out: the one that the case opens on."
    )] = ""  # fmt: skip
    mapping: Annotated[TableMapping | None, Field(
        description="What our columns are read from; left out: what is kept beside the file, else a guess."
    )] = None  # fmt: skip


Path = tuple[str | int, ...]
"""Where a field stands: the names of groups and fields, and numbers from 0 in a list."""


class Contradiction(ValueError):
    """Fields of a case that do not go together: the path to each, and what to do."""

    def __init__(self, problems: Iterable[tuple[Path, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{', '.join(map(str, path))}: {message}" for path, message in self.problems))


class Case(Record):
    """A case, as its ``case.yaml`` states it. Groups keep the order of the file, which is that of lists and legends."""

    title: Annotated[Words, Field(description="A few words, for the head of every page.")]
    about: Annotated[str, Field(description="What the case is about, in a sentence or two.")] = ""
    licence: Annotated[str, Field(description="Terms under which the case's own tables may be passed on.")] = ""
    credit: Annotated[str, Field(description="Whose data the case uses, for the foot of pages and files.")] = ""
    sides: Annotated[Mapping[Key, Side], Field(description="Who speaks; each key is a value of claimant_side.")]
    scopes: Annotated[Mapping[Key, str], Field(description="How a report stands to the case, and what it means.")] = {}
    opens_on: Annotated[str, Field(description="The scope that is ticked at first; blank for all.")] = ""
    families: Annotated[
        Mapping[Key, Family], Field(description="Families of kinds; left out: the usual ones.", validate_default=True)
    ] = FAMILIES
    kinds: Annotated[
        Mapping[Key, Kind], Field(description="Kinds of event, values of event_type; left out: the usual ones.")
    ] = KINDS
    languages: Annotated[
        Mapping[Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")], Language],
        Field(description="Languages of places' names by their codes (BCP 47), that of the column name first."),
    ] = {}
    together: Annotated[
        Several, Field(description="Languages whose names stand together on the label of a contested place.")
    ] = ()
    tables: Annotated[
        Mapping[Key, CaseTable], Field(description="Tables of others that stand beside events.csv, by short names.")
    ] = {}
    layers: Annotated[
        tuple[CaseLayer, ...], Field(description="Layers under the reports: lines, areas, points and scanned maps.")
    ] = ()
    home: Annotated[Home | None, Field(description="What the map opens on; left out: all reports.")] = None
    periods: Annotated[
        tuple[Period, ...], Field(description="Stretches of days that the menu Periods of the timeline offers.")
    ] = ()
    boundaries: Annotated[
        tuple[Boundary, ...], Field(description="Lines of the base map that are hidden, dashed or replaced, and why.")
    ] = ()
    countries: Annotated[
        Mapping[Annotated[str, Field(pattern="^[A-Z]{2}$")], Several],
        Field(description="Names of countries by code (ISO 3166-1) that settle which place of one name is meant."),
    ] = {}
    search_hint: Annotated[str, Field(description="Words that stand in the empty search field.")] = ""
    cautions: Annotated[Several, Field(description="What a reader of this case should know, on the page Help.")] = ()
    target_note: Annotated[str, Field(description="How the side of a target is told, where that needs a word.")] = ""

    @field_validator("sides")
    @classmethod
    def _sides_told_apart(cls, sides: Mapping[str, Side]) -> Mapping[str, Side]:
        named = {key: side.model_copy(update={"name": side.name or key}) for key, side in sides.items()}
        # Parties choose first: the first colours of the palette are of equal weight.
        parties_first = {key: named[key] for key in sorted(named, key=lambda key: not named[key].party)}
        full = told_apart(parties_first, {key: side.name for key, side in named.items()}, PALETTES["sides"])
        return {key: full[key] for key in named}

    @field_validator("families")
    @classmethod
    def _families_told_apart(cls, families: Mapping[str, Family]) -> Mapping[str, Family]:
        return told_apart(families, {key: key for key in families}, PALETTES["families"])

    @field_validator("tables")
    @classmethod
    def _tables_told_apart(cls, tables: Mapping[str, CaseTable]) -> Mapping[str, CaseTable]:
        *palette, _own = PALETTES["tables"]
        return told_apart(tables, {key: table.title for key, table in tables.items()}, palette)

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if found := tuple(_contradictions(self)):
            raise Contradiction(found)
        return self

    @classmethod
    def of_table(cls, name: str, sides: Iterable[str] = (), scopes: Iterable[str] = ()) -> Case:
        """The case of a table that was opened alone: it has the sides and scopes of the rows, nothing else.

        ``name`` is its file's, of which some are made of blanks or hold signs that nobody sees.
        """
        title = "".join(sign for sign in name if sign.isprintable()).strip() or "A table"
        return cls(title=title, sides={side: Side() for side in sides}, scopes=dict.fromkeys(scopes, ""))

    def side_name(self, side: str) -> str:
        """The name of a side; only imported tables have reports without a side."""
        return self.sides[side].name if side else NOT_STATED

    def table_name(self, name: str) -> str:
        """A table of the case in words."""
        return "the case's own coding" if name == OWN_TABLE else self.tables[name].title

    @property
    def parties(self) -> tuple[str, ...]:
        """The sides that are parties, in the order of the file."""
        return tuple(key for key, side in self.sides.items() if side.party)

    @property
    def opening_scopes(self) -> tuple[str, ...]:
        """The scopes that are ticked at first: one, or none, which filters nothing."""
        return (self.opens_on,) if self.opens_on else ()

    @property
    def harm(self) -> tuple[str, ...]:
        """Kinds of event in which somebody or something is said to be harmed."""
        return tuple(key for key, kind in self.kinds.items() if self.families[kind.family].harm)

    def vocabulary(self, column: str) -> Mapping[str, str]:
        """The values that a column of reports may hold, and what each means; empty for a column of free text."""
        vocabularies: Mapping[str, Mapping[str, str]] = {
            "event_type": {key: kind.meaning for key, kind in self.kinds.items()},
            "date_basis": DATE_BASES,
            "place_role": PLACE_ROLES,
            "precision": PRECISIONS,
            "claimant_side": {key: side.meaning for key, side in self.sides.items()},
            "claim_status": CLAIM_STATUSES,
            "scope": self.scopes,
        }
        return vocabularies.get(column, {})


Category = TypeVar("Category", bound=Marked)


def told_apart(given: Mapping[str, Category], names: Mapping[str, str], palette: Sequence[str]) -> dict[str, Category]:
    """The categories with a letter and a colour each: those given, else the first free of the name and palette."""
    *bright, grey = palette
    letters, colours = {one.letter for one in given.values()}, {one.colour.upper() for one in given.values()}
    full: dict[str, Category] = {}
    for key, one in given.items():
        letter = one.letter or _first_free((*re.sub(r"[\W\d_]", "", names[key]).upper(), *ascii_uppercase), letters)
        ahead: Iterable[str] = (grey, *bright) if key == OTHER else bright if OTHER in given else palette
        colour = one.colour or _first_free(ahead, colours)
        letters, colours = letters | {letter}, colours | {colour}
        full[key] = one.model_copy(update={"letter": letter, "colour": colour})
    return full


def _first_free(ahead: Iterable[str], taken: Iterable[str]) -> str:
    return next((one for one in ahead if one not in taken), "")


def _contradictions(case: Case) -> Iterator[tuple[Path, str]]:
    """Faults of fields that contradict each other."""
    yield from _alike("sides", case.sides, MOST_COLOURS)
    yield from _alike("families", case.families, MOST_COLOURS)
    yield from _alike("tables", case.tables, MOST_COLOURS - 1)  # the case's own reports have one
    yield from _of_two_meanings(case)
    yield from _named_twice(case.periods)
    if case.opens_on and case.opens_on not in case.scopes:
        yield ("opens_on",), f"'{case.opens_on}' is not among scopes ({', '.join(case.scopes) or 'there is none'})"
    for key, kind in case.kinds.items():
        if kind.family not in case.families:
            yield ("kinds", key, "family"), f"'{kind.family}' is not among families ({', '.join(case.families)})"
    for code in case.together:
        if code not in case.languages:
            yield ("together",), f"'{code}' is not among languages ({', '.join(case.languages) or 'there is none'})"
    if OWN_TABLE in case.tables:
        yield ("tables", OWN_TABLE), f"'{OWN_TABLE}' means the case's own reports; choose another name"
    for key, table in case.tables.items():
        if table.scope and table.scope not in case.scopes:
            yield ("tables", key, "scope"), f"'{table.scope}' is not among scopes ({', '.join(case.scopes)})"
    drawn = {layer.file for layer in case.layers}
    for number, boundary in enumerate(case.boundaries):
        if boundary.layer and boundary.layer not in drawn:
            known = f"one of {', '.join(sorted(drawn))}" if drawn else "list it there"
            yield ("boundaries", number, "layer"), f"'{boundary.layer}' is not the file of one of the layers ({known})"
    if len(case.together) == 1:
        yield ("together",), "names one language alone; leave it out, or name those whose names stand together"
    if (home := case.home) and not (home.west < home.east <= home.west + 360 and home.south < home.north):
        yield ("home",), "west must be less than east (by 360 degrees at most), and south less than north"


def _named_twice(periods: tuple[Period, ...]) -> Iterator[tuple[Path, str]]:
    """Faults of periods of one name."""
    names = [period.name for period in periods]
    for number, name in enumerate(names):
        if name in names[:number]:
            yield ("periods", number, "name"), f"'{name}' is the name of an earlier period; each needs its own"


def _alike(group: str, named: Mapping[str, Marked], most: int) -> Iterator[tuple[Path, str]]:
    """Faults of a group with more categories than there are colours for it, or two of one letter or colour."""
    if len(named) > most:
        yield (group,), f"names {len(named)}; {most} can be told apart on one map"
        return
    for what in ("letter", "colour"):
        first: dict[str, str] = {}
        for key, one in named.items():
            value = getattr(one, what).upper()
            if (other := first.setdefault(value, key)) != key:
                yield (group, key, what), f"'{value}' is that of '{other}' too; each needs its own"


def _of_two_meanings(case: Case) -> Iterator[tuple[Path, str]]:
    """Faults of colours that mean something else already: no colour stands in two ways to colour, or in a layer."""
    kept = {colour: group for group, palette in PALETTES.items() for colour in palette}
    kept |= dict.fromkeys(COLOURS, "layers") | {BLANK: NOT_STATED, PALETTES["tables"][-1]: "the case's own reports"}
    groups: Mapping[str, Mapping[str, Marked]] = {
        "sides": case.sides, "families": case.families, "tables": case.tables,
    }  # fmt: skip
    for group, named in groups.items():
        for key, one in named.items():
            if one.colour and (meaning := kept.setdefault(one.colour.upper(), group)) != group:
                yield (group, key, "colour"), f"'{one.colour.upper()}' is a colour of {meaning}; choose another"
