"""Attest and its peers, measured side by side on this machine: ``python -m benchmarks`` (or ``make bench``)."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import (
    attest,
    bare,
    bars,
    cards,
    checks,
    engines,
    imports,
    land,
    large,
    large_table,
    load,
    machine,
    made_up,
    pages,
    points,
    prints,
    table,
)
from benchmarks.large import Large
from benchmarks.measure import Camera, Result, Task, middle, moves
from benchmarks.peers import environment, in_deck, in_geolibre, in_mosaic, in_page, in_saved, in_streamlit
from tests import chromium

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUICK = SIZES[:2]
SEED = 1
BUDGET, SMALL_BUDGET, SMALL = 20, 40, 10_000
"""Seconds for which a peer's slider is moved at one size, and up to how many rows it is moved for longer."""

RESULTS = Path(__file__).parent / "RESULTS.md"

Peer = Callable[[Browser, Task], Result]

LARGE = 10_000_000
"""The size that a whole run ends with. A hundred million is measured only where ``--rows`` asks for it."""

PEERS: dict[str, Peer] = {
    "pydeck": partial(in_streamlit.measured, in_streamlit.PYDECK),
    "st_folium": partial(in_streamlit.measured, in_streamlit.FOLIUM),
    "saved": partial(in_saved.measured, 100_000),
    "timestamped": partial(in_page.measured, in_page.TIMESTAMPED_GEOJSON),
    "timeline": partial(in_page.measured, in_page.TIMELINE_SLIDER),
    "geolibre": partial(in_geolibre.measured, 100_000),
    "mosaic": partial(in_mosaic.measured, False),
    "mosaic_in_page": partial(in_mosaic.measured, True),
    "deck": in_deck.measured,
}

PEERS_CAMERA = Camera(46.5, 40.2, 6)
"""Where the peers look that do not look where Attest does."""

LARGE_PEERS = ("mosaic", "mosaic_in_page", "deck")
"""Those that hold more than a million points; tried up to `LARGE`."""


def main() -> None:
    chosen = _arguments()
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="attest-bench-") as name:
        folder = Path(name)
        peers = {peer: PEERS[peer] for peer in chosen.peers}
        with chromium.launched() as browser:
            facts = machine.facts(browser)
        if peers:
            facts["Peers' packages"] = _peers_ready()
        results: list[Result] = []
        stopped: dict[str, Result] = {}
        vast: list[Large] = []
        for rows in chosen.rows:
            if rows > bars.MILLION:
                found, told = _large(rows, peers, stopped)
                vast.append(found)
                results += told
            else:
                results += _size(folder, rows, peers, stopped)
    more = [bar for found in vast for bar in bars.of_large(found)] + bars.beside_mosaic(results)
    if not chosen.quick and not chosen.map:
        more += _beside_the_map()
    counted: list[engines.Counted] = []
    if chosen.engines:
        _say("engines elsewhere")
        counted = engines.measured(max(chosen.rows))
        more += bars.of_engines(counted)
    text = table.report(table.Measured(facts, results, vast, more, counted, (time.monotonic() - start) / 60))
    print(text)
    if chosen.output:
        before = chosen.output.read_text(encoding="utf-8") if chosen.output.is_file() else ""
        chosen.output.write_text(f"{text.rstrip()}\n\n{load.kept(before)}".rstrip() + "\n", encoding="utf-8")
        print(f"Written to {chosen.output}")


def _beside_the_map() -> list[bars.Bar]:
    """Pages, cards, land, tables and prints."""
    more: list[bars.Bar] = []
    _say("the pages about who says what")
    with tempfile.TemporaryDirectory(prefix="attest-bench-") as name, chromium.launched() as browser:
        more += bars.of_pages(pages.measured(browser, Path(name)))
    _say("cards")
    with chromium.launched() as browser:
        more += bars.of_cards(cards.measured(browser))
    _say("the land under the marks")
    with chromium.launched() as browser:
        more += bars.of_land(land.measured(browser))
    _say("our own table checked")
    with tempfile.TemporaryDirectory(prefix="attest-bench-") as name:
        more.append(bars.of_checks(checks.measured(Path(name))))
    _say("tables of others opened")
    with tempfile.TemporaryDirectory(prefix="attest-bench-") as name:
        more += bars.of_imports(imports.measured(Path(name)))
    _say("prints")
    more += bars.of_prints(prints.measured())
    return more


