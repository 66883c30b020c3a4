"""A typed row names the columns that the engine gives."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import get_args, get_type_hints

import pyarrow as pa

from geodata.model.row import Row
from geodata.store.dataset import SCHEMA, Dataset

TYPES = {str: pa.string(), float: pa.float64(), int: pa.int32(), bool: pa.bool_()}


def test_a_row_has_the_columns_of_the_schema_with_their_types() -> None:
    stated = get_type_hints(Row)
    assert list(stated) == SCHEMA.names
    for name, hint in stated.items():
        [kind] = [one for one in get_args(hint) if one is not NoneType] if isinstance(hint, UnionType) else [hint]
        assert SCHEMA.field(name).type == TYPES.get(kind, pa.date32()), name


def test_only_what_may_be_none_is_none_in_the_shipped_table(shipped: Dataset) -> None:
    rows = shipped.fetch(shipped.reports)
    blank = {name for name, hint in get_type_hints(Row).items() if isinstance(hint, UnionType)}
    assert {name for name in rows.column_names if rows[name].null_count} <= blank
