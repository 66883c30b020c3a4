"""The map as one file: opens from disk with no network, with the same slider, playback and attribution."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from geodata.exports import names
from geodata.exports.attribution import cited, rows_of, withheld_sentence
from geodata.model.case import Case
from geodata.model.names import namings
from geodata.model.records import UNRATED, Source
from geodata.model.row import Row
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import card, legend, terms, words
from geodata.timemap import basemap, land, layers, marks
from geodata.timemap.element import TimeMap


def to_html(dataset: Dataset, chosen: Selection) -> bytes:
    """One self-contained HTML page of the selected reports, made through folium."""
    rows, withheld = rows_of(dataset, chosen)
    summary = words.summarise(dataset, chosen)
    said = [
        words.sentence(summary, chosen),
        words.balance(dataset.case, summary),
        words.no_evidence(dataset),
        withheld_sentence(withheld),
    ]
    return rendered(
        dataset,
        rows,
        title=words.title(summary, chosen),
        said=[line for line in said if line],
        window=(str(chosen.first), str(chosen.last)) if chosen.first and chosen.last else None,
        surely=chosen.surely,
        name=names.around_days(dataset, chosen),
    )


def rendered(dataset: Dataset, rows: pa.Table, **settings: Any) -> bytes:
    """The page of a `TimeMap` over ``rows``, with their cards and the documents they cite; ``settings`` are its own."""
    listed: list[Row] = rows.to_pylist()
    sources = cited(dataset, rows)
    unrated = UNRATED if any(source.reader_note == UNRATED for source in sources) else ""
    made = f"{unrated} Made with Attest. Base map: {basemap.CREDIT}. {basemap.DISCLAIMER}"
    fixed = marks.fixed(dataset)
    columns = marks.columns(dataset, rows)
    fixed["land"] = fixed["land"] | {"embedded": land.embedded(dataset, fixed["home"]["box"], _spots(listed))}
    page = TimeMap(
        sources=[citation(source, dataset.case).removesuffix(UNRATED).strip() for source in sources],
        colophon=f"{' '.join(legend.notes(dataset))} {made} {terms.terms(dataset)}",
        columns=columns,
        fixed=fixed | {"details": marks.details(dataset, rows), "layers": layers.embedded(dataset)},
        **_cards(dataset, listed),
        namings=namings(dataset.case),
        **{"name": names.around_days(dataset, Selection()), **settings},
    )
    text: str = page.get_root().render()
    return text.encode()


def _spots(rows: Iterable[Row]) -> set[tuple[float, float]]:
    """Longitude and latitude of every report that has a point."""
    points = ((row["longitude"], row["latitude"]) for row in rows)
    return {(longitude, latitude) for longitude, latitude in points if longitude is not None and latitude is not None}


def citation(source: Source, case: Case) -> str:
    """A document in one line, with its Admiralty rating where it has one."""
    rated = (
        f" Reliability {source.reliability}, credibility {source.credibility} (Admiralty)."
        if source.reliability
        else ""
    )
    named = f" “{source.title}”." if source.title else ""
    side = f"; {case.side_name(source.side)}" if source.side else ""
    return f"{source.label}: {source.genre}{side}.{named}{rated} {source.reader_note}"


def why_rated(source: Source) -> str:
    """Why a document has its rating, to follow its citation; blank where it has none or no reason is given."""
    return f" Why this rating: {source.rating_reason}" if source.reliability and source.rating_reason else ""


def _cards(dataset: Dataset, rows: Iterable[Row]) -> dict[str, Any]:
    """The card of each incident, which the file cannot ask a server for; reports by their number in the file.

    ``renamed`` has, by the way of naming places, the cards that it makes other ones.
    """
    incidents: dict[str, list[Row]] = {}
    for number, row in enumerate(rows):
        incidents.setdefault(row["incident_id"], []).append({**row, "row": number})
    usual, *others = (
        [card.of(dataset, reports, naming) for reports in incidents.values()] for naming in namings(dataset.case)
    )
    renamed = {
        naming: [one for one, known in zip(cards, usual, strict=True) if one != known]
        for naming, cards in zip(list(namings(dataset.case))[1:], others, strict=True)
    }
    return {"cards": usual, "renamed": renamed}
