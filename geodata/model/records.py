"""The rows of a case's tables. What a column means stands here once, as its description."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from geodata.model import dates
from geodata.model.cells import (
    Deaths,
    Edtf,
    Latitude,
    Longitude,
    Needed,
    Paragraphs,
    Radius,
    Record,
    Slug,
    Text,
    Truth,
    one_of,
    one_of_case,
)
from geodata.model.text import fold
from geodata.model.vocabulary import CLAIM_STATUSES, DATE_BASES, PLACE_ROLES, PRECISIONS

OWN_TERMS = "the table's own terms"
"""The licence of a table that states none."""

Side = Annotated[str, AfterValidator(one_of_case("sides"))]
Precision = Annotated[str, AfterValidator(one_of(PRECISIONS))]


class Report(Record):
    """What one speaker in one document says of one incident: a row of ``events.csv``.

    Validated with its case as context. Coordinates are WGS 84 degrees. Blank numbers are ``None``: not stated, which is
    not zero. Other blanks are ``""``.
    """

    incident_id: Slug = Field(description="Name of the incident; reports of one incident share it, and may disagree.")
    source_id: Needed = Field(description="The document that the report stands in; see sources.csv.")
    paragraphs: Paragraphs = Field(
        description="Where in the document: its non-empty lines counted from 1, as in 16 or 16-18;20."
    )
    title: Needed = Field(description="The report in a few neutral words of the coders.")
    summary: Needed = Field(description="What the speaker says, retold by the coders; it is not said to be so.")
    event_type: Annotated[str, AfterValidator(one_of_case("kinds"))] = Field(description="Kind of event.")
    date: Edtf = Field(
        description="When, as far as this document tells: EDTF (ISO 8601-2). "
        "~ is about, ? is uncertain, .. is an open end."
    )
    date_basis: Annotated[str, AfterValidator(one_of(DATE_BASES, blank=True))] = Field(
        description="How the date is known."
    )
    place: Text = Field(description="Place as the document writes it.")
    place_id: Text = Field(description="The place that it is taken to be; see places.csv.")
    place_role: Annotated[str, AfterValidator(one_of(PLACE_ROLES, blank=True))] = Field(
        description="Whether it is said to have happened there, or the statement is about the place."
    )
    latitude: Latitude = Field(description="Degrees north, WGS 84.")
    longitude: Longitude = Field(description="Degrees east, WGS 84.")
    precision: Annotated[str, AfterValidator(one_of(PRECISIONS, blank=True))] = Field(
        description="What kind of place the point stands for."
    )
    actor: Text = Field(description="Who is said to have acted.")
    target: Text = Field(description="On whom or what.")
    claimed_by: Needed = Field(description="The innermost speaker whom the document names, else its author.")
    claimant_side: Side = Field(description="The side of that speaker.")
    claim_status: Annotated[str, AfterValidator(one_of(CLAIM_STATUSES))] = Field(
        description="Standing of the claim, from the text of the document alone."
    )
    disputed_by: Text = Field(description="Who denies it, as the document tells.")
    deaths_low: Deaths = Field(description="Fewest deaths stated; blank is not stated, which is not zero.")
    deaths_best: Deaths = Field(description="Deaths stated; blank is not stated, which is not zero.")
    deaths_high: Deaths = Field(description="Most deaths stated; blank is not stated, which is not zero.")
    graphic: Truth = Field(description="Whether the report tells of mutilation, torture or sexual violence.")
    scope: Annotated[str, AfterValidator(one_of_case("scopes"))] = Field(
        description="How the report stands to the conflict."
    )
    note: Text = Field(description="Caveats of the coders.")


UNRATED = "This table was opened as it is; nobody has rated its sources."
"""What a reader should know of a document that is in a table and in no list of documents."""


class Source(Record):
    """A document: a row of ``sources.csv``. What the document does not state is ``""``.

    ``reliability`` and ``credibility`` are the Admiralty ratings (NATO STANAG 2022).
    """

    source_id: Needed = Field(description="Name of the document.")
    title: Text = Field(description="Title, where the text names it.")
    publisher: Text = Field(description="Publisher, where the text names it.")
    author: Text = Field(description="Persons who wrote it, where the text names them, parted by semicolons.")
    published: Edtf = Field(description="When it was published: EDTF (ISO 8601-2).")
    genre: Needed = Field(description="What kind of text it is.")
    side: Side = Field(description="The side from which it speaks.")
    language: Needed = Field(description="Language of the text (BCP 47).")
    reliability: str = Field(
        pattern="^[A-F]$", description="Admiralty rating of the source, A (best) to E; F cannot be judged."
    )
    credibility: str = Field(
        pattern="^[1-6]$", description="Admiralty rating of what it says, 1 (best) to 5; 6 cannot be judged."
    )
    rating_reason: Needed = Field(description="Why it is rated so.")
    reader_note: Needed = Field(description="What a reader should know of it.")
    licence: Needed = Field(description="Terms of the text and of its coding.")
    may_republish: Truth = Field(description="Whether rows coded from it may be passed on.")

    @property
    def label(self) -> str:
        """A short name for lists and legends: the publisher, else the author, else the genre and its date."""
        name = self.publisher or self.author or f"Unnamed {self.genre}"
        return f"{name}, {dates.spoken(self.published)}" if self.published else name

    @classmethod
    def unrated(cls, source_id: str, genre: str, licence: str = OWN_TERMS, *, may_republish: bool = True) -> Source:
        """A document that is in a table and in no list of documents."""
        blank: dict[str, Any] = dict.fromkeys(cls.model_fields, "") | {
            "source_id": source_id,
            "publisher": source_id,
            "genre": genre,
            "rating_reason": "not rated",
            "reader_note": UNRATED,
            "licence": licence,
            "may_republish": may_republish,
        }
        return cls.model_construct(**blank)


NAMES_COLUMN = re.compile(r"names_([a-z]{2,3}(?:-[A-Za-z0-9]+)*)")
"""A column of names in one language: ``names_`` and its code (BCP 47)."""


class Place(Record):
    """A row of ``places.csv``: WGS 84 degrees, radius in kilometres, names separated by ``|``.

    Validated with its case as context, which determines the language of ``name`` and which languages' names stand
    together on its label. Any column ``names_<code>`` goes to ``names_in``; the first name there is the one in use now.
    """

    place_id: Needed = Field(description="Name of the place within these tables.")
    name: Needed = Field(description="Name in the texts of the coders.")
    names_in: Mapping[str, Text] = Field(
        {},
        description="Names in this language, parted by |; the first is the one in use. "
        "A romanisation follows in brackets where the script is not Latin.",
    )
    contested: Text = Field(
        description="Why the parties contest the naming there, so that their names stand together; blank elsewhere."
    )
    feature: Needed = Field(description="What kind of place it is.")
    district: Text = Field(description="District or province.")
    country: Annotated[Text, Field(pattern="^([A-Z]{2})?$")] = Field(
        description="Today's internationally recognised state (ISO 3166-1 alpha-2), never taken from a polygon; "
        "blank where there is no one."
    )
    latitude: Latitude = Field(description="Degrees north, WGS 84.")
    longitude: Longitude = Field(description="Degrees east, WGS 84.")
    radius_km: Radius = Field(description="Kilometres around the point within which the place lies.")
    precision: Precision = Field(description="What kind of place the point stands for.")
    geonames_id: Text = Field(description="Identifier in GeoNames.")
    wikidata_id: Text = Field(description="Identifier in Wikidata.")
    note: Text = Field(description="Caveats of the coders, homonyms above all.")
    _language: str = PrivateAttr("")
    _together: tuple[str, ...] = PrivateAttr(())

    @model_validator(mode="before")
    @classmethod
    def _by_language(cls, cells: Any) -> Any:
        """Puts the columns of names into ``names_in``."""
        if not isinstance(cells, Mapping):
            return cells
        named = {match[1]: cells[column] for column in cells if (match := NAMES_COLUMN.fullmatch(column))}
        rest = {column: cell for column, cell in cells.items() if not NAMES_COLUMN.fullmatch(column)}
        return {**rest, "names_in": {**rest.get("names_in", {}), **named}}

    def model_post_init(self, context: Any) -> None:
        """Takes from the case in which language ``name`` is, and whose names stand together."""
        if context is not None:
            self._language, self._together = next(iter(context.languages), ""), context.together

    @property
    def has_coordinates(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name in every language, the main one first. "Շուշի (Shushi)" is a name and its romanisation: two."""
        cells = (self.name, *self.names_in.values())
        written = (name.rstrip(")") for cell in cells for part in cell.split("|") for name in part.split(" ("))
        return tuple(dict.fromkeys(name.strip() for name in written if name.strip()))

    def name_in(self, language: str) -> str:
        """The name in use in a language (its code), without a romanisation; blank where none is known."""
        if language == self._language:
            return self.name
        return self.names_in.get(language, "").split("|")[0].split(" (")[0].strip()

    @property
    def own_names(self) -> tuple[str, ...]:
        """The parties' own names in Latin letters, in alphabetical order; names that differ in no letter are one."""
        first = (self.names_in.get(language, "").split("|")[0] for language in self._together)
        own = {fold(name): name for cell in first if (name := cell.rpartition(" (")[2].rstrip(")").strip())}
        return tuple(own[key] for key in sorted(own))

    @property
    def label(self) -> str:
        """The parties' own names where they contest the naming: "Stepanakert / Xankəndi"; elsewhere the name alone.

        A name that no party uses, as in texts of others, stands before theirs, which follow in brackets.
        """
        own = " / ".join(self.own_names) if self.contested else ""
        if not own:
            return self.name
        return own if fold(self.name) in map(fold, self.own_names) else f"{self.name} ({own})"

    def cells(self, languages: Iterable[str]) -> dict[str, Any]:
        """The row as its table has it: one column for each of these languages."""
        row: dict[str, Any] = {}
        for column in type(self).model_fields:
            if column == "names_in":
                row |= {f"names_{language}": self.names_in.get(language, "") for language in languages}
            else:
                row[column] = getattr(self, column)
        return row


class Person(Record):
    """A row of ``persons.csv``: someone whom a text column of ``events.csv`` names, and whether class mode may.

    ``variants`` are spellings, a surname alone, the form in a slug, and whole phrases where the name alone could not
    be replaced without breaking the sentence.
    """

    name: Needed = Field(description="The name as the table has it.")
    variants: Text = Field(description="Other forms of the name that stand in the table, parted by |.")
    is_public: Truth = Field(description="Whether class mode shows the name.")
    instead: Text = Field(description="What takes the place of a private person's name; blank for a public one.")
    reason: Needed = Field(description="Why the person is public or private.")

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and its variants, as they are written."""
        forms = (form.strip() for form in (self.name, *self.variants.split("|")))
        return tuple(dict.fromkeys(form for form in forms if form))

    @property
    def in_slug(self) -> str:
        """What takes the place of the name in an incident's slug: the last word of ``instead`` before any bracket."""
        words = fold(self.instead.split("(")[0]).split()
        return words[-1] if words else ""
