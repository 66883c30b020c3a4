"""A mapping for a table that nobody has mapped: one that ships and knows its columns, else by names and contents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from geodata.model.mapping import Dates, Position, Sources, TableMapping
from geodata.model.vocabulary import DEATHS
from geodata.store.importers import kept
from geodata.store.importers.columns import Columns, adopted, folded
from geodata.store.importers.names import KNOWN, NAMES, WORDS
from geodata.store.values import coordinates

OURS = (
    "paragraphs", "date_basis", "place_role", "claimant_side", "claim_status", "disputed_by", "graphic", "scope",
    "note",
)  # fmt: skip
"""Columns that are read under our own names alone."""

HOUR = re.compile(r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?")
WRITTEN_DAY = re.compile(
    r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[T ].*)?|\d{1,2}[-/. ](?:\d{1,2}|[^\W\d]{3,})[-/. ]\d{2,4}.*|"
    r"[^\W\d]{3,}\.? \d{1,2},? \d{4}"
)
HOST = re.compile(r"^https?://(?:www\.)?([^/:?#]+)")

PAIR = re.compile(
    r"[(\[]?\s*[-−+]?\d{1,3}[.,]\d+\s*[,;:/ ]\s*[-−+]?\d{1,3}[.,]\d+\s*[)\]]?|(?:SRID=\d+;)?POINT ?Z? ?\(.*|"
    r"\d{1,2}[C-X] ?[A-Z]{2} ?\d[\d ]+"
)


@dataclass(frozen=True)
class Sample:
    """The first texts of a file, column by column, without blanks and words that mean "not given"."""

    columns: Columns
    texts: Mapping[str, Sequence[str]]

    def share(self, name: str, looks: Callable[[str], object]) -> float:
        """The share of a column's texts that look like what is sought; 0 for a column without any."""
        texts = self.texts.get(name, ())
        return sum(map(bool, map(looks, texts))) / len(texts) if texts else 0.0


def mapping(sample: Sample) -> TableMapping:
    """The likeliest mapping of a table, with the columns that it has. Blank fields are not told by the table."""
    for shipped in kept.shipped().values():
        if shipped.signs and all(sample.columns.find(sign) for sign in shipped.signs):
            return adopted(shipped, sample.columns)
    return _by_names(sample)


def _by_names(sample: Sample) -> TableMapping:
    find = _Search(sample)
    position = _position(find)
    date = _dates(find)
    sources = find.numbered("sources") or find.first("sources")
    title = find.first("title")
    summary = find.first("summary")
    own = {name: found for name in OURS if (found := find.exact(name))}
    return TableMapping.model_validate({
        "incident_id": _incident(find),
        "date": date,
        "position": position,
        "sources": Sources(columns=sources) if sources else _by_address(find),
        "title": title or summary,
        "summary": summary or title,
        "place": find.first("place"),
        "actor": find.first("actor"),
        "target": find.first("target"),
        "claimed_by": find.first("claimed_by"),
        "event_type": find.first("event_type", keeps=True),
        **{name: find.one(name) for name in DEATHS},
        **own,
    })  # fmt: skip


def _incident(find: _Search) -> str:
    """A column that is called so; one that has only a word of the name must differ from row to row."""

    def names_rows(name: str) -> bool:
        texts = find.sample.texts.get(name, ())
        return bool(texts) and (folded(name) in KNOWN or len(set(texts)) >= 0.95 * len(texts))

    return find.one("incident_id", fits=names_rows)


def _by_address(find: _Search) -> Sources:
    """The host of an address stands for the source where nothing else names it."""
    link = find.one("link", fits=lambda name: find.sample.share(name, HOST.match) > 0.5)
    return Sources(otherwise=(link,), pattern=HOST.pattern, genre="web site") if link else Sources()


def _dates(find: _Search) -> Dates:
    def is_day(name: str) -> bool:
        return find.sample.share(name, lambda text: re.search(r"\d", text) and not HOUR.fullmatch(text)) > 0.5

    start = find.one("start", fits=is_day)
    if not start or (find.sample.columns.find("month") and _is_year(find, start)):
        if year := find.one("year"):
            parts = {name: find.one(name) for name in ("month", "day", "end_year", "end_month", "end_day", "time")}
            return Dates.model_validate({"year": year, **parts})
        start = start or find.by_content(WRITTEN_DAY.fullmatch)
    end = find.one("end", fits=is_day) if start else ""
    time = find.one("time", fits=lambda name: find.sample.share(name, HOUR.fullmatch) > 0.5) if start else ""
    return Dates(start=start, end=end, time=time)


