"""Whether others can open an address, or only the machine or the network that it is written in."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit, urlunsplit

PRIVATE = ("localhost", "local", "internal", "intranet", "private", "lan", "home", "corp", "arpa", "test", "invalid")
"""Ends of names that no public server has: reserved by RFC 2606, 6762 and 8375, by ICANN, or in use privately."""


def is_private(address: str) -> bool:
    """Whether others could not open an address: this machine, a private network, or a name without a domain."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return True
    try:
        number = ip_address(host.partition("%")[0])
    except ValueError:
        name, _, end = host.rpartition(".")
        return not name or end in PRIVATE or end[:1].isdigit()  # 127.1 and 0x7f.1 are numbers, too
    if isinstance(number, IPv6Address) and number.ipv4_mapped:
        number = number.ipv4_mapped
    return not number.is_global


def public(text: str) -> str:
    """The address that a person gave, without query and fragment. Raises ``ValueError`` with the reason."""
    try:
        parts = urlsplit(text.strip())
        given = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        given = None
    if not given or any(sign.isspace() or not sign.isprintable() for sign in text.strip()):
        raise ValueError("is no address of a page; it begins with https or http, as the browser shows it")
    if parts.username is not None:
        raise ValueError("holds the name of a user, which whoever reads the print would have")
    if is_private(text.strip()):
        raise ValueError("opens on one machine or in one network only")
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", ""))
