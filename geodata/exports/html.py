"""The map as one file: opens from disk with no network, with the same slider, playback and attribution."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pyarrow as pa

from geodata.exports.attribution import cited, rows_of, withheld_sentence
from geodata.model.case import Case
from geodata.model.names import namings
from geodata.model.records import Source
from geodata.model.row import Row
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import facts, legend, words
from geodata.timemap import basemap, marks
from geodata.timemap.element import TimeMap


def to_html(dataset: Dataset, chosen: Selection) -> bytes:
    """One self-contained HTML page of the selected reports, made through folium."""
    rows, withheld = rows_of(dataset, chosen)
    summary = words.summarise(dataset, chosen)
    said = [
        words.sentence(summary, chosen),
        words.balance(dataset.case, summary),
        words.NO_EVIDENCE,
        withheld_sentence(withheld),
    ]
    return rendered(
        dataset,
        rows,
        title=words.title(summary, chosen),
        said=[line for line in said if line],
        window=(str(chosen.first), str(chosen.last)) if chosen.first and chosen.last else None,
        surely=chosen.surely,
    )


def rendered(dataset: Dataset, rows: pa.Table, **settings: Any) -> bytes:
    """The page of a `TimeMap` over ``rows``, with their cards and the documents they cite; ``settings`` are its own."""
    also = facts.also(dataset, rows.to_pylist())
    card = partial(_card, dataset, also)
    page = TimeMap(
        sources=[citation(source, dataset.case) for source in cited(dataset, rows)],
        colophon=f"{' '.join(legend.NOTES)} Made with Attest. Base map: {basemap.CREDIT}. {basemap.DISCLAIMER} "
        f"{words.terms(dataset.case)}",
        columns=marks.columns(dataset, rows),
        fixed=marks.fixed(dataset) | {"details": [*map(card, marks.details(dataset, rows), rows.to_pylist())]},
        namings=namings(dataset.case),
        **settings,
    )
    text: str = page.get_root().render()
    return text.encode()


def citation(source: Source, case: Case) -> str:
    """A document in one line, with its Admiralty rating where it has one."""
    rated = (
        f" Reliability {source.reliability}, credibility {source.credibility} (Admiralty)."
        if source.reliability
        else ""
    )
    named = f" “{source.title}”." if source.title else ""
    return f"{source.label}: {source.genre}; {case.side_name(source.side)}.{named}{rated} {source.reader_note}"


def why_rated(source: Source) -> str:
    """Why a document has its rating, to follow its citation; blank where it has none or no reason is given."""
    return f" Why this rating: {source.rating_reason}" if source.reliability and source.rating_reason else ""


def _card(dataset: Dataset, also: Mapping[int, Mapping[str, str]], detail: dict[str, Any], row: Row) -> dict[str, Any]:
    """A report's details with the lines of its card, which the file cannot ask a server for."""
    stated = {"Side": dataset.case.side_name(row["claimant_side"])} | facts.of(dataset, row)
    stated |= {f"{facts.ALSO}: {name}": text for name, text in also.get(row["row"], {}).items()}
    return detail | {"summary": row["summary"], "graphic": row["graphic"], "facts": list(stated.items())}
