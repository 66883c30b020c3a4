"""Which addresses lead others to a page, and which a print must not carry."""

from __future__ import annotations

import pytest

from dashboard.state import hosts


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LOCALHOST", "localhost.", "a.localhost", "127.0.0.1", "127.9.9.9", "127.1", "0x7f.0.0.1"),
        *("2130706433", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.20", "169.254.1.1", "100.64.0.1"),
        *("[::1]", "[fe80::1]", "[fe80::1%25eth0]", "[fd00::1]", "[::ffff:127.0.0.1]"),
        *("teacher-laptop", "office.local", "maps.intranet", "box.lan", "nas.home.arpa", ""),
    ],
)
def test_an_address_of_this_machine_or_network_is_private(host: str) -> None:
    assert hosts.is_private(f"http://{host}:8501/?q=Shushi")


@pytest.mark.parametrize("host", ["maps.example.org", "attest.org", "8.8.8.8", "[2001:4860:4860::8888]", "bücher.de"])
def test_an_address_that_others_can_open_is_not(host: str) -> None:
    assert not hosts.is_private(f"https://{host}/attest/?q=Shushi")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://maps.example.org", "https://maps.example.org/"),
        (" http://maps.example.org:8080/attest ", "http://maps.example.org:8080/attest"),
        ("https://maps.example.org/attest/?page=map#top", "https://maps.example.org/attest/"),
    ],
)
def test_a_public_address_is_kept_without_what_the_view_adds(given: str, kept: str) -> None:
    assert hosts.public(given) == kept


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("maps.example.org", "is no address"),
        ("javascript:alert(1)", "is no address"),
        ("ftp://maps.example.org/", "is no address"),
        ("https://", "is no address"),
        ("https://[::1", "is no address"),
        ("https://maps.example.org:99999/", "is no address"),
        ("https://maps example.org/", "is no address"),
        ("https://maps.example.org/\x00", "is no address"),
        ("https://me:secret@maps.example.org/", "holds the name of a user"),
        ("http://192.168.1.20/", "one machine or in one network"),
    ],
)
def test_what_is_no_public_address_is_refused_with_its_reason(given: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        hosts.public(given)
