"""Options of Streamlit that hold wherever the dashboard is started from: its own ``.streamlit/config.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from streamlit.string_util import to_snake_case

OURS = Path(__file__).parents[1] / ".streamlit" / "config.toml"


def settings(folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """Our options by dotted name (``server.address``), each as ``folder`` sets it in a file of its own.

    That file is ``.streamlit/config.toml``, which Streamlit reads from the folder it is started in. Its values are
    given again, for a program that Streamlit starts from our own folder would have ours above them. Left out is what a
    variable of the environment sets (``STREAMLIT_SERVER_ADDRESS``): what is given here would stand above it.
    """
    own = folder / ".streamlit" / "config.toml"
    set_there = _options(own) if own.is_file() else {}
    ours = _options(OURS)
    return {
        name: set_there.get(name, set_there.get(_of_both(name), value))
        for name, value in ours.items()
        if variable(name) not in environment
    }


def variable(name: str) -> str:
    """The environment variable with which Streamlit lets an option be set."""
    return f"STREAMLIT_{to_snake_case(name.replace('.', '_')).upper()}"


def _of_both(name: str) -> str:
    """The option that sets both themes at once: ``theme.primaryColor`` for ``theme.dark.primaryColor``."""
    return name.replace("theme.light.", "theme.").replace("theme.dark.", "theme.")


def _options(path: Path) -> dict[str, Any]:
    return dict(_dotted("", tomllib.loads(path.read_text(encoding="utf-8"))))


def _dotted(before: str, options: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in options.items():
        if isinstance(value, Mapping):
            yield from _dotted(f"{before}{name}.", value)
        else:
            yield f"{before}{name}", value
