"""BibTeX of the documents that the selected reports cite, for LaTeX, Zotero and JabRef."""

from __future__ import annotations

from geodata.exports.attribution import documents
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import citations


def to_bib(dataset: Dataset, chosen: Selection) -> bytes:
    """One entry a document, in the order in which the reports cite them."""
    return citations.bibtex(documents(dataset, chosen)).encode()
