"""What the briefing pages hold: chosen incidents, each with its reports side by side, and the documents they cite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from geodata import __version__
from geodata.briefing.around import around
from geodata.briefing.composition import Composition, compose
from geodata.briefing.key import letters_of
from geodata.briefing.numbered import KeyEntry, Reader
from geodata.briefing.print import Print
from geodata.count.choosing import MOST_INCIDENTS
from geodata.exports.attribution import rows_of
from geodata.exports.html import citation, why_rated
from geodata.formats import Unprintable
from geodata.model.filters import is_one_of
from geodata.model.names import LABEL
from geodata.model.row import Row, first_possible
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import facts, fields, nouns, words
from geodata.tell.fields import Comparison
from geodata.tell.nouns import Noun

GRAPHIC = "Graphic: the text is left out of this page"
"""Stands in place of the words of a report that describes mutilation, torture or sexual violence."""

COMPARED = ("Kind", "Actor, target", "Deaths stated")
"""Facts that stand in the table of fields, where an incident has one, and not once more below it."""


@dataclass(frozen=True)
class Briefing:
    """A choice of incidents to be written out, in order of their dates.

    ``made`` is the date on the pages: the same briefing gives the same bytes. ``graphic_texts`` prints the summaries
    and notes of graphic reports, which are left out by default. ``notes`` are the author's, by incident. Raises
    `Unprintable` where no incident or more than `MOST_INCIDENTS` are chosen, where the table lacks one, or where the
    terms of their documents forbid passing any on.
    """

    dataset: Dataset
    incidents: tuple[str, ...]
    made: date
    title: str = ""
    scheme: str = ""
    naming: str = LABEL
    link: str = ""
    graphic_texts: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)
    version: str = __version__

    def __post_init__(self) -> None:
        if not 0 < len(set(self.incidents)) <= MOST_INCIDENTS:
            raise Unprintable(f"a briefing holds 1 to {MOST_INCIDENTS} incidents, not {len(set(self.incidents))}")
        reports = self.dataset.reports
        known = self.dataset.fetch(reports.filter(is_one_of(reports.incident_id, self.incidents)).select("incident_id"))
        if missing := sorted(set(self.incidents) - set(known["incident_id"].to_pylist())):
            raise Unprintable(f"not in this table: {', '.join(missing)}")
        if not self.rows:
            noun = nouns.of(self.dataset)
            raise Unprintable(f"the terms of these incidents' {noun.many} forbid passing them on")

    @cached_property
    def printed(self) -> Print:
        """The print whose map opens the briefing: of these incidents alone."""
        reports = self.dataset.reports
        narrowed = self.dataset.filtered(reports.filter(is_one_of(reports.incident_id, self.incidents)))
        return Print(
            narrowed, Selection(), self.made, around(rows_of(narrowed, Selection())[0].to_pylist()),
            self.scheme, self.naming, self.title, self.link, self.version,
        )  # fmt: skip

    @cached_property
    def rows(self) -> list[Row]:
        """The incidents' reports that may be passed on, in the order of ``row``."""
        rows: list[Row] = self.printed.rows.to_pylist()
        return rows

    def written_out(self, map_page: Composition) -> list[Incident]:
        """The incidents by first possible day, or by the last where no first is known; undated ones at the end.

        The reports of one telling, which share all but their source, are written once.
        """
        numbers = {entry.row: entry.number for entry in map_page.shown.entries}
        groups: dict[str, list[Row]] = {}
        for row in self.rows:
            groups.setdefault(row["incident_id"], []).append(row)
        ordered = sorted(groups.items(), key=lambda group: (min(map(first_possible, group[1])), group[1][0]["row"]))
        return [self._incident(name, rows, numbers) for name, rows in ordered]

    def _incident(self, name: str, rows: Sequence[Row], numbers: Mapping[int, int | None]) -> Incident:
        compared = fields.compared(self.dataset, rows, self.naming)
        dropped = COMPARED if compared else ()
        written = tuple(self._written(telling, numbers, dropped) for telling in facts.by_telling(rows))
        about = f"{words.told(rows, self.noun)} · {name}"
        return Incident(name, rows[0]["title"], written, about, compared, self.notes.get(name, ""))

    def map_page(self, shape: str) -> Composition:
        """The map of the incidents on one page of ``shape``, a key of `SHAPES`; those after it tell every report."""
        return compose(self.printed, shape, elsewhere="on the pages that follow")

    def documents(self) -> list[tuple[str, str]]:
        """Each cited document's letter, and its citation with its rating, why it is rated so and what to know."""
        letters = letters_of(self.printed)
        cited = {row["source_id"] for row in self.rows}
        listed = []
        for key, source in self.dataset.sources.items():
            if key in cited:
                listed.append(
                    (letters[key], f"{citation(source, self.dataset.case)}{why_rated(source)} Terms: {source.licence}.")
                )
        return listed

    @cached_property
    def _also(self) -> dict[int, dict[str, str]]:
        return facts.also(self.dataset, self.rows)

    @cached_property
    def noun(self) -> Noun:
        """What those are called who tell of the incidents."""
        return nouns.of(self.printed.dataset)

    @cached_property
    def _letters(self) -> dict[str, str]:
        return letters_of(self.printed)

    def _written(self, telling: Sequence[Row], numbers: Mapping[int, int | None], dropped: Sequence[str]) -> ReportText:
        row = telling[0]
        entry = replace(Reader(self.printed).entry(row, numbers[row["row"]]), claimant=facts.speaker(telling))
        side = self.dataset.case.side_name(row["claimant_side"]) if row["claimant_side"] else ""
        stated = self._facts(telling, numbers)
        return ReportText(entry, side, tuple((label, text) for label, text in stated.items() if label not in dropped))

    def _facts(self, telling: Sequence[Row], numbers: Mapping[int, int | None]) -> dict[str, str]:
        row = telling[0]
        hidden = row["graphic"] and not self.graphic_texts
        cited = [f"{self._letters[one['source_id']]}\u00a0{self.dataset.sources[one['source_id']].label}"
                 for one in telling]  # fmt: skip
        stated = {"Says": f"{GRAPHIC}." if hidden else row["summary"]}
        stated |= facts.of(self.dataset, row, self.naming, cited)
        document = nouns.of_row(self.dataset, row).said("Document")
        if document in stated:
            stated[document] = f"{self._letters[row['source_id']]}\u00a0{stated[document]}"
        if number := numbers[row["row"]]:
            stated["Place"] += f"; number {number} on the map"
        elif row["latitude"] is not None:
            stated["Place"] += "; no mark on the map"
        if also := self._also.get(row["row"]) if not hidden else None:
            stated[facts.ALSO] = "; ".join(f"{name}: {text}" for name, text in also.items())
        if hidden:
            stated.pop("Note", None)
        return {name: text for name, text in stated.items() if text}


@dataclass(frozen=True)
class ReportText:
    """What a page says of a telling: its line of the key, the claimant's side, and its facts, each with a label."""

    entry: KeyEntry
    side: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Incident:
    """An incident with its tellings, in the order of the table; ``about`` counts its reports and names it.

    ``compared`` has them field by field; ``None`` where one alone tells it. ``note`` is the author's, of no document.
    """

    incident_id: str
    title: str
    reports: tuple[ReportText, ...]
    about: str
    compared: Comparison | None
    note: str = ""

    @property
    def noted(self) -> str:
        """The note with whose it is; blank where there is none."""
        return f"Author's note: {self.note}" if self.note else ""
