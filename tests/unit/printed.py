"""What the tests of printed maps and pages share: what is printed, and how its text is compared."""

from __future__ import annotations

import re
from datetime import date

from geodata.briefing import Print
from geodata.briefing.composition import Composition
from geodata.briefing.labels import sign_box
from geodata.model.selection import Selection, select
from geodata.store.dataset import Dataset

MADE = date(2026, 11, 5)
LINK = "https://example.net/?scopes=core&from=2020-09-27"
CORE = Selection(scopes=("core",))
WAR = Selection(scopes=("core",), first=date(2020, 9, 27), last=date(2020, 11, 10))
MARAGHA = Selection(text="Maragha")
INCIDENTS = ("2020-cluster-munitions", "2016-04-sloyan-killing", "2012-08-margaryan-extradition")


def view(dataset: Dataset, chosen: Selection = CORE, **more: object) -> Print:
    return Print(dataset, chosen, MADE, link=LINK, **more)


def rows(dataset: Dataset, chosen: Selection) -> list[dict[str, object]]:
    return dataset.fetch(select(dataset.reports, chosen).order_by("row")).to_pylist()


def words(text: str) -> str:
    """The text without its spaces: a line may break anywhere between words."""
    return re.sub(r"\s+", "", text)


def assert_in_frame(made: Composition) -> None:
    """All labels, and all marks with their signs, stand in the map's frame; an area may reach beyond it."""
    frame = made.frame.box
    for label in made.labels:
        assert frame.holds(label.box)
    for mark in made.shown.marks:
        assert mark.is_area or frame.holds(sign_box(mark, made.unit), slack=0)
