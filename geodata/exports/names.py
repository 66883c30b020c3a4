"""The name of a file that is taken away: what it holds, so that it is known again among others."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from geodata.model.filters import FILTERS, Filter, Kind, Window
from geodata.model.selection import Selection
from geodata.model.text import fold
from geodata.store.dataset import Dataset
from geodata.tell import words

LONGEST = 80
"""Characters of a name, its ending too."""

LONGEST_PART = 30
"""Characters of the title, and of what one filter says."""

LONGEST_ALONE = 40
"""Characters of the name of an incident or a lesson."""

MOST_VALUES = 2
"""Values of a list that are named; of more the number is."""

UNTITLED = "attest"
"""Stands for a title that has no Latin letter or digit."""


def of_view(dataset: Dataset, chosen: Selection, ending: str, what: str = "") -> str:
    """The name of a file of a selection: the case's title, the window, the filters, and ``what`` it shows of them.

    ``war_2020-09-27_2020-11-10_core_incidents.pdf``: lower case, ASCII, `LONGEST` characters at most where ``what``
    has nine. How many filters find no room is told.
    """
    head = [slug(dataset.case.title) or UNTITLED, *_days(chosen["window"])]
    rest = [what] if what else []
    active = [one for one in FILTERS if one.kind is not Kind.WINDOW and chosen[one.name] != one.default]
    parts = ["surely"] if chosen.has_window and chosen.surely else []
    parts += [_filter(dataset, one, chosen[one.name]) for one in active]
    if len(whole := _joined([*head, *parts, *rest], ending)) <= LONGEST:
        return whole
    told: list[str] = []
    for part in parts:
        if len(_joined([*head, *told, part, f"and-{len(parts)}-more", *rest], ending)) <= LONGEST:
            told.append(part)
    untold = f"and-{len(parts) - len(told)}-more" if told else f"{len(parts)}-filters"
    return _joined([*head, *told, untold, *rest], ending)


def around_days(dataset: Dataset, chosen: Selection) -> tuple[str, str]:
    """What stands before and behind the days in the name of a view's picture, whose window the browser moves."""
    any_day = date(1, 1, 1)
    is_sure = chosen.has_window and chosen.surely
    name = of_view(dataset, chosen.having(first=any_day, last=any_day, surely=is_sure), "webm")
    before, _, behind = name.removesuffix(".webm").partition(f"_{any_day}_{any_day}")
    return before, behind


def of_one(dataset: Dataset, name: str, ending: str) -> str:
    """The name of a file of one incident, or one lesson, that is called ``name``: the case's title goes before it."""
    return _joined(list(filter(None, (slug(dataset.case.title) or UNTITLED, slug(name, LONGEST_ALONE)))), ending)


def slug(text: str, most: int = LONGEST_PART) -> str:
    """A text in lower case, its words joined by hyphens, at most ``most`` characters and no half word.

    Words of other scripts than the Latin one are left out, so that it may be blank.
    """
    joined = "-".join(word for word in re.split(r"[\W_]+", fold(text)) if word and word.isascii())
    return joined if len(joined) <= most else joined[: most + 1].rpartition("-")[0] or joined[:most]


def _joined(parts: list[str], ending: str) -> str:
    return f"{'_'.join(parts)}.{ending}"


def _days(window: Window) -> list[str]:
    if window.first and window.last:
        return [str(window.first), str(window.last)]
    if window.first:
        return [f"from-{window.first}"]
    return [f"until-{window.last}"] if window.last else []


def _filter(dataset: Dataset, one: Filter, value: Any) -> str:
    name = slug(one.name)
    match one.kind:
        case Kind.LIST:
            values = [slug(words.label_of(dataset, one.name, each)) for each in value]
            return "-".join(values) if len(values) <= MOST_VALUES and all(values) else f"{len(values)}-{name}"
        case Kind.IDS:
            return f"{len(value)}-{name}"
        case Kind.TEXT:
            return slug(value) or name
        case Kind.NUMBER:
            return f"{name}-{value}"
        case Kind.SWITCH if not value:
            return f"without-{name}"
    return name
