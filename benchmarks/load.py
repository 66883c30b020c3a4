"""Many readers at once: how long an answer takes, and whether the server's memory stays: ``make load``.

A reader is a connection that speaks Streamlit's protocol as its page does: it opens the dashboard, then searches for
another word after each pause. Nothing is drawn, so that the readers leave the machine to the server.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks import attest, made_up, servers
from tests.server import ROOT

RESULTS = Path(__file__).parent / "RESULTS.md"
HEADING = "## Many readers at once"
SEED = 1
PAUSE = 2.0
"""Seconds from an answer to a reader's next search, on average; between half and one and a half of it."""

LIMIT = 120
"""Seconds after which an answer counts as none."""

WORDS = ("Ganja", "Shushi", "rocket", "school", "Talish", "hospital", "Syunik", "shelling", "church", "")
FIELD = "Search words or places"
"""The field that a reader writes into."""


@dataclass(frozen=True)
class Case:
    """So many readers of a table for so long, and the longest answer (95th percentile) that is good enough."""

    name: str
    rows: int | None
    """Of a made-up table; the shipped one where there is none."""
    readers: int
    seconds: float
    bar: float


CASES = (
    Case("the shipped table", None, readers=50, seconds=60, bar=1.5),
    Case("1,000,000 rows", 1_000_000, readers=10, seconds=60, bar=2.0),
)


@dataclass
class Found:
    """Times in seconds, memory in MB (1e6 bytes)."""

    opened: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    """Once all readers are there, then at each sixth of the time."""


class Reader:
    """One connection, after the page has been sent once."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.search = ""

    async def ask(self, words: str | None) -> float:
        """Seconds until the server has answered a search, or the opening where there are no words."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        if words is not None:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self.search, words
        start = time.monotonic()
        await self.socket.send(message.SerializeToString())
        await asyncio.wait_for(self._answer(), LIMIT)
        return time.monotonic() - start

    async def _answer(self) -> None:
        while True:
            message = ForwardMsg.FromString(await self.socket.recv(decode=False))
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.new_element.text_input.label == FIELD:
                self.search = message.delta.new_element.text_input.id
            if kind == "delta" and message.delta.new_element.HasField("exception"):
                raise RuntimeError(message.delta.new_element.exception.message)
            if kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return


async def _read(address: str, case: Case, found: Found, everyone: asyncio.Barrier, dice: random.Random) -> None:
    end = address.replace("http://", "ws://") + "/_stcore/stream"
    try:
        async with connect(end, subprotocols=["streamlit"], origin=address, max_size=None) as socket:
            reader = Reader(socket)
            found.opened.append(await reader.ask(None))
            await everyone.wait()
            until = time.monotonic() + case.seconds
            while True:
                await asyncio.sleep(PAUSE * dice.uniform(0.5, 1.5))
                if time.monotonic() > until:
                    return
                found.answered.append(await reader.ask(dice.choice(WORDS)))
    except (TimeoutError, OSError, RuntimeError) as error:
        found.faults.append(f"{type(error).__name__} {error}".strip())
        await everyone.abort()


async def _watch(server: servers.Server, case: Case, found: Found, everyone: asyncio.Barrier) -> None:
    await everyone.wait()
    for at in range(7):
        if at:
            await asyncio.sleep(case.seconds / 6)
        found.memory.append(server.memory())


async def _all_readers(server: servers.Server, case: Case) -> Found:
    found, everyone = Found(), asyncio.Barrier(case.readers + 1)
    watching = asyncio.create_task(_watch(server, case, found, everyone))
    readers = [
        asyncio.create_task(_read(server.address, case, found, everyone, random.Random(SEED + number)))
        for number in range(case.readers)
    ]
    await asyncio.gather(*readers, watching, return_exceptions=True)
    return found


def measured(case: Case, folder: Path) -> Found:
    """The readers are a process beside the server's, on the same machine."""
    table = ROOT / "events.csv"
    if case.rows is not None:
        table = folder / f"events-{case.rows}.parquet"
        made_up.write(made_up.table(case.rows, SEED), table)
    with attest.dashboard_on(table) as server:
        return asyncio.run(_all_readers(server, case))


def _line(case: Case, found: Found) -> str:
    if found.faults or len(found.answered) < 2:
        return f"| {case.readers} on {case.name} | – | – | – | {len(found.faults)} failed: {found.faults[:1]} | |"
    p95 = quantiles(found.answered, n=20)[-1]
    figures = (
        f"{median(found.opened):.2f}",
        f"{median(found.answered):.2f} / {p95:.2f} / {max(found.answered):.2f}",
        f"{len(found.answered)}",
        " ".join(f"{memory:.0f}" for memory in found.memory),
        f"{'met' if p95 <= case.bar else 'missed'} (95 % within {case.bar} s)",
    )
    return f"| {case.readers} on {case.name}, {case.seconds / 60:.0f} min | " + " | ".join(figures) + " |"


def section(lines: list[str]) -> str:
    """What ``RESULTS.md`` tells of it."""
    columns = (
        "readers",
        "opened, median, s",
        "answer: median / 95 % / longest, s",
        "answers",
        "server memory in time, MB",
    )
    told = (
        f"Each reader searches another word {PAUSE:.0f} s after the last answer, on average. Readers and server share\n"
        f"the machine's cores. Written by `make load` on {time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime())}."
    )
    head = [f"| {' | '.join([*columns, 'bar'])} |", f"|{'---|' * (len(columns) + 1)}"]
    return "\n".join([HEADING, "", told, "", *head, *lines, ""])


def kept(text: str) -> str:
    """The section of an older text, to be kept when the rest is written again."""
    _, heading, rest = text.partition(HEADING)
    return heading + rest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soak", type=float, metavar="MINUTES", help="only the first case, for so long")
    parser.add_argument("--readers", type=int, default=CASES[0].readers, help="of the soak")
    parser.add_argument("--no-output", action="store_true", help="print, and write nothing")
    chosen = parser.parse_args()
    cases = CASES
    if chosen.soak:
        cases = (Case(CASES[0].name, None, chosen.readers, chosen.soak * 60, CASES[0].bar),)
    lines = []
    with tempfile.TemporaryDirectory(prefix="attest-load-") as name:
        for case in cases:
            print(f"{case.readers} readers of {case.name}, {case.seconds:.0f} s", file=sys.stderr, flush=True)
            lines.append(_line(case, measured(case, Path(name))))
            print(lines[-1], flush=True)
    if not chosen.no_output:
        text = RESULTS.read_text(encoding="utf-8")
        RESULTS.write_text(text.removesuffix(kept(text)).rstrip() + "\n\n" + section(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
