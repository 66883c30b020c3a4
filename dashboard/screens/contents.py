"""The pages, and the parts below the map, by the names they have on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.parts import controls, details, timemap, tour
from dashboard.screens import briefing, compare, cube, disagreements, downloads, guide, lessons, sources, voices
from dashboard.state.view import View

Page = Callable[[View], None]

BELOW: Mapping[str, Page] = {
    "Reports": details.table,
    "Not on the map": details.tray,
    "3-D": cube.show,
    "Briefing": briefing.show,
    "Download": downloads.show,
}


def on_the_map(view: View) -> None:
    """The map, the open incident's card, and one of the parts below."""
    tour.show()
    timemap.show(view)
    details.card(view, "Choose a mark or a row below: every report of that incident opens here, side by side.")
    BELOW[controls.below(BELOW)](view)


PAGES: Mapping[str, Page] = {
    "Map": on_the_map,
    "Compare": compare.show,
    "Disagreements": disagreements.show,
    "Who is heard": voices.show,
    "Sources": sources.show,
    "Lessons": lessons.show,
    "Help": guide.show,
}
