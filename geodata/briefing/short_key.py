"""The key of a page that is alone: every document, the incidents most told of, and a count of the rest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from geodata.briefing import signs
from geodata.briefing.candidates import badge_width
from geodata.briefing.key import Key
from geodata.briefing.numbered import KeyEntry, Placed
from geodata.briefing.sheet import MUTED, Box, Sheet
from geodata.briefing.typeset import LEADING, Block, Region, Run, Set, dated, fill, split, wrap
from geodata.formats import Unprintable
from geodata.model.text import number_of
from geodata.tell import facts

ON_OTHER_PAGES = "all pages of the key tell them"
"""Where the rest is told, of a print that has no link and no pages after it."""


MOST_PLACES = 4
"""Places of one mark that the key names: a mark of thirty would leave no room for who says so."""


@dataclass(frozen=True)
class Told:
    """An incident as the key tells it: its tellings, each the reports of one voice."""

    tellings: tuple[tuple[KeyEntry, ...], ...]

    @property
    def entries(self) -> tuple[KeyEntry, ...]:
        return tuple(entry for telling in self.tellings for entry in telling)

    @property
    def rank(self) -> tuple[int, int, int, int, int]:
        """Before another: more tellings that the map shows, more tellings, more reports, an earlier date and row."""
        entries = self.entries
        marked = sum(any(entry.number for entry in telling) for telling in self.tellings)
        since = min(entry.since for entry in entries).toordinal()
        return -marked, -len(self.tellings), -len(entries), since, min(entry.row for entry in entries)


def most_told(entries: Sequence[KeyEntry]) -> list[Told]:
    """The incidents of the entries in the order in which a short key takes them."""
    incidents: dict[str, dict[int, list[KeyEntry]]] = {}
    for entry in sorted(entries, key=lambda one: one.row):
        incidents.setdefault(entry.incident, {}).setdefault(entry.telling, []).append(entry)
    told = [Told(tuple(map(tuple, tellings.values()))) for tellings in incidents.values()]
    return sorted(told, key=lambda one: one.rank)


class ShortKey:
    """Writes what of a key has room in the columns of ``region``. ``elsewhere`` says where the rest is told.

    The documents stand in ``aside``, where there is such a box, and those without room there before the incidents.
    ``bare`` are marks whose label on the map has not all of their name: the key names them.
    """

    def __init__(
        self, key: Key, region: Region, *, aside: Box | None = None, bare: Sequence[Placed] = (), elsewhere: str = ""
    ) -> None:
        self.key, self.region, self.elsewhere = key, region, elsewhere
        self.told = most_told(key.shown.entries)
        self.reports = sum(len(told.entries) for told in self.told)
        self.where = dict(self._unmarked())
        self.apart, documents = self._documents(aside)
        self.named = [*documents, *self._places(bare)]
        self.blocks: dict[Told, tuple[Block, ...]] = {}

    def set(self) -> tuple[Set, ...]:
        """The incidents that have room, each whole and the most told of first; what words mean where all have.

        Raises `Unprintable` where not even the documents can all be named.
        """
        done = self._filled([])
        if done is None:
            documents = len({entry.source_id for entry in self.key.shown.entries})
            raise Unprintable(
                f"{self.key.noun.number(documents)} are too many to be named on one page of this shape: take another, "
                "all pages of the key, or narrower dates or filters"
            )
        taken: list[Told] = []
        for told in self.told:
            if self._may_fit(told, done) and (more := self._filled([*taken, told])):
                taken, done = [*taken, told], more
        if len(taken) == len(self.told):
            meanings = [replace(block, before=0.8 * self.key.size)
                        for block in (*self.key.standings(), *self.key.ratings(listed=True))]  # fmt: skip
            meant = (self._filled(taken, meanings[:number]) for number in (2, 1))
            done = next(filter(None, meant), done)
        return (*self.apart, *done)

    def _may_fit(self, told: Told, done: Sequence[Set]) -> bool:
        """Whether the columns have as much left as an incident takes, whichever way it is set."""
        high = sum(column.height for column in self.region.columns) - sum(one.block.height for one in done)
        free = high + 2 * self.key.size
        least = (1 + len(told.tellings)) * self.key.size * LEADING  # told before its lines are known
        return least <= free and sum(block.height for block in self._blocks(told)) <= free

    def _filled(self, taken: list[Told], meanings: Sequence[Block] = ()) -> tuple[Set, ...] | None:
        """The key of these incidents; ``None`` where it has no room."""
        blocks = [*self.named, *self._listed(taken), *self._rest(taken), *meanings]
        placed, rest = fill(split(blocks, 0.7 * max(column.height for column in self.region.columns)), self.region)
        return None if rest else tuple(placed)

    def _documents(self, aside: Box | None) -> tuple[list[Set], list[Block]]:
        """As many documents as are set in ``aside``, and the others as blocks that go before the incidents."""
        cited = self.key.cited
        if aside is None:
            return [], self.key.named(cited)
        narrow = Key(self.key.printed, self.key.shown, aside.width, self.key.size)

        def placed(number: int) -> tuple[list[Set], list[Block]]:
            return fill(narrow.named(cited[:number]), Region((aside,)))

        # How many have room: the more documents, the more room they take.
        fitting = bisect_left(range(1, len(cited) + 1), True, key=lambda number: bool(placed(number)[1]))
        if not fitting:
            return [], self.key.named(cited)
        return placed(fitting)[0], self.key.named(cited[fitting:], ", continued")

    def _places(self, bare: Sequence[Placed]) -> list[Block]:
        """Names that have no room on the map, by their numbers."""
        if not bare:
            return []
        runs = [Run("Places. ", "bold")]
        for mark in bare:
            end = "." if mark is bare[-1] else ";"
            runs += [Run(f"{mark.number}\u00a0", "bold"), Run(f"{_in_short(mark.name)}{end} ")]
        return [Block(tuple(wrap(runs, self.key.width, self.key.size)), self.key.size, 0.6 * self.key.size)]

    def _listed(self, taken: list[Told]) -> Iterator[Block]:
        if taken:
            order = ", the most told first" if taken == self.told[: len(taken)] else ", the most told that have room"
            order = "" if len(taken) == len(self.told) else order
            yield self.key.heading(f"Who says so{order}")
        for told in taken:
            yield from self._blocks(told)

    def _blocks(self, told: Told) -> tuple[Block, ...]:
        """`_of`, made once."""
        if told not in self.blocks:
            self.blocks[told] = tuple(self._of(told))
        return self.blocks[told]

    def _of(self, told: Told) -> Iterator[Block]:
        """An incident's title, and a line for each of its tellings."""
        dates = {entry.date for entry in told.entries}
        title = [Run(told.entries[0].title, "bold")]
        if len(dates) == 1:
            title.append(Run(f" ·\u00a0{dated(next(iter(dates)))}", colour=MUTED))
        heading, again = self._title(title), self._title([*title, Run(", continued", colour=MUTED)])
        yield replace(heading, leads=True)
        for telling in told.tellings:
            yield replace(self._line(telling, with_date=len(dates) > 1), again=again)

    def _title(self, runs: Sequence[Run]) -> Block:
        return Block(tuple(wrap(runs, self.key.width, self.key.size)), self.key.size, 0.6 * self.key.size)

    def _line(self, telling: Sequence[KeyEntry], *, with_date: bool) -> Block:
        """A telling: its number on the map, its claimant and standing, and each of its documents with the paragraph."""
        first, size = telling[0], self.key.size
        indent = badge_width(888, size) + 2.1 * size
        speakers = "; ".join(dict.fromkeys(entry.claimant for entry in telling))
        runs = [Run(f"{speakers}{f' ({first.standing})' if first.standing else ''}:")]
        for entry in telling:
            where = facts.cited_in_short("", entry.paragraphs).removeprefix(", ")
            runs.append(Run(f" {self.key.letters[entry.source_id]}", "bold"))
            runs.append(Run(("\u00a0" if where else "") + where + ("." if entry is telling[-1] else ";")))
        aside = (
            f"{dated(first.date)}." if with_date else "",
            f"Disputed by {first.disputed}." if first.disputed else "",
            f"{self.where[first.row]}." if first.row in self.where else "",
        )
        runs += [Run(f" {text}", colour=MUTED) for text in aside if text]
        lines = tuple(wrap(runs, self.key.width - indent, size))
        return Block(lines, size, 0.25 * size, indent, draw=partial(self._head_of_line, entry=first))

    def _head_of_line(self, sheet: Sheet, x: float, base: float, *, entry: KeyEntry) -> None:
        """The number, where there is a mark, and the letter of its colour."""
        size = self.key.size
        wide, high = badge_width(888, size), 1.2 * size
        low = base + signs.CAPITAL / 2 * size - high / 2
        if entry.number:
            own = badge_width(entry.number, size)
            signs.badge(sheet, Box(x + wide - own, low, own, high), entry.number, size)
        else:
            sheet.text(x + wide, base, "–", size, colour=MUTED, align="right")
        category = self.key.categories[entry.sign.code]
        signs.tile(sheet, Box(x + wide + 0.35 * size, low, 1.3 * size, high), category, size)

    def _unmarked(self) -> Iterator[tuple[int, str]]:
        """Where the reports are that have no mark, by row."""
        shown = self.key.shown
        for before, groups in (("Somewhere in ", shown.wide), ("Outside this map: ", shown.outside)):
            for name, entries in groups.items():
                yield from ((entry.row, f"{before}{name}") for entry in entries)
        yield from ((entry.row, "No place that can be mapped") for entry in shown.unmapped)

    def _rest(self, taken: Sequence[Told]) -> list[Block]:
        """How much the key leaves out, and where it is told."""
        left = len(self.told) - len(taken)
        if not left:
            return []
        reports = self.reports - sum(len(told.entries) for told in taken)
        more = "more " if taken else ""
        counted = number_of(reports, "report").replace(" ", f" {more}", 1)
        said = f"And {counted} of {number_of(left, 'incident')}: "
        link = self.key.printed.link
        if self.elsewhere:
            runs = [Run(f"{said}{self.elsewhere}.", "bold")]
        elif link:
            runs = [Run(f"{said}see ", "bold"), Run("this view", "bold", link=link), Run(", linked below.", "bold")]
        else:
            runs = [Run(f"{said}{ON_OTHER_PAGES}.", "bold")]
        return [Block(tuple(wrap(runs, self.key.width, self.key.size)), self.key.size, 0.8 * self.key.size)]


def _in_short(name: str) -> str:
    """A stack's name, its first places alone where it has more than `MOST_PLACES`."""
    places = name.split(" + ")
    if len(places) <= MOST_PLACES:
        return name
    shown = places[: MOST_PLACES - 1]
    return f"{' + '.join(shown)} + {len(places) - len(shown)} places"
