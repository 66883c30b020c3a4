"""Engines elsewhere that answer questions: what each of `geodata.store.engines` does, and how it fails.

Questions are Ibis expressions. An engine only reads here, but for `Answerer.write`, which `distant.publish` uses.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.csv

DEADLINE = 30
"""Seconds that a question may take."""

AT_ONCE = 4
"""Questions that one engine is asked at a time; others wait for one of these."""

IN_PART = 50_000
"""Rows that are read or written at a time."""


class Unanswered(Exception):
    """An engine is not there, refuses, or takes longer than `DEADLINE`. The message names no host and no secret."""


class Answerer(Protocol):
    """An engine. All methods raise `Unanswered`, and what `wanted` raises where nobody waits."""

    def table(self, name: str) -> ir.Table:
        """A table of the engine. Raises ``LookupError`` where there is none of this name."""

    def fetch(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression over tables of this engine."""

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """The same a part at a time, without a deadline."""

    def write(self, name: str, rows: pa.RecordBatchReader) -> None:
        """Makes a table of these rows, in place of one of this name: whole or not at all."""

    def close(self) -> None:
        """Lets go of the engine."""


SLOW = f"the engine took longer than {DEADLINE} seconds"


@contextmanager
def told(why: Callable[[Exception], str | None]) -> Iterator[None]:
    """What an engine's driver raises, as `Unanswered`: its words may name hosts and values, so they go no further.

    ``why`` says in our words why an error came; ``None`` of one that is not the driver's, which is raised as it is.
    """
    try:
        yield
    except (LookupError, Unanswered):
        raise
    except TimeoutError:
        raise Unanswered(SLOW) from None
    except Exception as error:
        if (said := why(error)) is None:
            raise
        raise Unanswered(said) from None


def of_csv(cells: bytes, schema: pa.Schema) -> pa.Table:
    """Rows of CSV without a header, in which a text is quoted and an absent value is not. Raises `Unanswered`."""
    if not cells:
        return schema.empty_table()
    try:
        return pyarrow.csv.read_csv(
            io.BytesIO(cells),
            pyarrow.csv.ReadOptions(column_names=schema.names, block_size=max(len(cells), 1)),
            pyarrow.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            pyarrow.csv.ConvertOptions(
                column_types=schema, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False,
                true_values=["t"], false_values=["f"],
            ),
        )  # fmt: skip
    except (pa.ArrowInvalid, OverflowError):
        raise Unanswered(
            "the engine's answer cannot be read: its texts must be UTF-8, in rows of 2 GB at most"
        ) from None
