"""The pages by their ids. A title may change; an id may not, for addresses have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.parts import credit, timemap, tour
from dashboard.screens import (
    areas,
    briefing,
    compare,
    cube,
    disagreements,
    downloads,
    guide,
    lessons,
    places,
    sources,
    table,
    voices,
)
from dashboard.state.view import View


def always(_: View) -> bool:
    """Most pages stand on any table."""
    return True


@dataclass(frozen=True)
class Page:
    """A page: its title on screen, and what draws it."""

    title: str
    show: Callable[[View], None]
    is_offered: Callable[[View], bool] = always
    """Whether the table on screen has what the page is about."""


def offered(pages: Mapping[str, Page], view: View) -> dict[str, Page]:
    """The pages that stand on the table on screen."""
    return {name: page for name, page in pages.items() if page.is_offered(view)}


def titles(pages: Mapping[str, Page]) -> dict[str, str]:
    return {name: page.title for name, page in pages.items()}


def on_the_map(view: View) -> None:
    """The map with its timeline; cards and lists open beside it."""
    tour.show(view.dataset)
    timemap.show(view, may_collect=True)
    credit.on_paper(view)


PAGES: Mapping[str, Page] = {
    "map": Page("Map", on_the_map),
    "compare": Page("Compare", compare.show),
    "disagreements": Page("Disagreements", disagreements.show),
    "who-is-heard": Page("Who is heard", voices.show),
    "by-area": Page("By area", areas.show),
    "3-d": Page("3-D", cube.show),
    "sources": Page("Sources", sources.show),
    "table": Page("Table", table.show),
    "places": Page("Places", places.show, places.is_offered),
    "lessons": Page("Lessons", lessons.show),
    "briefing": Page("Briefing", briefing.show),
    "download": Page("Download", downloads.show),
    "help": Page("Help", guide.show),
}
