"""The command ``attest``: opens, checks, fills and writes a table of reports. ``python -m geodata`` is the same."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from types import ModuleType

from geodata import __version__
from geodata.commands.arguments import Misused
from geodata.commands.ending import orderly

COMMANDS = ("open", "new", "check", "geocode", "export", "picture", "briefing", "lesson", "pack", "publish")
"""Files of `geodata.commands`, in the order of the help."""


def parser() -> argparse.ArgumentParser:
    """All verbs with their arguments; `add` and `run` of each are those of its file."""
    top = argparse.ArgumentParser(prog="attest", description="An incident map on which every mark says who says so.")
    top.add_argument("--version", action="version", version=f"attest {__version__}")
    verbs = top.add_subparsers(required=True, metavar="COMMAND")
    for name in COMMANDS:
        command = import_module(f"geodata.commands.{name}")
        verb = verbs.add_parser(name, help=_said(command), description=_said(command))
        command.add(verb)
        verb.set_defaults(run=command.run, refuse=verb.error)
    return top


def _said(command: ModuleType) -> str:
    return (command.__doc__ or "").replace("%", "%%")


def main(arguments: list[str] | None = None) -> int:
    """Runs one verb. The exit code is 1 where the data have faults, which go to standard error, and 2 for misuse."""
    options = parser().parse_args(arguments)
    from geodata.formats import Unprintable
    from geodata.model.faults import InvalidData, reason
    from geodata.store.answering import Unanswered
    from geodata.store.classroom import Closed
    from geodata.store.writing import Unwritten

    try:
        with orderly():
            options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # what read us, as `head` does, has had enough; Python flushes once more when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Misused as error:
        options.refuse(str(error))
    except (InvalidData, Unprintable, Closed, Unwritten, Unanswered) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or 'attest'}: {reason(error)}", file=sys.stderr)
        return 1
    return 0
