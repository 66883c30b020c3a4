"""The browser of the browser tests: found, or installed where it can be. Run as ``python -m tests.chromium``."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests import debian

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]
"""The network is blocked by the browser itself: no name but localhost resolves."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)


def installed() -> str | None:
    """The path of an installed Chromium or Chrome, Playwright's own included; ``None`` where there is none."""
    if path := _of_the_machine():
        return path
    with sync_playwright() as playwright:
        return _playwrights_own(playwright)


def _of_the_machine() -> str | None:
    for name in NAMES:
        if path := shutil.which(name):
            return path
    for application in MAC:
        if application.exists():
            return str(application)
    return None


def _playwrights_own(playwright: Playwright) -> str | None:
    own = Path(playwright.chromium.executable_path)
    return str(own) if own.exists() else None


def install() -> str:
    """Installs a browser: Debian's package when root on Debian, else Playwright's. Returns its path."""
    if debian.can_install():
        debian.install("chromium")
    else:
        print("Installing Playwright's Chromium.", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    path = installed()
    if path is None:
        raise SystemExit("No browser could be installed; install Chromium or Chrome and run this again.")
    return path


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless browser with the network blocked."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def launch(playwright: Playwright) -> Browser:
    """A headless browser with the network blocked, whose contexts forget."""
    return playwright.chromium.launch(executable_path=_path(playwright), args=ARGUMENTS)


def launch_profile(playwright: Playwright, folder: Path) -> BrowserContext:
    """The same with a profile in ``folder``: it keeps Streamlit's scripts compiled, a quarter of the work of a page."""
    return playwright.chromium.launch_persistent_context(
        folder, executable_path=_path(playwright), args=ARGUMENTS, accept_downloads=True
    )


def _path(playwright: Playwright) -> str:
    path = _of_the_machine() or _playwrights_own(playwright)
    if path is None:
        raise RuntimeError("no Chromium or Chrome is installed; 'make test' installs one")
    return path


if __name__ == "__main__":
    print(f"The browser tests use {installed() or install()}")
