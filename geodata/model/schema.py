"""What a row means: the columns of ``events.csv``, their vocabularies, and the frozen types that carry them.

Definitions a coder needs beyond these lines are in ``docs/codebook.md``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from geodata.model import dates
from geodata.model.text import fold as fold  # noqa: PLC0414  # taken from here by all who read the columns


@dataclass(frozen=True)
class EventType:
    """One value of ``event_type``: its family on the map's legend, and its ACLED event and sub-event where one fits."""

    family: str
    definition: str
    acled: str = ""


_REMOTE, _PROTEST, _STRATEGIC = "Explosions/Remote violence", "Protests", "Strategic developments"

EVENT_TYPES: Mapping[str, EventType] = {
    "armed clash": EventType("fighting", "fighting, an offensive, an incursion", "Battles / Armed clash"),
    "force movement": EventType("fighting", "deployment or exercise of forces"),
    "withdrawal": EventType(
        "fighting",
        "forces leave, or territory passes without a fight",
        f"{_STRATEGIC} / Non-violent transfer of territory",
    ),
    "shelling": EventType(
        "bombardment",
        "artillery, rockets or missiles; also an attack whose means the text does not state",
        f"{_REMOTE} / Shelling/artillery/missile attack",
    ),
    "air strike": EventType("bombardment", "attack by aircraft or drones", f"{_REMOTE} / Air/drone strike"),
    "explosion": EventType(
        "bombardment", "a mine, a bomb, a suicide attack", f"{_REMOTE} / Remote explosive/landmine/IED"
    ),
    "attack on civilians": EventType(
        "harm to persons",
        "killing or assault of civilians or of persons out of combat",
        "Violence against civilians / Attack",
    ),
    "ill-treatment": EventType(
        "harm to persons",
        "torture, mutilation, abuse of captives or of the dead",
        "Violence against civilians / Attack",
    ),
    "sexual violence": EventType("harm to persons", "sexual violence", "Violence against civilians / Sexual violence"),
    "detention": EventType(
        "harm to persons",
        "capture, hostage-taking, holding of prisoners",
        "Violence against civilians / Abduction/forced disappearance",
    ),
    "displacement": EventType("displacement and loss", "people leave or lose their homes"),
    "destruction": EventType(
        "displacement and loss",
        "damage to property, heritage or nature",
        f"{_STRATEGIC} / Looting/property destruction",
    ),
    "blockade": EventType("displacement and loss", "passage or supplies are cut off"),
    "burial": EventType("displacement and loss", "a burial or reburial"),
    "arrest": EventType("law and justice", "an arrest by police or a state service", f"{_STRATEGIC} / Arrests"),
    "judgment": EventType("law and justice", "a conviction, a sentence, a ruling"),
    "release": EventType("law and justice", "release, transfer or extradition of a person", f"{_STRATEGIC} / Other"),
    "legal action": EventType("law and justice", "a law, a resolution, a suit, a warrant, an embargo"),
    "honour": EventType("law and justice", "a pardon, a promotion, a medal, a welcome"),
    "arms transfer": EventType("arms and fighters", "supply, sale or funding of arms, or a claim of their use"),
    "foreign fighters": EventType(
        "arms and fighters", "recruiting, sending, training or basing of fighters from abroad"
    ),
    "agreement": EventType("diplomacy", "a ceasefire, a treaty", f"{_STRATEGIC} / Agreement"),
    "exchange": EventType("diplomacy", "an exchange of bodies or prisoners", f"{_STRATEGIC} / Other"),
    "meeting": EventType("diplomacy", "a meeting, a visit, a conference"),
    "mission": EventType("diplomacy", "monitoring, fact-finding, aid"),
    "statement": EventType("words", "a speech, an accusation, a warning, a denial, an appeal, an assessment"),
    "threat": EventType("words", "force announced or called for against somebody"),
    "publication": EventType("words", "a report, an alert, an article, a video"),
    "protest": EventType("words", "a gathering or demonstration", f"{_PROTEST} / Peaceful protest"),
    "other": EventType("other", "none of these fits"),
}