def _is_year(find: _Search, name: str) -> bool:
    return find.sample.share(name, lambda text: re.fullmatch(r"\d{4}(\.0)?", text)) > 0.5


def _position(find: _Search) -> Position:
    def has_degrees(name: str) -> bool:
        return find.sample.share(name, lambda text: re.search(r"\d", text)) > 0.3

    latitude = find.one("latitude", fits=has_degrees)
    longitude = find.one("longitude", fits=has_degrees)
    cell = ""
    if not (latitude and longitude):
        cell = find.one("cell", fits=lambda name: _holds_places(find.sample.texts.get(name, ())))
        cell = cell or find.by_content(PAIR.fullmatch)
    context = {name: find.one(name, keeps=True) for name in ("precision", "country", "province", "radius_km")}
    fields = {"latitude": latitude, "longitude": longitude, "cell": cell, **context}
    return Position.model_validate(fields)


def _holds_places(texts: Sequence[str]) -> bool:
    """Whether most texts are places, or lines and areas, which are told as no points."""
    column = pa.array(texts, pa.string())
    order, _ = coordinates.guess_cell_order(column) or ("lat-lon", "")
    read = coordinates.read_cells(column, order)
    found = pc.or_(pc.is_valid(read["latitude"]), pc.equal(read["problem"], coordinates.NO_POINT))
    return (pc.mean(found).as_py() or 0) > 0.5


class _Search:
    """Finds columns for our fields; a column is taken once, unless it is kept for others too."""

    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self.taken: set[str] = set()
        self.by_name: dict[str, list[str]] = {}
        for name in sample.columns.names:
            plain = re.sub(r" \d+$", "", folded(re.sub(r"\(\d+\)$|\(.*?\)", "", name))) if "(" in name else folded(name)
            self.by_name.setdefault(plain, []).append(name)

    def candidates(self, role: str) -> Iterable[str]:
        """Columns not yet taken whose name is one of the role's, filled ones before blank ones."""
        listed = [name for known in NAMES[role] for name in self.by_name.get(known, ())]
        words = WORDS.get(role, frozenset())
        longer = (names for plain, names in self.by_name.items() if plain not in KNOWN and words & {*plain.split()})
        listed += [name for names in longer for name in names]
        free = (name for name in listed if name not in self.taken)
        return sorted(free, key=lambda name: not self.sample.texts.get(name))

    def one(self, role: str, *, fits: Callable[[str], bool] | None = None, keeps: bool = False) -> str:
        """The likeliest column of a role; blank where there is none that ``fits``."""
        found = next((name for name in self.candidates(role) if fits is None or fits(name)), "")
        if found and not keeps:
            self.taken.add(found)
        return found

    def first(self, role: str, *, keeps: bool = False) -> tuple[str, ...]:
        """`one`, for a field that several columns may fill."""
        found = self.one(role, keeps=keeps)
        return (found,) if found else ()

    def numbered(self, role: str) -> tuple[str, ...]:
        """Columns of one name and a number, as ``source 1``, ``source 2``."""
        words = "|".join(map(re.escape, NAMES[role]))
        found = tuple(
            name for name in self.sample.columns.names
            if re.fullmatch(f"(?:{words}) ?\\d+", folded(name)) and name not in self.taken
        )  # fmt: skip
        if len(found) > 1:
            self.taken.update(found)
            return found
        return ()

    def exact(self, name: str) -> str:
        found = self.sample.columns.find(name)
        return found if found and found not in self.taken else ""

    def by_content(self, looks: Callable[[str], object]) -> str:
        """The first column not taken most of whose texts look so; blank where there is none."""
        found = next((name for name in self.sample.columns.names
                      if name not in self.taken and self.sample.share(name, looks) > 0.8), "")  # fmt: skip
        if found:
            self.taken.add(found)
        return found
