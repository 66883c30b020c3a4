"""A collection: incidents that a reader has set aside under a name, with a note each, as texts of a link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

MOST = 500
"""Incidents of a collection: what a person can look through."""

LONGEST_LINK = 6_000
"""Characters of a collection in an address: servers in front of this program commonly take 8,000 in all."""

NOTE = "~"
"""Stands between an incident's id and its note."""


@dataclass(frozen=True)
class Collection:
    """``notes`` are by incident id, in the order in which the incidents were taken; blank where there is none."""

    name: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, texts: Iterable[str]) -> Collection:
        """The collection that `texts` wrote. A text without an id, as in a link edited by hand, is left out."""
        parted = (text.partition(NOTE) for text in texts)
        return cls(name, {unquote(incident): note for incident, _, note in parted if incident})

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self.notes)

    def texts(self) -> tuple[str, ...]:
        """A text for each incident: its id and, after a tilde, its note. A tilde in an id is written as ``%7E``."""
        written = ((quote(incident, safe=" ").replace(NOTE, "%7E"), note) for incident, note in self.notes.items())
        return tuple(f"{incident}{NOTE}{note}" if note else incident for incident, note in written)

    @property
    def fits_a_link(self) -> bool:
        """Whether the address can hold it, its ids a second time, too: the filter that shows these incidents alone."""
        parts = [*(("collected", text) for text in self.texts()), *(("incidents", incident) for incident in self.ids)]
        return sum(len(f"&{name}={quote(text)}") for name, text in parts) <= LONGEST_LINK

    def having(self, incidents: Iterable[str]) -> Collection:
        """With these incidents too, those that are in it staying where they are, up to `MOST` in all."""
        together = {**self.notes, **{one: self.notes.get(one, "") for one in incidents}}
        return Collection(self.name, dict([*together.items()][:MOST]))

    def without(self, incidents: Iterable[str]) -> Collection:
        gone = set(incidents)
        return Collection(self.name, {one: note for one, note in self.notes.items() if one not in gone})

    def noted(self, incident: str, note: str) -> Collection:
        """With another note, of one line, to an incident that is in it."""
        if incident not in self.notes:
            return self
        return Collection(self.name, {**self.notes, incident: " ".join(note.split())})
