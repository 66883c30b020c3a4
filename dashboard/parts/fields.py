"""One incident field by field on the page: who says what, and how their words stand to each other."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.parts import tables
from dashboard.state.view import View
from geodata.model.row import Row
from geodata.tell import fields


def side_by_side(view: View, reports: Sequence[Row]) -> None:
    """A table with a row for each field and a column for each document: what differs stands out.

    The sources of one telling share a column. Nothing is shown where there is one column.
    """
    compared = fields.compared(view.dataset, reports, view.look.naming)
    if compared is None:
        return
    rows = [[line.name, *map(tables.lines, line.cells), _stand(line)] for line in compared.lines]
    tables.show([fields.HEAD, *compared.heads, fields.LAST], rows, caption=compared.caption)


def _stand(line: fields.Line) -> Markup:
    stand = Markup('<span class="attest-stand attest-{}">{}</span>').format(line.stand or "untold", line.said)
    return stand + Markup("<br>{}").format(line.how) if line.how else stand