FAMILIES: tuple[str, ...] = tuple(dict.fromkeys(kind.family for kind in EVENT_TYPES.values()))

CLAIMANT_SIDES: Mapping[str, str] = {
    "armenian": (
        "Armenia's state, officials and media, the Nagorno-Karabakh authorities, and Armenian residents, displaced "
        "persons, refugees and diaspora"
    ),
    "azerbaijani": (
        "Azerbaijan's state, officials and media, and Azerbaijani residents, displaced persons, refugees and diaspora"
    ),
    "turkish": "Turkey's state, public bodies, officials and media",
    "third-party state": "the government, legislature or service of any other state",
    "international organisation": "a body of states: UN, EU, OSCE, Council of Europe",
    "ngo": "a non-governmental organisation or think tank",
    "press": (
        "a newspaper, newsletter, agency, broadcaster or journalist, or the author of a signed article who speaks in "
        "no other office; the media of Armenia, Azerbaijan and Turkey stand under those sides"
    ),
    "court": "a national or international court",
    "scholar": "a researcher, expert or analyst speaking as one",
    "other": (
        "anyone else: members of armed groups, private persons of other countries, and speakers whom the document "
        "does not name"
    ),
}

SIDE_NAMES: Mapping[str, str] = {
    side: {"ngo": "NGO"}.get(side, side.capitalize() if side in ("armenian", "azerbaijani", "turkish") else side)
    for side in CLAIMANT_SIDES
} | {"": "not stated"}
"""Sides as they are written for a reader; blank stands in imported tables only."""

CLAIM_STATUSES: Mapping[str, str] = {
    "asserted": "the document says it in its own voice",
    "attributed": "the document lays it to a speaker",
    "denied": "the speaker denies it",
    "verified": "the document says that an independent body checked or recorded it",
    "adjudicated": "the document says that a court found it",
}

PRECISIONS: Mapping[str, str] = {
    "exact": "a building or site",
    "settlement": "a village, town or city",
    "district": "a district or quarter",
    "province": "a province",
    "region": "an area without a clear edge",
    "country": "a country",
}
AREAS = ("province", "region", "country")
"""Precisions that are drawn as an area and not as a point."""
DATE_BASES: Mapping[str, str] = {
    "stated": "the cited paragraphs give it",
    "resolved": "worked out from a relative or partial date",
    "inferred": "taken from the context only",
}
PLACE_ROLES: Mapping[str, str] = {
    "event": "it is said to have happened there",
    "subject": "a statement about the place",
}
SCOPES: Mapping[str, str] = {
    "core": "the Armenian–Azerbaijani conflict",
    "context": "related matters elsewhere",
    "historical": "before 1988",
}

LONGEST_CELL = 10_000
"""Characters. The longest honest cell is a note of some hundreds; a longer one is a slipped quotation mark."""


def one_of(vocabulary: Mapping[str, object], *, blank: bool = False) -> Callable[[str], str]:
    """A validator of values of a vocabulary, which names the nearest one for a slip of the pen."""

    def check(value: str) -> str:
        if value in vocabulary or (blank and not value):
            return value
        close = get_close_matches(value, vocabulary, n=1)
        hint = f"did you mean '{close[0]}'?" if close else "one of: " + ", ".join(vocabulary)
        raise ValueError(f"{shown(value)} is not in the vocabulary ({hint})")

    return check


def shown(value: object) -> str:
    """A cell's text inside a message: quoted, on one line, short, with no sign that steers a terminal."""
    text = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in str(value))
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"


def _edtf(value: str) -> str:
    if value:
        try:
            dates.parse(value)
        except ValueError as error:
            raise ValueError(f"{shown(value)} {error}") from error
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError(f"{shown(value)} is not a slug (lower-case letters, digits and single hyphens)")
    return value


