"""The key of a printed map: each number's place, and for each report there its claimant, standing and citation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from string import ascii_lowercase

from geodata.briefing import signs
from geodata.briefing.candidates import badge_width
from geodata.briefing.numbered import KeyEntry, Numbered, Placed, Sign
from geodata.briefing.print import Print
from geodata.briefing.sheet import MUTED, RULE, Box, Sheet
from geodata.briefing.typeset import Block, Run, wrap
from geodata.model.text import number_of
from geodata.model.vocabulary import CLAIM_STATUSES
from geodata.tell import nouns
from geodata.timemap.marks import SIZES, Category

FIRST = 9
"""Documents up to which their list stands before the marks; longer lists stand at the end."""

WIDE = "Somewhere in a wider area: no pin, for the documents tell no nearer place"
"""Heads reports of areas, see `Noun.said`."""

ADMIRALTY = (
    "Admiralty rating (NATO STANAG 2022): reliability of the source from A, completely, to E, not; F cannot be judged. "
    "Credibility of what it says from 1, confirmed, to 5, improbable; 6 cannot be judged."
)


def letters_of(printed: Print) -> dict[str, str]:
    """A letter for each document of the table, in its order: a to z, then aa, ab and so on.

    Not only those cited: a document keeps its letter from picture to picture.
    """
    named = {}
    for at, key in enumerate(printed.dataset.sources):
        letter, rest = ascii_lowercase[at % 26], at // 26
        while rest:
            letter, rest = ascii_lowercase[(rest - 1) % 26] + letter, (rest - 1) // 26
        named[key] = letter
    return named


class Key:
    """Writes a print's key as blocks for columns ``width`` points wide, at a type of ``size`` points."""

    def __init__(self, printed: Print, shown: Numbered, width: float, size: float) -> None:
        self.printed, self.shown, self.width, self.size = printed, shown, width, size
        self.categories: Sequence[Category] = printed.colouring.categories
        self.unit = signs.unit_of(size)
        self.letters, self.noun = letters_of(printed), nouns.of(printed.dataset)

    def blocks(self) -> list[Block]:
        """Every report of the print once, and every document they cite."""
        cited = dict.fromkeys(entry.source_id for entry in self.shown.entries)
        documents = self._documents([key for key in self.letters if key in cited]) if cited else []
        listed = [
            *self._marks(),
            *self._elsewhere(self.noun.said(WIDE), self.shown.wide, "Somewhere in "),
            *self._elsewhere("Outside this map", self.shown.outside, ""),
            *self._unmapped(),
        ]
        return [*documents, *listed] if len(cited) <= FIRST else [*listed, *documents]

    def heading(self, text: str) -> Block:
        lines = tuple(wrap([Run(text, "bold")], self.width, self.size * 1.05))

        def rule(sheet: Sheet, x: float, base: float) -> None:
            y = base + 1.22 * self.size
            sheet.line([(x, y), (x + self.width, y)], colour=RULE, width=0.6)

        return Block(lines, self.size * 1.05, before=self.size * 1.0, leads=True, draw=rule)

    def _documents(self, cited: Sequence[str]) -> list[Block]:
        blocks = [self.heading(self.noun.said("Documents"))]
        for key in cited:
            source = self.printed.dataset.sources[key]
            rated = (
                f" Reliability {source.reliability}, credibility {source.credibility}." if source.reliability else ""
            )
            side = f"; {self.printed.dataset.case.side_name(source.side)}" if source.side else ""
            about = f": {source.genre}{side}.{rated}"
            blocks.append(self._plain([Run(f"{self.letters[key]}\u00a0 {source.label}", "bold"), Run(about)]))
        return [*blocks, *self.ratings(), *self.standings()]

    @property
    def cited(self) -> list[str]:
        """The documents cited, in the order of their letters."""
        cited = {entry.source_id for entry in self.shown.entries}
        return [key for key in self.letters if key in cited]

    def named(self, documents: Sequence[str], more: str = "") -> list[Block]:
        """Documents by their letters and names alone; ``more`` ends their heading."""
        if not documents:
            return []
        runs = []
        for key in documents:
            runs += [Run(f"{self.letters[key]}\u00a0", "bold"), Run(f"{self.printed.dataset.sources[key].label}; ")]
        runs[-1] = Run(runs[-1].text.removesuffix("; ") + ".")
        return [self.heading(f"{self.noun.said('Documents')}{more}"), self._plain(runs)]

    def ratings(self, *, listed: bool = False) -> list[Block]:
        """What the documents' ratings mean, where one is rated; before it each rating where they are ``listed``."""
        sources = {entry.source_id: self.printed.dataset.sources[entry.source_id] for entry in self.shown.entries}
        rated = [key for key in self.letters if key in sources and sources[key].reliability]
        if not rated:
            return []
        runs = []
        for key in rated if listed else ():
            runs += [Run(f"{self.letters[key]}\u00a0", "bold", MUTED)]
            runs += [Run(f"{sources[key].reliability}{sources[key].credibility or ''}. ", colour=MUTED)]
        return [self._plain([*runs, Run(ADMIRALTY, colour=MUTED)])]

    def standings(self) -> list[Block]:
        """What the standings of the key's reports mean."""
        used = {entry.standing for entry in self.shown.entries}
        defined = "; ".join(f"{name}: {CLAIM_STATUSES[name]}" for name in CLAIM_STATUSES if name in used)
        return [self._plain([Run(f"Standing. {self.noun.said(defined)}.", colour=MUTED)])] if defined else []

    def _plain(self, runs: Sequence[Run]) -> Block:
        return Block(tuple(wrap(runs, self.width, self.size)), self.size, before=self.size * 0.25)

    def _marks(self) -> list[Block]:
        if not self.shown.marks:
            return []
        blocks = [self.heading("On the map, from north to south")]
        for mark in self.shown.marks:
            about = f" · {number_of(len(mark.entries), 'report')}"
            if mark.is_area:
                about = f": somewhere in this area, {mark.kilometres:g} km round its middle{about}"
            heading = self._numbered(mark, about, leads=True)
            again = self._numbered(mark, ", continued")
            places = {entry.place for entry in mark.entries}
            blocks.append(heading)
            blocks.extend(replace(self._entry(entry, len(places) > 1), again=again) for entry in mark.entries)
        return blocks

    def _numbered(self, mark: Placed, about: str, *, leads: bool = False) -> Block:
        wide = badge_width(mark.number, self.size)
        indent = wide + 0.45 * self.size
        lines = wrap([Run(mark.name, "bold"), Run(about, colour=MUTED)], self.width - indent, self.size)

        def badge(sheet: Sheet, x: float, base: float) -> None:
            high = 1.35 * self.size
            middle = base + signs.CAPITAL / 2 * self.size
            signs.badge(sheet, Box(x, middle - high / 2, wide, high), mark.number, self.size)

        return Block(tuple(lines), self.size, self.size * 0.75, indent, leads=leads, draw=badge)

    def _elsewhere(self, heading: str, groups: Mapping[str, tuple[KeyEntry, ...]], before: str) -> list[Block]:
        if not groups:
            return []
        number = sum(map(len, groups.values()))
        blocks = [self.heading(f"{heading} · {number_of(number, 'report')}")]
        for name, entries in groups.items():
            lead = self._place(before + name, f" · {number_of(len(entries), 'report')}", leads=True)
            again = self._place(before + name, ", continued")
            blocks.append(lead)
            blocks.extend(replace(self._entry(entry), again=again) for entry in entries)
        return blocks

    def _place(self, name: str, about: str, *, leads: bool = False) -> Block:
        lines = wrap([Run(name, "bold"), Run(about, colour=MUTED)], self.width, self.size)
        return Block(tuple(lines), self.size, self.size * 0.75, leads=leads)

    def _unmapped(self) -> list[Block]:
        if not self.shown.unmapped:
            return []
        number = len(self.shown.unmapped)
        heading = f"Not on the map: no place is named, or none that can be known · {number_of(number, 'report')}"
        again = self._place("Not on the map", ", continued")
        return [
            self.heading(heading),
            *(replace(self._entry(entry, True), again=again) for entry in self.shown.unmapped),
        ]

    def _entry(self, entry: KeyEntry, with_place: bool = False) -> Block:
        indent = 2.55 * self.size
        runs = [
            Run(entry.claimant, "bold"),
            Run(f"{f' ({entry.standing})' if entry.standing else ''}: {entry.title}."),
            Run(f" {entry.date}.", colour=MUTED),
        ]
        if with_place and entry.place:
            runs.append(Run(f" Place: {entry.place}.", colour=MUTED))
        if entry.coordinates:
            runs.append(Run(f" Coordinates: {entry.coordinates}.", colour=MUTED))
        if entry.disputed:
            runs.append(Run(f" Disputed by {entry.disputed}."))
        runs += [Run(f" {self.letters[entry.source_id]}", "bold"), Run(f"\u00a0{entry.cited}", colour=MUTED)]
        lines = wrap(runs, self.width - indent, self.size)
        draw = partial(_sign, sign=entry.sign, categories=self.categories, unit=self.unit)
        return Block(tuple(lines), self.size, self.size * 0.42, indent, draw=draw)


def _sign(sheet: Sheet, x: float, base: float, *, sign: Sign, categories: Sequence[Category], unit: float) -> None:
    """The report's sign beside the first two lines of its text."""
    radius = SIZES["single"] * unit
    signs.stack(
        sheet, x + radius + 2.5 * unit, base + 0.5 * unit, radius, [(sign, 1)], categories=categories, unit=unit
    )
