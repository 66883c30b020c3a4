"""What the peers need: a virtual environment of their own, and from npm the scripts their pages ask a CDN for."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from playwright.sync_api import Page, Route

from tests.server import ROOT

FOLDER = ROOT / ".venv-bench"
REQUIREMENTS = ROOT / "benchmarks" / "requirements.txt"
MODULES = FOLDER / "npm" / "node_modules"

SCRIPTS = {
    "leaflet.js": "leaflet@1.9.3/dist/leaflet.js",
    "leaflet.css": "leaflet@1.9.3/dist/leaflet.css",
    "jquery-3.7.1.min.js": "jquery@3.7.1/dist/jquery.min.js",
    "jquery.min.js": "jquery@3.7.1/dist/jquery.min.js",
    "jquery-ui.min.js": "jquery-ui-dist@1.13.3/jquery-ui.min.js",
    "bootstrap.bundle.min.js": "bootstrap@5.2.2/dist/js/bootstrap.bundle.min.js",
    "bootstrap.min.css": "bootstrap@5.2.2/dist/css/bootstrap.min.css",
    "leaflet.awesome-markers.js": "leaflet.awesome-markers@2.0.5/dist/leaflet.awesome-markers.js",
    "leaflet.awesome-markers.css": "leaflet.awesome-markers@2.0.5/dist/leaflet.awesome-markers.css",
    "iso8601.min.js": "iso8601-js-period@0.2.1/iso8601.js",
    "leaflet.timedimension.min.js": "leaflet-timedimension@1.1.1/dist/leaflet.timedimension.min.js",
    "leaflet.timedimension.control.css": "leaflet-timedimension@1.1.1/dist/leaflet.timedimension.control.css",
    "leaflet.timeline.min.js": "leaflet.timeline@1.6.0/dist/leaflet.timeline.js",
    "moment.min.js": "moment@2.18.1/min/moment.min.js",
}
"""By the last part of the address that folium 0.20 asks for. jQuery UI and Awesome Markers are the nearest versions on
npm (folium asks for 1.10.2 and 2.0.2)."""

BUNDLED = ("@uwdata/vgplot@0.32.0", "esbuild@0.28.2")
OVERRIDES = {"@uwdata/flechette": "2.5.0"}
"""2.7.0, which vgplot would get, asks for a package that is not on npm."""

DECK = "deck.gl@9.4.0"

MENDED = {
    "leaflet.timedimension.min.js": (
        "\n;L.TimeDimension.Util.sort_and_deduplicate = (times) => [...new Set(times)].sort((a, b) => a - b);"
    )
}
"""TimeDimension sorts times as text, so data on both sides of 2001-09-09 give a single time; it is measured mended."""


class MissingError(Exception):
    """What the peers need cannot be had here; the text says what."""


def python() -> Path:
    """The interpreter of the peers' environment, made on first use."""
    interpreter = FOLDER / "bin" / "python"
    mark = FOLDER / ".installed"
    if mark.exists() and mark.read_text() == REQUIREMENTS.read_text():
        return interpreter
    print(f"Installing the peers into {FOLDER.name}; the first time takes a minute or two.", flush=True)
    _run([sys.executable, "-m", "venv", str(FOLDER)])
    pip = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    needed = [line for line in REQUIREMENTS.read_text().splitlines() if line and not line.startswith("#")]
    _run(pip + needed)
    mark.write_text(REQUIREMENTS.read_text())
    return interpreter


def versions() -> dict[str, str]:
    """The peers' packages as installed."""
    names = [line.split("==")[0] for line in REQUIREMENTS.read_text().splitlines() if "==" in line]
    listed = subprocess.run(
        [str(python()), "-m", "pip", "list", "--format=json"], capture_output=True, text=True, check=False
    )
    found = {entry["name"].lower(): entry["version"] for entry in json.loads(listed.stdout or "[]")}
    return {name: found.get(name, "not installed") for name in names}


def scripts() -> None:
    """Installs the scripts from npm, once."""
    wanted = sorted({"@".join(source.split("/")[0].rsplit("@", 1)) for source in SCRIPTS.values()})
    if all(_file(source).exists() for source in SCRIPTS.values()):
        return
    print("Installing folium's scripts from npm.", flush=True)
    MODULES.parent.mkdir(parents=True, exist_ok=True)
    (MODULES.parent / "package.json").write_text('{"private": true}')
    _run([_npm(), "install", "--ignore-scripts", "--no-audit", "--no-fund", *wanted], MODULES.parent)


def mosaic() -> list[Path]:
    """Mosaic's page with vgplot in it as ``page.js``, and DuckDB for the page, made on first use."""
    home = FOLDER / "mosaic"
    source, bundle, duck = home / "page_mosaic.js", home / "page.js", home / "node_modules" / "@duckdb" / "duckdb-wasm"
    page = (ROOT / "benchmarks" / "peers" / source.name).read_text()
    files = [bundle, duck / "dist" / "duckdb-eh.wasm", duck / "dist" / "duckdb-browser-eh.worker.js"]
    if all(file.exists() for file in files) and source.read_text() == page:
        return files
    if not duck.exists():
        print("Installing Mosaic from npm; the first time takes a minute or two.", flush=True)
        home.mkdir(parents=True, exist_ok=True)
        (home / "package.json").write_text(json.dumps({"private": True, "overrides": OVERRIDES}))
        _run([_npm(), "install", "--ignore-scripts", "--no-audit", "--no-fund", *BUNDLED], home)
    source.write_text(page)
    _run([str(home / "node_modules" / ".bin" / "esbuild"), source.name, *PACKING, f"--outfile={bundle.name}"], home)
    return files


PACKING = ("--bundle", "--minify", "--format=esm", "--log-level=error")


def deck() -> Path:
    """deck.gl's script for a page, which has its extensions in it; its own package alone is taken from npm."""
    home = FOLDER / "deck"
    script = home / "package" / "dist.min.js"
    if not script.exists():
        print("Taking deck.gl from npm.", flush=True)
        home.mkdir(parents=True, exist_ok=True)
        _run([_npm(), "pack", "--silent", DECK], home)
        with tarfile.open(next(home.glob("*.tgz"))) as packed:
            packed.extractall(home, filter="data")
    return script


def _npm() -> str:
    npm = shutil.which("npm")
    if npm is None:
        raise MissingError("npm is not installed, and the peers' scripts cannot be had without it or a network")
    return npm


def serve(page: Page) -> list[str]:
    """Answers a page's requests to the outside from those scripts. Returns the list that unanswered ones are added to.

    What only dresses a page (icon fonts, a colour scheme) is answered with nothing.
    """
    refused: list[str] = []

    def answer(route: Route) -> None:
        address = route.request.url
        name = address.split("?")[0].rsplit("/", 1)[-1]
        if name in SCRIPTS:
            text = _file(SCRIPTS[name]).read_text() + MENDED.get(name, "")
            kind = "text/css" if name.endswith(".css") else "text/javascript"
            route.fulfill(body=text, content_type=kind, headers={"access-control-allow-origin": "*"})
        elif name.endswith(".css"):
            route.fulfill(body="", content_type="text/css")
        else:
            refused.append(address)
            route.abort()

    page.route(lambda url: url.startswith("http") and "//localhost" not in url and "//127.0.0.1" not in url, answer)
    return refused


def _file(source: str) -> Path:
    package, path = source.split("/", 1)
    return MODULES / package.rsplit("@", 1)[0] / path


def _run(command: list[str], folder: Path = ROOT) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingError((done.stderr or done.stdout).strip()[-500:])
