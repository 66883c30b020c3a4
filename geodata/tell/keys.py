"""The keys of the page and what each does, in words: one list for the screen, the guide and the saved file."""

from __future__ import annotations

from collections.abc import Mapping

KEYS: Mapping[str, str] = {
    "Tab, Enter": "go from one control to the next, and use it",
    "Space": "play or pause, on the timeline or in class mode",
    "← →": "move the window by a step; on the map, move the map; in a lesson: the step before or after",
    "+ −": "zoom the map",
    "L": "list the marks in view",
    "Esc": "close what is open",
    "Page Up, Page Down": "in a lesson: the step before or after, wherever the focus is (a clicker sends these)",
    "B or .": "in class mode and in a saved lesson: a blank screen, and back",
    "?": "this list, anywhere on the page",
}
"""In the order of the list. The keys themselves are read in ``timemap/keys.js``, and where the focus is."""
