"""The list of online tiles: what is offered, and what is said before one is asked for."""

from __future__ import annotations

import re

import pytest
from xyzservices import providers

from geodata.timemap import tiles


@pytest.mark.parametrize("name", tiles.TITLES)
def test_tiles_need_no_key_come_of_one_host_and_have_a_credit(name: str) -> None:
    offered = tiles.offered()[name]
    assert not providers.query_name(name).requires_token()
    assert re.findall(r"\{(\w+)\}", offered.url) in (["z", "x", "y"], ["z", "y", "x"])
    assert offered.url.startswith(f"https://{offered.host}/")
    assert "©" in offered.credit
    assert not re.search(r"[<>]|&\w+;", offered.credit)
    assert 15 <= offered.zoom <= 20


@pytest.mark.parametrize("name", tiles.TITLES)
def test_one_sentence_says_which_host_learns_what(name: str) -> None:
    offered = tiles.offered()[name]
    assert offered.warning.startswith(offered.host)
    assert "network address of this machine" in offered.warning
    assert "which part of the map" in offered.warning
