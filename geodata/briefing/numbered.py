"""From a `Print` to its numbered marks, and to each report's line in the key: no mark is drawn without a line."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import hypot
from typing import Any, cast

import shapely

from geodata.briefing.frame import Frame, disc
from geodata.briefing.print import Print
from geodata.formats import Unprintable
from geodata.model.names import place_of
from geodata.model.row import Row, first_possible, point_of
from geodata.model.vocabulary import AREAS
from geodata.tell import facts, legend
from geodata.timemap import marks

MOST_REPORTS = 2_000
"""Reports a briefing takes: a key of some sixty pages of A4. More is no picture to defend mark by mark."""


CLEAR = 13
"""Pixels of the screen from the map's frame to a mark's middle, at least: a mark of one report (a radius of 9) with the
end of its denial's bar (4 more) is not cut."""

NEAR = 0.85
"""Places nearer than this share of their signs' radii together stand in one stack; on screen see `marks.SIZES`."""


@dataclass(frozen=True, order=True)
class Sign:
    """How a report is drawn: see the legend. ``code`` is the place of its category among the scheme's categories."""

    code: int
    vague: bool = False
    confirmed: bool = False
    denied: bool = False
    subject: bool = False
    added: bool = False


@dataclass(frozen=True)
class KeyEntry:
    """A report's line in the key, in words. ``number`` is that of its mark, ``None`` where none can be drawn.

    Reports of one ``telling`` are one voice; ``since`` is the first day that the date allows.
    """

    number: int | None
    row: int
    incident: str
    sign: Sign
    title: str
    claimant: str
    standing: str
    disputed: str
    date: str
    place: str
    coordinates: str
    source_id: str
    document: str
    paragraphs: str
    telling: int
    since: datetime.date

    @property
    def cited(self) -> str:
        """The document and where in it."""
        return facts.cited_in_short(self.document, self.paragraphs)


@dataclass(frozen=True)
class Placed:
    """A numbered mark: a stack of reports at a point, or an area's dashed disc.

    ``x``, ``y`` and ``radius`` are points on the page: the sign's own size, or the disc's middle (its rim is ``rim``,
    an array of shape (n, 2)).
    """

    number: int
    name: str
    x: float
    y: float
    radius: float
    entries: tuple[KeyEntry, ...]
    kilometres: float = 0.0
    rim: Any = None

    @property
    def is_area(self) -> bool:
        return self.rim is not None

    @property
    def parts(self) -> list[tuple[Sign, int]]:
        """The mark's slices: reports that are drawn alike, counted, in a fixed order."""
        return sorted(Counter(entry.sign for entry in self.entries).items())


@dataclass(frozen=True)
class Numbered:
    """All that a `Print` shows: its marks, and the reports that no mark can show, by the reason and the place.

    ``withheld`` counts reports of documents whose terms forbid passing them on: they are in no part of the print.
    """

    marks: tuple[Placed, ...]
    wide: Mapping[str, tuple[KeyEntry, ...]]
    outside: Mapping[str, tuple[KeyEntry, ...]]
    unmapped: tuple[KeyEntry, ...]
    withheld: int

    @property
    def entries(self) -> tuple[KeyEntry, ...]:
        """Every report, those of marks first."""
        elsewhere = [entry for group in (self.wide, self.outside) for entries in group.values() for entry in entries]
        return (*(entry for mark in self.marks for entry in mark.entries), *elsewhere, *self.unmapped)


def numbered(
    printed: Print, frame: Frame, unit: float, near: float = NEAR, untagged: frozenset[str] = frozenset()
) -> Numbered:
    """The marks of a print on a frame, numbered from north to south.

    ``unit`` is the size in points of a pixel of the screen's signs. Places nearer than ``near`` times the sum of
    their signs' radii stand in one stack. Areas named in ``untagged`` are listed and not drawn. Raises
    `Unprintable` for more than `MOST_REPORTS`.
    """
    rows, withheld = printed.rows, printed.withheld
    if len(rows) > MOST_REPORTS:
        raise Unprintable(
            f"{len(rows):,} reports are too many for a printed key (at most {MOST_REPORTS:,}): narrow dates or filters"
        )
    read = Reader(printed)
    groups = _Groups.of(rows.to_pylist(), frame, unit, read)
    drawn = [*_stacks(groups.points, unit, near, read), *_areas(groups, frame, untagged)]
    drawn.sort(key=lambda one: (-one[1], one[0]))
    placed = tuple(
        Placed(number, name, x, y, size, tuple(read.entry(row, number) for row in members), kilometres, rim)
        for number, (x, y, size, members, name, kilometres, rim) in enumerate(drawn, start=1)
    )
    return Numbered(
        placed, _grouped(groups.wide, read), _grouped(groups.beyond, read),
        tuple(map(read.entry, groups.unmapped)), withheld,
    )  # fmt: skip


_Drawn = tuple[float, float, float, list[Row], str, float, Any]


