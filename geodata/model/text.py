"""Words that any wing may need: counts with their noun."""

from __future__ import annotations


def number_of(number: int, noun: str) -> str:
    """A count with its noun: "1 report", "1,204 reports"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
