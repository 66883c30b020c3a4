"""Numbers that the words of a question leave open, so that they serve for others: variables of DuckDB's."""

from __future__ import annotations

from typing import Any

import ibis

Number = float | tuple[int, ...]
"""A number, or several whole ones."""


def number(name: str) -> Any:
    """The number of this name, of float64, as an Ibis value."""
    return _number(name).name(name)


def numbers(name: str) -> Any:
    """The whole numbers of this name, a list of int32, as an Ibis value."""
    return _numbers(name).name(name)


def set_to(name: str, value: Number) -> str:
    """SQL that sets what `number` or `numbers` reads, for one connection."""
    said = f"{list(value)}::INTEGER[]" if isinstance(value, tuple) else f"{value!r}::DOUBLE"
    return f"SET VARIABLE {name} = {said}"


# DuckDB's own function, of which the type here is that of the variable.
@ibis.udf.scalar.builtin(name="getvariable")  # type: ignore[untyped-decorator]
def _number(name: str) -> float:
    raise NotImplementedError


@ibis.udf.scalar.builtin(name="getvariable")  # type: ignore[untyped-decorator]
def _numbers(name: str) -> list[int]:
    raise NotImplementedError
