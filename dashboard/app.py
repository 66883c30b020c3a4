"""The dashboard, from top to bottom. `serve` serves it; run it with ``python -m dashboard``."""

from dashboard import (
    compare,
    controls,
    cube,
    data,
    details,
    disagreements,
    downloads,
    link,
    overview,
    sources,
    style,
    timemap,
    voices,
)
from dashboard.view import View

BELOW = {"Reports": details.table, "Not on the map": details.tray, "3-D": cube.show, "Download": downloads.show}


def on_the_map(view: View) -> None:
    timemap.show(view)
    details.card(view, "Choose a mark or a row below: every report of that incident opens here, side by side.")
    BELOW[controls.below(BELOW)](view)


PAGES = {
    "Map": on_the_map,
    "Compare": compare.show,
    "Disagreements": disagreements.show,
    "Who is heard": voices.show,
    "Sources": sources.show,
}


def main() -> None:
    style.page()
    dataset, token, faults = data.current()
    data.show_faults(faults)
    if dataset is None:
        return
    link.restore(dataset)
    data.show_missing(dataset)
    chosen, look = controls.sidebar(dataset)
    view = View(dataset, token, chosen, look)
    overview.show(view)
    PAGES[controls.page(PAGES)](view)
    link.keep()


main()
