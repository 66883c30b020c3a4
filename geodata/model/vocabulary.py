"""The words and columns that are the same in every case. Those that a case defines are in `case`."""

from __future__ import annotations

from collections.abc import Mapping

DEATHS = ("deaths_low", "deaths_best", "deaths_high")
"""Columns of the deaths that a report states: at least, best, at most."""

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

MOST_COLOURS = 10
"""Categories that can be told apart on one map."""

PALETTES: Mapping[str, tuple[str, ...]] = {
    "sides": (
        "#735EA0", "#7C6723", "#137764", "#513D0B", "#7D0652",
        "#024293", "#BE4560", "#3184DC", "#A073A3", "#393B32",
    ),
    "families": (
        "#9B6414", "#3C5FB5", "#64233B", "#164403", "#4D2675",
        "#94805D", "#6D7FC7", "#9F2D38", "#724876", "#636363",
    ),
    "documents": (
        "#61678C", "#67250A", "#928320", "#31385A", "#7F4F5E",
        "#5B78D1", "#B7595B", "#2B53A7", "#62681C", "#423833",
    ),
    "tables": (
        "#A75C21", "#3A8AB6", "#312F7F", "#5A2D34", "#7D5872",
        "#9A7D5F", "#2765A8", "#8C271D", "#4A3959", "#62645B",
    ),
    "columns": (
        "#5A6F4E", "#8C618F", "#163D5B", "#4D361B", "#2888CA",
        "#914A0E", "#B07629", "#6D4396", "#246764", "#3A3A3A",
    ),
}  # fmt: skip
"""The colours of each way to colour: of sides, families of kinds, documents, tables of a case, and the columns of a
table of others, of which one at a time is drawn. No colour stands in two of them, and the last of each, a grey, is for
what no other holds. The first three of sides are of equal weight, for parties.

Found by a search in CIE Lab among colours with a contrast of 3 : 1 to land and sea; `tests/unit/test_colours.py` holds
them apart, to colour-blind readers too, and states how far.
"""

BLANK = "#828282"
"""The grey of a blank cell, whatever is coloured."""

SOURCE_NOT_NAMED = "source not named"
"""Stands for the source of a row of a table of others that names none."""

NOT_STATED = "not stated"
"""Stands in place of a blank, as imported tables have them."""
