"""Where the case that ships lies: the root of a checkout, or ``geodata/shipped`` of an installed package."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def shipped_case() -> Path:
    """The folder with ``events.csv``. ``setup.py`` copies it into the package when a wheel is built."""
    package = Path(str(resources.files("geodata")))
    built = package / "shipped"
    return built if built.is_dir() else package.parent