def _paragraphs(value: str) -> str:
    paragraph_numbers(value)
    return value


def visible(value: str) -> str:
    """A validator of text without signs that no reader sees. Raises ``ValueError``."""
    for sign in value:
        if unicodedata.category(sign) in ("Cc", "Cf") and sign not in "\n\t\u200c\u200d":
            raise ValueError(f"{shown(value)} holds an invisible sign (U+{ord(sign):04X}); take it out")
    return value


def _text(value: str) -> str:
    visible(value)
    if value[:1] in ("=", "+", "@", "\t"):
        raise ValueError(
            f"{shown(value)} begins with {value[0]!r}, which a spreadsheet would run as a formula "
            "(put a word before it)"
        )
    return value


def truth(value: object) -> object:
    """A validator of "true" and "false". Spreadsheets write TRUE; nothing else is taken for one of the two."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word not in ("true", "false"):
        raise ValueError(f"{shown(value)} is neither 'true' nor 'false'")
    return word


def _plain(value: object) -> object:
    """Every cell arrives as text; blank means "not stated". An underscore, which Python takes in numbers, is a slip."""
    if isinstance(value, str) and "_" in value:
        raise ValueError(f"{shown(value)} is not a number")
    return None if isinstance(value, str) and not value.strip() else value


Text = Annotated[str, Field(max_length=LONGEST_CELL), AfterValidator(_text)]
Needed = Annotated[str, Field(min_length=1, max_length=LONGEST_CELL), AfterValidator(_text)]
Slug = Annotated[str, AfterValidator(_slug)]
Edtf = Annotated[Text, AfterValidator(_edtf)]
Latitude = Annotated[Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None, BeforeValidator(_plain)]
Longitude = Annotated[Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None, BeforeValidator(_plain)]
Deaths = Annotated[Annotated[int, Field(ge=0, le=100_000_000)] | None, BeforeValidator(_plain)]


class Record(BaseModel):
    """A record that does not change, of the fields it names and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Report(Record):
    """What one speaker in one document says of one incident: a row of ``events.csv``.

    Coordinates are WGS 84 degrees. Blank numbers are ``None``: not stated, which is not zero. Other blanks are ``""``.
    """

    incident_id: Slug
    source_id: Needed
    paragraphs: Annotated[Needed, AfterValidator(_paragraphs)]
    title: Needed
    summary: Needed
    event_type: Annotated[str, AfterValidator(one_of(EVENT_TYPES))]
    date: Edtf
    date_basis: Annotated[str, AfterValidator(one_of(DATE_BASES, blank=True))]
    place: Text
    place_id: Text
    place_role: Annotated[str, AfterValidator(one_of(PLACE_ROLES, blank=True))]
    latitude: Latitude
    longitude: Longitude
    precision: Annotated[str, AfterValidator(one_of(PRECISIONS, blank=True))]
    actor: Text
    target: Text
    claimed_by: Needed
    claimant_side: Annotated[str, AfterValidator(one_of(CLAIMANT_SIDES))]
    claim_status: Annotated[str, AfterValidator(one_of(CLAIM_STATUSES))]
    disputed_by: Text
    deaths_low: Deaths
    deaths_best: Deaths
    deaths_high: Deaths
    graphic: Annotated[bool, BeforeValidator(truth)]
    scope: Annotated[str, AfterValidator(one_of(SCOPES))]
    note: Text


class Source(Record):
    """A document: a row of ``geodata/sources.csv``. What the document does not say of itself is ``""``.

    ``reliability`` and ``credibility`` are the Admiralty ratings (NATO STANAG 2022): A to F, 1 to 6.
    """

    source_id: Needed
    title: Text
    publisher: Text
    author: Text
    published: Edtf
    genre: Needed
    side: Annotated[str, AfterValidator(one_of(CLAIMANT_SIDES))]
    language: Needed
    reliability: Annotated[str, Field(pattern="^[A-F]$")]
    credibility: Annotated[str, Field(pattern="^[1-6]$")]
    rating_reason: Needed
    reader_note: Needed
    licence: Needed
    may_republish: Annotated[bool, BeforeValidator(truth)]

    @property
    def label(self) -> str:
        """A short name for lists and legends: the publisher, else the author, else the genre and its date."""
        name = self.publisher or self.author or f"Unnamed {self.genre}"
        return f"{name}, {dates.spoken(self.published)}" if self.published else name


