"""The map that Attest saves as one page: its reports as rows, from the data that the page carries."""

from __future__ import annotations

import base64
import calendar
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata.model.dates import OPEN_END, OPEN_START
from geodata.store.readers import raw
from geodata.store.readers.raw import CELL, RawTable, Reading, Record

DATA = re.compile(rb'<script type="application/json" id="attest-data">(.*?)</script>', re.DOTALL)

TYPES: Mapping[str, str] = {"Float32Array": "<f4", "Int32Array": "<i4", "Uint16Array": "<u2", "Uint8Array": "u1"}
"""NumPy's types of the arrays that the page has in base64."""

OWN: Mapping[str, str] = {
    "incident": "incident_id", "document": "source_id", "who": "claimed_by", "standing": "claim_status",
    "title": "title", "summary": "summary", "paragraphs": "paragraphs", "graphic": "graphic",
}  # fmt: skip
"""What a report's details are called among our columns."""

FACTS: Mapping[str, str] = {
    "Kind": "event_type", "Side": "claimant_side", "Disputed by": "disputed_by", "Note": "note", "Time": "time",
}  # fmt: skip
"""Lines of a report's card that are a column of ours; the other lines keep their label."""

EPOCH = date(1970, 1, 1)


def read(reading: Reading) -> RawTable:
    """The reports of the page. Raises `InvalidData` for a page of ours that carries none, as a printed lesson."""
    found = DATA.search(reading.path.read_bytes())
    if found is None:
        raise reading.refused("is a page that Attest made to be read: open the CSV or GeoPackage of the same reports")
    page = json.loads(found[1])
    columns, _ = raw.pour_records(reading, _records(page))
    names = raw.names(name for _, name in columns)
    note = "Read from a map that Attest saved: a date is the days that the map draws."
    return reading.table(names, (note,))


def _records(page: dict[str, Any]) -> Iterator[Record]:
    """A record a report: its details, where and when it is drawn, and the lines of its card."""
    packed: Mapping[str, tuple[str, str]] = page["columns"]
    arrays = {name: np.frombuffer(base64.b64decode(text), TYPES[kind]) for name, (kind, text) in packed.items()}
    fixed = page["fixed"]
    labels: list[str] = next(iter(fixed["names"].values()), [])
    told = {row: telling for card in page.get("cards", ()) for telling in card["tellings"] for row in telling["rows"]}
    for row, each in enumerate(fixed["details"]):
        detail = each | _telling(told[row], each["title"]) if row in told else each
        cells = {own: detail.get(name, "") for name, own in OWN.items()}
        place = detail.get("place", "")
        cells["place"] = labels[place] if isinstance(place, int) else place
        cells["paragraphs"] = _paragraphs(cells["paragraphs"])
        cells |= _drawn(arrays, row, fixed["flags"])
        cells |= {FACTS.get(label, label): text for label, text in detail.get("facts", ())}
        yield {(CELL, name): _text(value) for name, value in cells.items()}


def _telling(telling: Mapping[str, Any], title: str) -> dict[str, Any]:
    """What a card tells of its reports, by the names of the details. A summary like the title is not in it twice."""
    side = [("Side", telling["side"])] if telling["side"] else []
    return {
        "summary": telling["summary"] or title,
        "graphic": bool(telling["graphic"]),
        "facts": [*side, *telling["facts"]],
    }


def _paragraphs(told: str) -> str:
    """Paragraphs as the column has them: "¶¶ 24, 28 and 35–37" is ``24;28;35-37``."""
    return re.sub(r", | and ", ";", told.lstrip("¶\u00a0")).replace("–", "-")


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _drawn(arrays: Mapping[str, npt.NDArray[Any]], row: int, bits: Mapping[str, int]) -> dict[str, object]:
    """Coordinates (WGS 84 degrees), radius and date of a report; blank where it has none."""
    flags = int(arrays["flags"][row])
    is_mapped, is_dated = not flags & bits["unmapped"], not flags & bits["undated"]
    radius = int(arrays["radius"][row])
    first, last = (EPOCH + timedelta(int(arrays[name][row] if is_dated else 0)) for name in ("first", "last"))
    return {
        "latitude": f"{arrays['lat'][row]:.5f}" if is_mapped else "",
        "longitude": f"{arrays['lon'][row]:.5f}" if is_mapped else "",
        "radius_km": radius / 10 if radius else "",
        "date": _edtf(first, last, is_qualified=bool(flags & bits["qualified"])) if is_dated else "",
    }


def _edtf(first: date, last: date, *, is_qualified: bool) -> str:
    """The EDTF text of a span: a day, a month or a year where it is one, else both ends."""
    sign = "~" if is_qualified else ""
    if first == OPEN_START or last == OPEN_END:
        return f"../{last}{sign}" if first == OPEN_START else f"{first}{sign}/.."
    if first == last:
        return f"{first}{sign}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first:%Y}{sign}" if first.year == last.year else f"{first:%Y}/{last:%Y}{sign}"
    month_ends = last.day == calendar.monthrange(last.year, last.month)[1]
    if first.day == 1 and month_ends and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}{sign}"
    return f"{first}/{last}{sign}"
