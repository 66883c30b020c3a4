"""Who may do what. One option, ``ATTEST_ACCESS``, says how the dashboard is hosted:

- *alone*: it serves this machine, and whoever sits there may do everything;
- *reading*: anybody may read, and nobody anything else;
- *signed-in*: readers sign in; the list of people says who may read and who may write too.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from logging import getLogger
from typing import Any, Literal

import streamlit as st

from dashboard.server.options import options
from dashboard.state import people
from geodata.model.faults import InvalidData
from geodata.store import distant

Deed = Literal["read", "write", "upload", "mend"]
"""Reading the case; writing a file beside its table; handing in a file; having the table read otherwise."""

EVERYTHING: frozenset[Deed] = frozenset({"read", "write", "upload", "mend"})
TO_READ: frozenset[Deed] = frozenset({"read"})
NOTHING: frozenset[Deed] = frozenset()

ALONE = "alone"
"""Stands for the person where nobody signs in."""

REASONS: Mapping[Deed, str] = {
    "read": "This case is shown to the people whom its keeper has listed.",
    "write": "Here the case is open for reading: nothing is written beside its table.",
    "upload": "Here the case is open for reading: no files are taken in.",
    "mend": "Here the case is open for reading: how its table is read stays as it is.",
}
"""Why something is not offered, as its reader is told."""

_log = getLogger(__name__)


def may(deed: Deed) -> bool:
    """Whether the reader of this session may do it. A table in an engine elsewhere is only read, whoever asks."""
    is_of_file = not distant.is_url(os.environ.get("ATTEST_EVENTS", ""))
    return deed in deeds_of(user()) and (is_of_file or deed not in ("write", "mend"))


def may_accept() -> bool:
    """Whether the reader may have a table that holds less than before shown to everybody; one in an engine too."""
    return "write" in deeds_of(user())


def who() -> str:
    """The reader of this session as the record of writes names them: the address, or `ALONE`."""
    return address_of(user()) if is_by_sign_in() else ALONE


def user() -> Mapping[str, Any]:
    """What the provider says of the reader of this session; nothing where nobody signs in."""
    return st.user.to_dict() if is_by_sign_in() else {}


def is_by_sign_in() -> bool:
    """Whether readers sign in."""
    return options().access == "signed-in"


def is_signed_in() -> bool:
    """Whether the reader of this session has signed in, listed or not."""
    return bool(user().get("is_logged_in"))


def deeds_of(user: Mapping[str, Any]) -> frozenset[Deed]:
    """What a reader may do, of whom a provider says this; it counts only where readers sign in."""
    match options().access:
        case "alone":
            return EVERYTHING
        case "reading":
            return TO_READ
        case "signed-in":
            return {"editor": EVERYTHING, "reader": TO_READ, "": NOTHING}[role_of(user)]


def role_of(user: Mapping[str, Any]) -> people.Role:
    """The role of a reader of whom a provider says this. A list that cannot be read lets nobody in."""
    path = options().people
    if path is None or not user.get("is_logged_in"):
        return ""
    try:
        listed = people.read(path)
    except InvalidData as error:
        _log.error("Nobody is let in: %s", error)
        return ""
    is_verified = user.get("email_verified") in (True, "true") or listed.accept_unverified
    return listed.role(address_of(user)) if is_verified else ""


def address_of(user: Mapping[str, Any]) -> str:
    """The e-mail address that a provider gives a reader, blank where it gives none."""
    return people.plain_address(str(user.get("email") or ""))
