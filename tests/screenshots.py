"""The pictures in ``docs/``: the real dashboard in headless Chromium with the network blocked. ``make screenshots``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import expect

from tests import chromium, server
from tests.conftest import TOUR_SEEN
from tests.server import ROOT

AUTUMN = "?from=2020-09-27&to=2020-11-10"
PICTURES = {
    "dashboard": ((1440, 900), ""),
    "phone": ((390, 844), AUTUMN),
    "card": ((1440, 900), f"{AUTUMN}&incident=2020-cluster-munitions"),
    "cube": ((1440, 900), f"{AUTUMN}&page=3-d"),
}
"""File name, viewport in pixels, and the link that makes the view."""


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        server.running(ROOT / "events.csv", Path(folder) / "log.txt") as address,
        chromium.launched() as browser,
    ):
        for name, ((width, height), query) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.add_init_script(TOUR_SEEN)
            page.goto(f"{address}/{query}")
            expect(page.locator(".st-key-overview")).to_be_visible(timeout=30_000)
            expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
            page.wait_for_timeout(3000)
            path = ROOT / "docs" / f"{name}.png"
            page.screenshot(path=path)
            print(f"{path.relative_to(ROOT)}: {width}×{height}")
            page.close()


if __name__ == "__main__":
    main()
