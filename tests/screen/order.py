"""In which order the parts of a page come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def listened(monkeypatch: pytest.MonkeyPatch, **parts: tuple[Any, str]) -> list[str]:
    """The names of the parts in the order in which they are drawn from now on.

    ``parts`` are by name: the module or class whose function draws it, and that function's name.
    """
    came: list[str] = []

    def heard(name: str, draw: Callable[..., None]) -> Callable[..., None]:
        def drawn(*given: Any, **named: Any) -> None:
            came.append(name)
            draw(*given, **named)

        return drawn

    for name, (place, function) in parts.items():
        monkeypatch.setattr(place, function, heard(name, getattr(place, function)))
    return came
