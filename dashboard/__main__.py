"""``python -m dashboard``: reads the table, then serves the page, so that the first reader does not wait for it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from streamlit.errors import StreamlitAPIException
from streamlit.web.bootstrap import load_config_options

from dashboard.server import hosting
from dashboard.server.options import options as our_options
from dashboard.server.serve import app
from dashboard.server.settings import settings, value_of
from dashboard.state import data, link
from geodata.commands.ending import orderly
from geodata.commands.progress import Told
from geodata.model.faults import InvalidData
from geodata.model.selection import Selection
from geodata.store.answering import Unanswered
from geodata.store.dataset import Dataset
from geodata.timemap import far


def serve(words: Sequence[str], choose: Callable[[Dataset], Selection] | None = None) -> None:
    """Serves the page until it is stopped. ``words`` are Streamlit's own options, as in ``--server.port 8600``.

    ``choose`` returns the selection of the table that the browser opens on; one that filters nothing opens what the
    case does. Raises `InvalidData` where the table has no such selection.
    """
    gc.freeze()  # the modules stay: to look through them for what nobody holds takes 0.1 s, and stops every answer
    try:
        _serve(words, choose)
    finally:
        gc.unfreeze()  # what is left at the end is else told as leaked, in fifty lines behind the reason for ending


def _serve(words: Sequence[str], choose: Callable[[Dataset], Selection] | None) -> None:
    try:
        given = settings(Path.cwd(), os.environ) | options(words)
        our_options()
        load_config_options(given)
        hosting.check()
    except (ValueError, StreamlitAPIException) as error:
        raise _refused(error) from error
    print("Reading the table.", flush=True)
    with Told() as told:
        dataset = data.warm(told)
    if dataset and (said := far.told(dataset)):
        print(said, flush=True)
    chosen = choose(dataset) if choose and dataset else Selection()  # a table with faults is shown with them
    query = link.query(dataset, chosen) if dataset and chosen != Selection() else ""
    try:
        app(query).run(config=given)
    except (ValueError, StreamlitAPIException) as error:
        raise _refused(error) from error


def _refused(error: Exception) -> SystemExit:
    return SystemExit(f"python -m dashboard: {error} (`streamlit config show` lists the options)")


def options(words: Sequence[str]) -> dict[str, Any]:
    """Options of the command line by their names: ``--server.port 8600``, ``--server.port=8600``; a switch alone is on.

    Raises ``ValueError`` for a word that belongs to no option.
    """
    given: dict[str, Any] = {}
    name = ""
    for word in words:
        if word.startswith("--"):
            name, equals, value = word.removeprefix("--").partition("=")
            given[name] = value_of(value) if equals else True
        elif name and given[name] is True:
            given[name] = value_of(word)
        else:
            raise ValueError(f"{word!r} belongs to no option")
    return given


if __name__ == "__main__":
    with orderly():
        try:
            serve(sys.argv[1:])
        except (InvalidData, Unanswered) as error:
            sys.exit(str(error))
