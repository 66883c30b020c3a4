"""Whose data a dataset is, and on what terms: the case's own coding, and each table of others for itself."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.model.mapping import Terms
from geodata.store.dataset import Dataset
from geodata.tell import nouns


def credit(dataset: Dataset) -> str:
    """Whose data it is; blank where nobody asks to be named."""
    own = dataset.case.credit if nouns.has_coding(dataset) else ""
    return " ".join(filter(None, (own, *(stated.credit for _, stated in _of_tables(dataset)))))


def terms(dataset: Dataset) -> str:
    """Whose data it is, and the terms of the coding and of each table; of the case's own it may state none."""
    case = dataset.case
    is_stated = case.licence and nouns.has_coding(dataset)
    coding = f"Coding of the documents: {case.licence} unless a source says otherwise." if is_stated else ""
    tables = (
        f"Terms of {title}: {stated.licence or 'not stated'}{'' if stated.may_republish else '; not to be passed on'}."
        for title, stated in _of_tables(dataset)
    )
    return " ".join(filter(None, (credit(dataset), coding, *tables)))


def of_source(dataset: Dataset, source_id: str) -> str:
    """How the tables that cite a source ask to be credited; blank where none does."""
    reports = dataset.reports
    cited = reports.filter(reports.source_id == source_id).select("origin").distinct()
    origins = set(dataset.fetch(cited)["origin"].to_pylist())
    by_name = dict(zip(dataset.own, (stated for _, stated in _of_tables(dataset)), strict=True))
    return " ".join(stated.credit for name, stated in by_name.items() if name in origins and stated.credit)


def _of_tables(dataset: Dataset) -> Iterator[tuple[str, Terms]]:
    """The title and the terms of each table of others, in the order of ``dataset.own``."""
    openings = dataset.openings[len(dataset.openings) - len(dataset.own) :]
    for (name, own), opening in zip(dataset.own.items(), openings, strict=True):
        table = dataset.case.tables.get(name)
        yield table.title if table else own.file, opening.mapping.terms if opening.mapping else Terms()
