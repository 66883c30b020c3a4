"""One incident field by field on the page: who says what, and whether it can hold together."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.parts import tables
from dashboard.state.view import View
from geodata.count.disagreements import Difference
from geodata.model.row import Row
from geodata.tell import fields


def side_by_side(view: View, reports: list[Row]) -> None:
    """A table with a row for each field and a column for each document: what differs stands out.

    The sources of one telling share a column. Nothing is shown where there is one column.
    """
    compared = fields.compared(view.dataset, reports, view.look.naming)
    if compared is None:
        return
    rows = [[line.name, *map(tables.lines, line.cells), _verdict(line.found)] for line in compared.lines]
    caption = f"The same incident, field by field and {compared.by} by {compared.by}"
    tables.show(["Field", *compared.heads, "How they stand"], rows, caption=caption)


def _verdict(found: Difference | None) -> Markup:
    if found is None:
        return Markup('<span class="attest-agree">no difference</span>')
    if not found.is_sharp:
        return Markup('<span class="attest-mild">differs</span>')
    return Markup('<strong class="attest-sharp">≠ sharp</strong><br>{}').format(found.how)
