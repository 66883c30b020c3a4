"""Options of Streamlit that hold wherever the dashboard is started from: its own ``.streamlit/config.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from streamlit.string_util import to_snake_case

OURS = Path(__file__).parents[1] / ".streamlit" / "config.toml"


def settings(folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """Our options by dotted name (``server.address``), each as a variable or ``folder`` sets it.

    The variable is the one that ``streamlit run`` knows (``STREAMLIT_SERVER_ADDRESS``); a program that is not started
    so would ignore it. The folder sets it in ``.streamlit/config.toml``, which Streamlit reads from where it is
    started; its values are given again, for a program that lies in our own folder would have ours above them.
    """
    own = folder / ".streamlit" / "config.toml"
    set_there = _options(own) if own.is_file() else {}
    ours = _options(OURS)
    here = {name: set_there.get(name, set_there.get(_of_both(name), value)) for name, value in ours.items()}
    return here | {name: value_of(environment[variable(name)]) for name in ours if variable(name) in environment}


def variable(name: str) -> str:
    """The environment variable with which Streamlit lets an option be set."""
    return f"STREAMLIT_{to_snake_case(name.replace('.', '_')).upper()}"


def value_of(text: str) -> Any:
    """A value as ``config.toml`` would have it; what would be no value there, as ``localhost``, is a text."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


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
