"""How a document is cited: as plain text, as BibTeX and as CSL-JSON.

Fields that a document does not state are omitted; a description in square brackets replaces a missing title, as in
bibliographies. Names of persons are kept whole, for no document states which part is the family name.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geodata.model import dates
from geodata.model.records import Source
from geodata.model.row import Row
from geodata.store.dataset import Dataset
from geodata.tell import facts

CSL_TYPES: Mapping[str, str] = {
    "essay": "article-magazine",
    "political article": "article-magazine",
    "news article": "article-newspaper",
    "video text": "post",
    "imported table": "dataset",
}
"""CSL item types by genre; every other genre is a ``document``."""

CONTAINED = ("article-newspaper", "post")
"""CSL types whose ``publisher`` is the paper or site that the text stands in."""

_BIBTEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # BibTeX counts an escaped brace too, and a lone one would swallow the file
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def plain(source: Source) -> str:
    """One line: author, title or description, publisher, date; as far as the document names them."""
    titled = f"“{source.title}” [{source.genre}]" if source.title else _title(source)
    date = dates.spoken(source.published) if source.published else ""
    return " ".join(f"{part}." for part in (source.author, titled, source.publisher, date) if part)


def of_incident(dataset: Dataset, rows: Sequence[Row]) -> str:
    """An incident as its reports tell it, each by document and paragraphs, and the table that it is taken from."""
    told = {(row["source_id"], row["paragraphs"]): None for row in rows}
    by = "; ".join(facts.cited_in_short(dataset.sources[source].label, paragraphs) for source, paragraphs in told)
    return (
        f"“{rows[0]['title']}”, as told by {by}. In: {dataset.case.title} (Attest), incident {rows[0]['incident_id']}."
    )


def bibtex(sources: Iterable[Source]) -> str:
    """One entry a document, in the order given, in UTF-8 for BibLaTeX and, as far as it goes, for BibTeX.

    ``date`` keeps the EDTF text, which BibLaTeX reads; ``year`` is there for BibTeX, where the date
    lies within one. ``annotation`` is what a reader should know; the common styles do not print it.
    """
    return "\n".join(map(_entry, sources))


def csl_json(sources: Iterable[Source]) -> str:
    """A JSON array, one item a document, in the order given (CSL 1.0.2, ``csl-data.json``)."""
    return json.dumps([_item(source) for source in sources], ensure_ascii=False, indent=1)


def _title(source: Source) -> str:
    return source.title or f"[{source.genre}, title not stated]"


def _authors(source: Source) -> list[str]:
    """``sources.csv`` parts persons by semicolons; a role in brackets stays with its name."""
    return [name.strip() for name in source.author.split(";") if name.strip()]


def _annotation(source: Source) -> str:
    rated = f" Admiralty rating: reliability {source.reliability}, credibility {source.credibility}."
    return source.reader_note + (rated if source.reliability else "")


def _entry(source: Source) -> str:
    article = CSL_TYPES.get(source.genre) == "article-newspaper"
    # The second pair of braces keeps capitals and whole names as they are.
    fields = {
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in _authors(source)),
        "title": f"{{{_escaped(_title(source))}}}",
        "journal" if article else "howpublished": _escaped(source.publisher),
        "type": _escaped(source.genre),
        "date": source.published,
        "year": _year(source.published),
        "annotation": _escaped(_annotation(source)),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{'article' if article else 'misc'}{{{_key(source.source_id)},\n{''.join(lines)}}}\n"


def _escaped(text: str) -> str:
    """Text on one line in which TeX and BibTeX find no command."""
    return " ".join(text.translate(_BIBTEX).split())


def _key(source_id: str) -> str:
    """The identifier where it is a citation key already; BibTeX allows few signs and ignores case."""
    if re.fullmatch(r"[a-z0-9_:-]+", source_id):
        return source_id
    slug = re.sub(r"[^a-z0-9]+", "-", source_id.lower())[:40].strip("-")
    return f"{slug}-{hashlib.sha256(source_id.encode()).hexdigest()[:8]}".lstrip("-")


def _year(published: str) -> str:
    span = dates.parse(published) if published else None
    return f"{span.first.year:04d}" if span and span.first.year == span.last.year else ""


def _item(source: Source) -> dict[str, Any]:
    kind = CSL_TYPES.get(source.genre, "document")
    item = {
        "id": source.source_id,
        "type": kind,
        "author": [{"literal": name} for name in _authors(source)],
        "title": _title(source),
        "container-title" if kind in CONTAINED else "publisher": source.publisher,
        "issued": _issued(source.published),
        "genre": source.genre,
        "language": source.language,
        "annote": _annotation(source),
    }
    return {name: value for name, value in item.items() if value}


def _issued(published: str) -> dict[str, Any]:
    """A CSL date: year, month and day as known, two of them for a span; another EDTF form in words."""
    if not published:
        return {}
    ends = [end.rstrip("~?%") for end in published.split("/")]
    if not all(re.fullmatch(r"\d{4}(-\d\d){0,2}", end) for end in ends):
        return {"literal": dates.spoken(published)}
    doubt = {"circa": True} if "/".join(ends) != published else {}
    return {"date-parts": [[int(part) for part in end.split("-")] for end in ends]} | doubt
