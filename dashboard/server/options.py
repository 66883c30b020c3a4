"""Our own options of a server: who may do what, by which names it is asked, who may frame it, how much it does at once.

They are read from the TOML file that the variable ``ATTEST_OPTIONS`` names, and above it from a variable for each, as
``ATTEST_HOSTS="maps.example.org atlas.example.org"`` or ``ATTEST_SESSIONS=40``; lists are written with spaces. A case's
folder is never asked: whoever hands a case on could open the server of its reader.

What is Streamlit's stays there (``.streamlit/config.toml``): address, port, ``server.baseUrlPath``, and
``server.maxUploadSize``, the megabytes of a table that is dropped on the page, which its field names.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, PositiveInt, StringConstraints, ValidationError

FILE = "ATTEST_OPTIONS"
"""The environment variable with the path of the file."""


def _words(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


Name = Annotated[str, StringConstraints(pattern=r"^[\w.:\[\]-]+$")]
Source = Annotated[str, StringConstraints(pattern=r"^[\w.:/*'\[\]-]+$")]


Access = Literal["alone", "reading", "signed-in"]
"""The ways of hosting, see `dashboard.state.rights`."""


class Options(BaseModel):
    """Every option with its value where nobody sets it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    access: Access = "alone"
    """``alone``: this machine's people, who may do everything; ``reading``: anybody, who may read; ``signed-in``: the
    people of a list."""
    people: Path | None = None
    """The list of people for ``signed-in``, see `dashboard.state.people`."""

    hosts: Annotated[tuple[Name, ...], BeforeValidator(_words)] = ()
    """Names by which browsers ask this server beside those of this machine, without a port: ``maps.example.org``."""
    frame_ancestors: Annotated[tuple[Source, ...], BeforeValidator(_words)] = ()
    """Pages that may frame the view for frames (``?embed=true``), as Content-Security-Policy writes sources: ``*`` for
    any, ``https://school.example``. By default pages of this machine, and any page once ``hosts`` has a public name.
    """
    sessions: PositiveInt = 100
    """Readers at a time: pages that are open in a browser."""
    heavy: PositiveInt = 2
    """Prints, films, files and uploads that are worked on at a time; others wait in line. A core each is enough."""
    rows_in_memory: PositiveInt = 200_000
    """Rows of a file that is made in memory, at about 4 kilobytes a row; larger ones are offered only where the kind of
    file can be sent as it is written."""


@cache
def options() -> Options:
    """The options of this process, read once. Raises ``ValueError`` that names the option and where it is set."""
    return read(os.environ)


def read(environment: Mapping[str, str]) -> Options:
    """The options that an environment gives, see `options`."""
    path, given = environment.get(FILE, ""), {}
    if path:
        try:
            given = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise ValueError(f"{FILE}: {path} cannot be read: {error.strerror}") from error
        except ValueError as error:  # no TOML, or no UTF-8
            raise ValueError(f"{path}: {error}") from error
    variables = {f"ATTEST_{name.upper()}": name for name in Options.model_fields}
    over = {name: environment[variable] for variable, name in variables.items() if variable in environment}
    try:
        return Options.model_validate({**given, **over})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        where = f"ATTEST_{name.upper()}" if name in over else f"{path}, {name}"
        raise ValueError(f"{where}: {first['msg'][:1].lower()}{first['msg'][1:]}") from error
