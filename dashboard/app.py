"""The dashboard, from top to bottom. `serve` serves it; run it with ``python -m dashboard``."""

from dashboard import controls, cube, data, details, downloads, link, overview, style, timemap


def main() -> None:
    style.page()
    dataset, token, faults = data.current()
    data.show_faults(faults)
    if dataset is None:
        return
    link.restore(dataset)
    data.show_missing(dataset)
    chosen, look = controls.sidebar(dataset)
    overview.show(dataset, chosen)
    incident = timemap.show(dataset, token, chosen, look)
    details.card(dataset, incident, chosen)
    view = controls.view()
    if view == "Reports":
        details.table(dataset, chosen)
    elif view == "Not on the map":
        details.tray(dataset, chosen)
    elif view == "3-D":
        cube.show(dataset, chosen)
    elif view == "Download":
        downloads.show(dataset, chosen)
    link.keep()


main()
