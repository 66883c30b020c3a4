"""What those are called who tell: documents where people coded texts, sources in a table of others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geodata.model.row import Row
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset


@dataclass(frozen=True)
class Noun:
    """A noun and its plural. Our texts are written of documents; `said` puts this noun in their place."""

    one: str
    many: str

    def number(self, count: int) -> str:
        """A count with the noun: "1 source", "1,204 sources"."""
        return f"{count:,} {self.one if count == 1 else self.many}"

    def said(self, text: str) -> str:
        """A text of ours with this noun. Never for words of a table, which may name a document of their own."""
        return _DOCUMENT.sub(lambda word: self._like(word[0]), text)

    def _like(self, word: str) -> str:
        noun = self.many if word.endswith("s") else self.one
        return noun[0].upper() + noun[1:] if word[0].isupper() else noun


_DOCUMENT = re.compile(r"\b[Dd]ocuments?\b")

DOCUMENT = Noun("document", "documents")
SOURCE = Noun("source", "sources")
EITHER = Noun("document or source", "documents and sources")


@remembered(most=1)
def of(dataset: Dataset) -> Noun:
    """The noun for a dataset: both words where a case has reports of its own coding and of tables of others."""
    if not dataset.own:
        return DOCUMENT
    return EITHER if has_coding(dataset) else SOURCE


def of_row(dataset: Dataset, row: Row) -> Noun:
    """The noun for one report."""
    return SOURCE if row["origin"] in dataset.own else DOCUMENT


def is_of_others(dataset: Dataset, source_id: str) -> bool:
    """Whether a source is known from tables of others alone: no text of it was coded."""
    return bool(dataset.own) and source_id not in _coded(dataset)


def has_coding(dataset: Dataset) -> bool:
    """Whether some reports are of the case's own coding, and not of a table of others."""
    return bool(_coded(dataset))


@remembered(most=1)
def _coded(dataset: Dataset) -> frozenset[str]:
    """The documents that reports of the case's own coding cite."""
    reports = dataset.reports
    coded = reports.filter(~reports.origin.isin([*dataset.own])) if dataset.own else reports
    return frozenset(dataset.fetch(coded.select("source_id").distinct())["source_id"].to_pylist())