def _size(folder: Path, rows: int, peers: dict[str, Peer], stopped: dict[str, Result]) -> list[Result]:
    """Every tool at one size."""
    made = made_up.table(rows, SEED)
    events, plain = folder / f"events-{rows}.parquet", folder / f"points-{rows}.parquet"
    made_up.write(made, events)
    points.write(made, plain)
    _say(f"Attest, {rows:,} rows")
    with chromium.launched() as browser:
        ours = attest.measured(browser, events, rows, moves())
        _baselines(browser, plain, ours)
    _say(_brief(ours))
    return [ours, *_peers((events, plain), ours, peers, stopped)]


def _large(rows: int, peers: dict[str, Peer], stopped: dict[str, Result]) -> tuple[Large, list[Result]]:
    """Attest and the peers that hold so many points."""
    _say(f"Attest, {rows:,} rows")
    with chromium.launched() as browser:
        found = large.measured(browser, rows, moves())
    ours = large.as_result(found)
    _say(_brief(ours))
    if rows > LARGE or found.camera is None:
        return found, [ours]
    able = {name: peers[name] for name in LARGE_PEERS if name in peers}
    return found, [ours, *_peers(large_table.kept(rows), ours, able, stopped)]


def _peers(files: tuple[Path, Path], ours: Result, peers: dict[str, Peer], stopped: dict[str, Result]) -> list[Result]:
    """The peers on the same points, looking where Attest does. One that failed at a smaller size is not tried again."""
    results, rows = [], ours.rows
    (events, plain), camera = files, ours.more.get("camera", PEERS_CAMERA)
    task = Task(plain, events, rows, moves(), SMALL_BUDGET if rows <= SMALL else BUDGET, camera)
    for name, peer in peers.items():
        if name in stopped:
            failed = stopped[name]
            results.append(Result(failed.tool, rows, failure=f"skipped: it stopped at {failed.rows:,} rows"))
            continue
        _say(f"{name}, {rows:,} rows")
        with chromium.launched() as browser:
            results.append(peer(browser, task))
        _say(_brief(results[-1]))
        if results[-1].failure:
            stopped[name] = results[-1]
    return results


def _baselines(browser: Browser, points: Path, ours: Result) -> None:
    """What a repaint of this table is held against."""
    if "camera" in ours.more:
        ours.more["bare"] = bare.measured(browser, points, ours.more["camera"], moves())


def _peers_ready() -> str:
    try:
        found = environment.versions()
        environment.scripts()
    except environment.MissingError as error:
        return f"not all can be had here: {error}"
    return ", ".join(f"{name} {version}" for name, version in found.items())


def _brief(result: Result) -> str:
    median = middle(result.repainted)
    shown = f"window moved to repainted: {median:,.1f} ms" if median is not None else "no figure"
    return f"  {shown}{'; ' + result.failure if result.failure else ''}"


def _say(text: str) -> None:
    print(text, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    sizes = ", ".join(map(str, (*SIZES, LARGE)))
    parser.add_argument(
        "--rows",
        type=int,
        nargs="+",
        help=f"sizes to measure (else {sizes}; 100000000 takes an hour)",
    )
    parser.add_argument("--quick", action="store_true", help="only the two smallest sizes")
    parser.add_argument("--engines", action="store_true", help=f"count {LARGE:,} rows in PostgreSQL and Spark too")
    parser.add_argument("--map", action="store_true", help="the map alone: no pages, cards, tables, prints")
    parser.add_argument("--peers", nargs="+", choices=[*PEERS, "all", "none"], default=["all"])
    parser.add_argument("-o", "--output", type=Path, help=f"where to write (a whole run writes {RESULTS.name})")
    chosen = parser.parse_args()
    whole = not (chosen.rows or chosen.quick or chosen.map) and chosen.peers == ["all"]
    chosen.rows = sorted(chosen.rows or (QUICK if chosen.quick else (*SIZES, LARGE)))
    chosen.peers = [] if "none" in chosen.peers else list(PEERS) if "all" in chosen.peers else chosen.peers
    if chosen.output is None and whole:
        chosen.output = RESULTS
    return chosen


if __name__ == "__main__":
    main()
