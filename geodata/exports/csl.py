"""CSL-JSON of the documents that the selected reports cite, for Zotero, Pandoc and word processors."""

from __future__ import annotations

from geodata.exports.attribution import documents
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import citations


def to_csl(dataset: Dataset, chosen: Selection) -> bytes:
    """One item a document, in the order in which the reports cite them."""
    return citations.csl_json(documents(dataset, chosen)).encode()