class Place(Record):
    """A row of ``geodata/places.csv``: WGS 84 degrees, radius in kilometres, names separated by ``|``.

    The first name of a language is the one that party uses now. ``contested`` says why the parties contest the naming
    there; it is blank where they do not. ``country`` is the ISO 3166-1 code of today's internationally recognised
    state, never taken from a polygon.
    """

    place_id: Needed
    name: Needed
    names_hy: Text
    names_az: Text
    names_ru: Text
    names_en: Text
    contested: Text
    feature: Needed
    district: Text
    country: Annotated[Text, Field(pattern="^([A-Z]{2})?$")]
    latitude: Latitude
    longitude: Longitude
    radius_km: Annotated[Annotated[float, Field(gt=0, le=20_000, allow_inf_nan=False)] | None, BeforeValidator(_plain)]
    precision: Annotated[str, AfterValidator(one_of(PRECISIONS))]
    geonames_id: Text
    wikidata_id: Text
    note: Text

    @property
    def has_coordinates(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name in every language, the main one first. "Շուշի (Shushi)" is a name and its romanisation: two."""
        cells = (self.name, self.names_en, self.names_az, self.names_hy, self.names_ru)
        written = (name.rstrip(")") for cell in cells for part in cell.split("|") for name in part.split(" ("))
        return tuple(dict.fromkeys(name.strip() for name in written if name.strip()))

    @property
    def own_names(self) -> tuple[str, ...]:
        """The parties' own names in Latin letters, in alphabetical order; one where they differ in no letter."""
        armenian = self.names_hy.split("|")[0].rpartition(" (")[2].rstrip(")")
        azerbaijani = self.names_az.split("|")[0]
        own = {fold(name): name.strip() for name in (armenian, azerbaijani) if name.strip()}
        return tuple(own[key] for key in sorted(own))

    @property
    def label(self) -> str:
        """Both parties' own names where they contest the naming: "Stepanakert / Xankəndi"; elsewhere the name alone.

        A name that neither party uses, as in English texts, stands before theirs, which follow in brackets.
        """
        own = " / ".join(self.own_names) if self.contested else ""
        if not own:
            return self.name
        return own if fold(self.name) in map(fold, self.own_names) else f"{self.name} ({own})"


class Person(Record):
    """A row of ``geodata/persons.csv``: someone whom a text column of ``events.csv`` names, and whether class mode may.

    ``variants`` are the other forms that stand there, separated by ``|``: spellings, a surname alone, the form in a
    slug, and whole phrases where the name alone could not be replaced without breaking the sentence. ``instead`` takes
    the place of every form of a private person; it is blank for a public one.
    """

    name: Needed
    variants: Text
    is_public: Annotated[bool, BeforeValidator(truth)]
    instead: Text
    reason: Needed

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


def paragraph_numbers(text: str) -> tuple[int, ...]:
    """The paragraphs that ``16-18;20`` cites: ``(16, 17, 18, 20)``. Raises ``ValueError`` for another form."""
    numbers: list[int] = []
    for part in text.split(";"):
        bounds = re.fullmatch(r"\s*([0-9]{1,5})(?:-([0-9]{1,5}))?\s*", part)
        if not bounds or int(bounds[1]) < 1 or int(bounds[2] or bounds[1]) < int(bounds[1]):
            raise ValueError(f"{shown(text)} does not cite paragraphs (write 16 or 16-18;20)")
        numbers.extend(range(int(bounds[1]), int(bounds[2] or bounds[1]) + 1))
    return tuple(numbers)
