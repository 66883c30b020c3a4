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

PALETTE = ("#332288", "#DDCC77", "#117733", "#CC6677", "#88CCEE", "#882255", "#44AA99", "#999933", "#AA4499", "#BBBBBB")
"""Paul Tol's "muted" scheme, made for colour-blind readers (personal.sron.nl/~pault), its grey made darker.

As many categories as it has colours can be told apart on one map.
"""

SOURCE_NOT_NAMED = "source not named"
"""Stands for the source of a row of a table of others that names none."""

NOT_STATED = "not stated"
"""Stands in place of a blank, as imported tables have them."""
