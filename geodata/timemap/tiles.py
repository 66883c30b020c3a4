"""Tiles of hosts on the network, from the list of ``xyzservices``: a reader may ask one of them for its map.

Nothing here asks for anything. Of a provider that spreads its tiles over several names of its host one is asked, so
that the name on screen is the only one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from xyzservices import providers

TITLES: Mapping[str, str] = {
    "OpenStreetMap.Mapnik": "OpenStreetMap",
    "OpenStreetMap.HOT": "OpenStreetMap (HOT)",
    "OpenTopoMap": "OpenTopoMap (relief)",
    "Esri.WorldImagery": "Esri World Imagery",
}
"""Providers (names of `xyzservices`) that need no key and allow light use, and what the menu calls them."""

LARGEST = 17
"""The zoom for which every provider has tiles, where its record does not say."""


@dataclass(frozen=True)
class Tiles:
    """What the script needs to ask a host for tiles. ``url`` has ``{z}``, ``{x}`` and ``{y}``; ``credit`` is text."""

    url: str
    host: str
    credit: str
    zoom: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def warning(self) -> str:
        """What leaves the machine once the host is asked."""
        return (
            f"{self.host} will be asked for pictures of the map: it learns the network address of this machine and "
            "which part of the map is looked at, and nothing of the table. The names and borders on them are its own."
        )


@cache
def offered() -> Mapping[str, Tiles]:
    """The tiles to choose from, by the provider's name."""
    return {name: _tiles(name) for name in TITLES}


def _tiles(name: str) -> Tiles:
    provider = providers.query_name(name)
    url = provider.build_url()
    credit = provider["attribution"].replace("(C)", "©").replace(" -- ", " – ")
    return Tiles(url, str(urlsplit(url).hostname), credit, int(provider.get("max_zoom", LARGEST)))
