"""The map as one file: opens from disk with no network, with the same slider, playback and attribution."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from geodata import basemap, legend, marks, words
from geodata.dataset import Dataset
from geodata.exports.attribution import cited, left_out, rows_of
from geodata.schema import CLAIM_STATUSES, DATE_BASES, SIDE_NAMES, Source
from geodata.selection import Selection
from geodata.timemap.element import TimeMap


def to_html(dataset: Dataset, chosen: Selection) -> bytes:
    """One self-contained HTML page of the selected reports, made through folium."""
    rows, withheld = rows_of(dataset, chosen)
    summary = words.summarise(dataset, chosen)
    said = [words.sentence(summary, chosen), words.balance(summary), words.NO_EVIDENCE, left_out(withheld)]
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
    page = TimeMap(
        sources=[citation(source) for source in cited(dataset, rows)],
        colophon=f"{' '.join(legend.NOTES)} Made with Attest. Base map: {basemap.CREDIT}. {basemap.DISCLAIMER} "
        "Names and coordinates: GeoNames, CC BY 4.0. Coding of the documents: CC BY 4.0 unless a source says "
        "otherwise.",
        columns=marks.columns(dataset, rows),
        fixed=marks.fixed(dataset) | {"details": [*map(_card, marks.details(dataset, rows), rows.to_pylist())]},
        **settings,
    )
    text: str = page.get_root().render()
    return text.encode()


def citation(source: Source) -> str:
    """A document in one line, with its Admiralty rating where it has one."""
    rated = (
        f" Reliability {source.reliability}, credibility {source.credibility} (Admiralty)."
        if source.reliability
        else ""
    )
    named = f" “{source.title}”." if source.title else ""
    return f"{source.label}: {source.genre}; {SIDE_NAMES[source.side]}.{named}{rated} {source.reader_note}"


def _card(detail: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """A report's details with the lines of its card, which the file cannot ask a server for."""
    basis = f" ({row['date_basis']}: {DATE_BASES[row['date_basis']]})" if row["date_basis"] else ""
    role = "a statement about it" if row["place_role"] == "subject" else "said to have happened there"
    stated = [
        (word, row[f"deaths_{kind}"]) for kind, word in (("low", "at least "), ("best", ""), ("high", "at most "))
    ]
    deaths = ", ".join(f"{word}{number}" for word, number in stated if number is not None)
    facts = {
        "Side": SIDE_NAMES[row["claimant_side"]],
        "Standing": f"{row['claim_status']}: {CLAIM_STATUSES[row['claim_status']]}"
        if row["claim_status"]
        else "not stated",
        "Disputed by": row["disputed_by"],
        "Document": f"{detail['document']}, paragraph {row['paragraphs']}" if row["paragraphs"] else detail["document"],
        "Date": detail["date"] + basis,
        "Place": f"“{row['place']}” in the document: {row['place_label'] or 'cannot be placed'}; {role}"
        if row["place"]
        else row["place_label"] or "none given",
        "Kind": row["event_type"],
        "Actor, target": " → ".join(filter(None, (row["actor"], row["target"]))),
        "Deaths stated": deaths or "not stated",
        "Note": row["note"],
    }
    return detail | {
        "summary": row["summary"],
        "graphic": row["graphic"],
        "facts": [[name, value] for name, value in facts.items() if value],
    }