@dataclass(frozen=True)
class _Groups:
    """Reports by how a map can show them: at points of the page, as areas (name, degrees, kilometres), or not at all.

    ``wide`` and ``beyond`` have the names of places too wide for the map, and of those outside it.
    """

    points: dict[tuple[float, float], list[Row]] = field(default_factory=lambda: defaultdict(list))
    areas: dict[tuple[str, float, float, float], list[Row]] = field(default_factory=lambda: defaultdict(list))
    wide: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    beyond: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    unmapped: list[Row] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Row], frame: Frame, unit: float, read: Reader) -> _Groups:
        """A point so near to the frame's edge that its sign would be cut lies outside."""
        groups, inside = cls(), frame.box.grown(-CLEAR * unit)
        for row in rows:
            if (point := point_of(row)) is None:
                groups.unmapped.append(row)
                continue
            latitude, longitude = point
            if row["precision"] not in AREAS:
                x, y = frame.page(longitude, latitude)
                if inside.x <= x <= inside.right and inside.y <= y <= inside.top:
                    groups.points[float(x), float(y)].append(row)
                else:
                    groups.beyond[read.place(row)].append(row)
            elif legend.is_too_wide(row):
                groups.wide[read.place(row)].append(row)
            else:
                groups.areas[read.place(row), longitude, latitude, row["radius_km"] or 0.0].append(row)
        return groups


def _areas(groups: _Groups, frame: Frame, untagged: frozenset[str]) -> Iterator[_Drawn]:
    """The areas whose rims are seen; the others join those too wide or outside."""
    for (name, longitude, latitude, radius), members in groups.areas.items():
        rim = disc(frame, longitude, latitude, radius)
        seen = "all" if name in untagged else _seen(rim, frame)
        if seen == "rim":
            x, y = frame.page(longitude, latitude)
            yield float(x), float(y), 0.0, members, name, radius, rim
        else:
            {"all": groups.wide, "none": groups.beyond}[seen][name].extend(members)


def _grouped(groups: Mapping[str, list[Row]], read: Reader) -> dict[str, tuple[KeyEntry, ...]]:
    """Most reports first."""
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return {name: tuple(map(read.entry, rows)) for name, rows in ordered}


def _seen(rim: Any, frame: Frame) -> str:
    """How a disc meets the frame: its "rim" crosses it, it covers "all" of it, or it meets "none" of it."""
    box = shapely.box(frame.box.x, frame.box.y, frame.box.right, frame.box.top)
    area = shapely.Polygon(rim)
    if not area.intersects(box):
        return "none"
    return "all" if area.contains(box) else "rim"


def _stacks(points: Mapping[tuple[float, float], list[Row]], unit: float, near: float, read: Reader) -> list[_Drawn]:
    """Reports at the same point make a stack; a stack that would be covered joins the larger one."""
    hosts: list[tuple[float, float, list[Row], list[str]]] = []
    for (x, y), rows in sorted(points.items(), key=lambda spot: (-len(spot[1]), spot[0])):
        radius = unit * marks.size_of(len(rows))
        for left, up, members, names in hosts:
            if hypot(left - x, up - y) < near * (unit * marks.size_of(len(members)) + radius):
                members.extend(rows)
                names.append(read.place(rows[0]))
                break
        else:
            hosts.append((x, y, list(rows), [read.place(rows[0])]))
    return [
        (
            x,
            y,
            unit * marks.size_of(len(rows)),
            sorted(rows, key=lambda row: int(row["row"])),
            _joined(names),
            0.0,
            None,
        )
        for x, y, rows, names in hosts
    ]


def _joined(names: list[str]) -> str:
    return " + ".join(dict.fromkeys(names))


class Reader:
    """Reads rows of a print: their signs, their places' names and their lines in the key."""

    def __init__(self, printed: Print) -> None:
        self.printed = printed
        self.scheme = printed.colouring
        # A table without standings is not said to have left one out.
        self.no_standing = "" if printed.dataset.lacks("claim_status") else "standing not stated"

    def place(self, row: Row) -> str:
        """The place's name at the head of its reports."""
        return place_of(row, self.printed.dataset.places, self.printed.naming) or "place not named"

    def sign(self, row: Row) -> Sign:
        signs = legend.signs_of(row)
        return Sign(
            code=self.scheme.code_of[cast("dict[str, str]", row)[self.scheme.field]],
            vague="vague" in signs,
            confirmed="confirmed" in signs,
            denied="denied" in signs,
            subject="subject" in signs,
            added="added" in signs,
        )

    def entry(self, row: Row, number: int | None = None) -> KeyEntry:
        return KeyEntry(
            number=number,
            row=row["row"],
            incident=row["incident_id"],
            sign=self.sign(row),
            title=row["title"],
            claimant=row["claimed_by"] or "speaker not stated",
            standing=row["claim_status"] or self.no_standing,
            disputed=row["disputed_by"],
            date=facts.when(row),
            place=place_of(row, self.printed.dataset.places, self.printed.naming),
            coordinates=facts.added_coordinates(row["placed_by"]),
            source_id=row["source_id"],
            document=self.printed.dataset.sources[row["source_id"]].label,
            paragraphs=row["paragraphs"],
            telling=row["telling"],
            since=first_possible(row),
        )
