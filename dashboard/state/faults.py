"""What is wrong in a file, as the page tells it: by the file's name, for a path of the server is nobody's business."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from geodata.model.faults import Fault

_FOLDERS = re.compile(r"""(?<![\w:/.~-])(?:/|[A-Za-z]:\\)(?:[^\s/\\'"()<>]+(?: [^\s/\\'"()<>]+)*[/\\])+""")
"""The folders of an absolute path, as messages of the system and of libraries have it."""


def told(faults: Iterable[Fault], between: str = "\n") -> str:
    """The faults, each in a line, or with another text ``between`` them."""
    return between.join(without_folders(str(fault)) for fault in faults)


def without_folders(message: str) -> str:
    """The message with each path of this machine cut down to the name of its file."""
    for folder in {Path.cwd(), Path.home(), Path(tempfile.gettempdir())}:  # they may hold spaces
        if folder != Path(folder.anchor):
            message = message.replace(f"{folder}/", "/./")
    return _FOLDERS.sub("", message)
