"""Whether a server may be hosted in the way that was chosen: told in one line before anybody is served."""

from __future__ import annotations

from importlib.util import find_spec
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section, validate_auth_credentials
from streamlit.errors import StreamlitAuthError

from dashboard.server.options import options
from dashboard.state import people

SHORTEST_SECRET = 32
"""Letters of the secret that signs cookies: whoever guesses it signs in as anybody."""


def check() -> None:
    """Raises ``ValueError`` where the way of hosting does not fit Streamlit's options, which are loaded before."""
    match options().access:
        case "alone":
            _check_is_alone(st.get_option("server.address"))
        case "signed-in":
            _check_people()
            _check_provider()


def is_this_machine(host: str | None) -> bool:
    """Whether only this machine reaches a server that listens on this address."""
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return (host or "").rstrip(".").lower() == "localhost"


def _check_is_alone(address: str | None) -> None:
    if not is_this_machine(address):
        raise ValueError(
            f"the address {address or '(every one)'} is reached from other machines, where whoever opens the page "
            "could write; set ATTEST_ACCESS to reading or signed-in, or leave the address out (docs/hosting.md)"
        )


def _check_people() -> None:
    path = options().people
    if path is None:
        raise ValueError("ATTEST_ACCESS=signed-in takes a list of people: name its file in ATTEST_PEOPLE")
    people.read(path)  # raises a ValueError of its own


def _check_provider() -> None:
    if find_spec("authlib") is None or find_spec("httpx") is None:
        raise ValueError('signing in takes Authlib and httpx: pip install "attest[signed-in]"')
    try:
        validate_auth_credentials("default")
    except StreamlitAuthError as error:
        raise ValueError(" ".join(str(error).split())) from error
    auth = get_secrets_auth_section()
    if len(str(auth["cookie_secret"])) < SHORTEST_SECRET:
        raise ValueError(f"secrets.toml, cookie_secret: must have {SHORTEST_SECRET} letters or more, made at random")
    back = urlsplit(str(auth["redirect_uri"]))
    if back.scheme != "https" and not is_this_machine(back.hostname):
        raise ValueError("secrets.toml, redirect_uri: must begin with https, or who listens in signs in as its reader")
    if not back.path.endswith("/oauth2callback"):
        raise ValueError("secrets.toml, redirect_uri: must end with /oauth2callback")
    if not st.get_option("server.enableXsrfProtection"):
        raise ValueError("server.enableXsrfProtection must stay on: Streamlit knows nobody without it")
    if st.get_option("server.trustedUserHeaders"):
        raise ValueError("server.trustedUserHeaders must be unset: whoever sends such a header would be that person")
