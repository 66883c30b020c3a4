"""Which questions are asked of a slim table, and which of the whole one."""

from __future__ import annotations

import ibis.expr.types as ir
import pytest

from geodata.store.slim import Slim


def noted(patch: pytest.MonkeyPatch) -> list[bool]:
    """From now on: for each question, whether the slim table answers it."""
    of_slim: list[bool] = []
    whole = Slim.answering

    def answering(self: Slim, expression: ir.Table) -> ir.Table:
        found = whole(self, expression)
        of_slim.append(found is not expression)
        return found

    patch.setattr(Slim, "answering", answering)
    return of_slim
