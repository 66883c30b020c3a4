"""The kinds of event that a case has unless it defines its own, with the names that ACLED gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from geodata.model.cells import Record, Truth, Words

Letter = Annotated[str, Field(pattern="^[^0-9?+a-z\\s]?$", description="The capital letter drawn with the colour.")]
Colour = Annotated[str, Field(pattern=r"^(#[0-9A-Fa-f]{6})?$", description="The colour, as #rrggbb.")]


class Marked(Record):
    """What the map tells apart by a letter and a colour. A blank one is filled in by `case.told_apart`."""

    letter: Letter = ""
    colour: Colour = ""


class Family(Marked):
    """A family of kinds: what the map colours by."""

    harm: Annotated[Truth, Field(description="Whether its kinds tell that somebody or something is harmed.")] = False


class Kind(Record):
    """A kind of event: a value of ``event_type``."""

    family: Annotated[Words, Field(description="One of families.")]
    meaning: Annotated[Words, Field(description="What is counted under it.")]
    acled: Annotated[str, Field(description="ACLED's event and sub-event type, where one fits.")] = ""


FAMILIES: Mapping[str, Family] = {
    "fighting": Family(letter="F"),
    "bombardment": Family(letter="B", harm=True),
    "harm to persons": Family(letter="H", harm=True),
    "displacement and loss": Family(letter="D", harm=True),
    "law and justice": Family(letter="J"),
    "arms and fighters": Family(letter="W"),
    "diplomacy": Family(letter="P"),
    "words": Family(letter="S"),
    "other": Family(letter="O"),
}

_REMOTE, _STRATEGIC = "Explosions/Remote violence", "Strategic developments"
_CIVILIANS = "Violence against civilians"

_KINDS = {
    "fighting": {
        "armed clash": ("fighting, an offensive, an incursion", "Battles / Armed clash"),
        "force movement": ("deployment or exercise of forces", ""),
        "withdrawal": (
            "forces leave, or territory passes without a fight",
            f"{_STRATEGIC} / Non-violent transfer of territory",
        ),
    },
    "bombardment": {
        "shelling": (
            "artillery, rockets or missiles; also an attack whose means the text does not state",
            f"{_REMOTE} / Shelling/artillery/missile attack",
        ),
        "air strike": ("attack by aircraft or drones", f"{_REMOTE} / Air/drone strike"),
        "explosion": ("a mine, a bomb, a suicide attack", f"{_REMOTE} / Remote explosive/landmine/IED"),
    },
    "harm to persons": {
        "attack on civilians": (
            "killing or assault of civilians or of persons out of combat",
            f"{_CIVILIANS} / Attack",
        ),
        "ill-treatment": ("torture, mutilation, abuse of captives or of the dead", f"{_CIVILIANS} / Attack"),
        "sexual violence": ("sexual violence", f"{_CIVILIANS} / Sexual violence"),
        "detention": (
            "capture, hostage-taking, holding of prisoners",
            f"{_CIVILIANS} / Abduction/forced disappearance",
        ),
    },
    "displacement and loss": {
        "displacement": ("people leave or lose their homes", ""),
        "destruction": ("damage to property, heritage or nature", f"{_STRATEGIC} / Looting/property destruction"),
        "blockade": ("passage or supplies are cut off", ""),
        "burial": ("a burial or reburial", ""),
    },
    "law and justice": {
        "arrest": ("an arrest by police or a state service", f"{_STRATEGIC} / Arrests"),
        "judgment": ("a conviction, a sentence, a ruling", ""),
        "release": ("release, transfer or extradition of a person", f"{_STRATEGIC} / Other"),
        "legal action": ("a law, a resolution, a suit, a warrant, an embargo", ""),
        "honour": ("a pardon, a promotion, a medal, a welcome", ""),
    },
    "arms and fighters": {
        "arms transfer": ("supply, sale or funding of arms, or a claim of their use", ""),
        "foreign fighters": ("recruiting, sending, training or basing of fighters from abroad", ""),
    },
    "diplomacy": {
        "agreement": ("a ceasefire, a treaty", f"{_STRATEGIC} / Agreement"),
        "exchange": ("an exchange of bodies or prisoners", f"{_STRATEGIC} / Other"),
        "meeting": ("a meeting, a visit, a conference", ""),
        "mission": ("monitoring, fact-finding, aid", ""),
    },
    "words": {
        "statement": ("a speech, an accusation, a warning, a denial, an appeal, an assessment", ""),
        "threat": ("force announced or called for against somebody", ""),
        "publication": ("a report, an alert, an article, a video", ""),
        "protest": ("a gathering or demonstration", "Protests / Peaceful protest"),
    },
    "other": {"other": ("none of these fits", "")},
}


def _each() -> Iterator[tuple[str, Kind]]:
    for family, kinds in _KINDS.items():
        for name, (meaning, acled) in kinds.items():
            yield name, Kind(family=family, meaning=meaning, acled=acled)


KINDS: Mapping[str, Kind] = dict(_each())
"""In the order of the legend and of the list in the sidebar."""
