"""Coordinates asked of Nominatim: each answer is checked and kept as it comes, and no server can stop the program."""

from __future__ import annotations

import csv
import http.server
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest

from geodata.cli import main
from geodata.store.geocoding import own_table
from geodata.store.geocoding.nominatim import Asking
from geodata.store.geocoding.online_answers import Cache
from geodata.store.geocoding.own_table import Outcome
from tests.server import ROOT

ASKERAN = {"lat": "39.9391", "lon": "46.9209", "display_name": "Asgaran", "addresstype": "town"}
SHIPPED_COLUMNS = next(csv.reader((ROOT / "events.csv").read_text(encoding="utf-8").splitlines()))


@dataclass
class Stub:
    """A server on this machine in the place of Nominatim. A name that it has no answer for, it does not know."""

    address: str
    asked: list[str] = field(default_factory=list)
    answers: dict[str, object] = field(default_factory=dict)
    """By name: the bytes of an answer, what is answered as JSON, or a number, the status of a failure."""
    waits: dict[str, str] = field(default_factory=dict)
    """By name: "hangs", "drips" or "drops"."""


@pytest.fixture
def stub() -> Iterator[Stub]:
    ended = threading.Event()

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = parse_qs(urlparse(self.path).query)["q"][0]
            made.asked.append(name)
            if (how := made.waits.get(name)) == "drops":
                self.connection.close()
                return
            if how == "hangs":
                ended.wait(60)
                return
            answer = made.answers.get(name, [])
            self.send_response(answer if isinstance(answer, int) else 200)
            self.end_headers()
            while how == "drips" and not ended.wait(0.02):
                try:
                    self.wfile.write(b" ")
                except OSError:
                    return
            self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("localhost", 0), Answers)
    server.daemon_threads = True
    made = Stub(f"http://localhost:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    ended.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept" / "nominatim.json")


def asking(stub: Stub, cache: Cache) -> Asking:
    return Asking(cache, stub.address, pause=0, silence=0.3, patience=0.6)


def table_of(folder: Path, *places: str, case: bool = False) -> Path:
    """A table of ours whose rows name these places and have no coordinates; in a case of Armenia and Azerbaijan."""
    if case:
        for name in ("case.yaml", "sources.csv"):
            (folder / name).write_bytes((ROOT / name).read_bytes())
    first = next(csv.DictReader((ROOT / "events.csv").read_text(encoding="utf-8").splitlines()))
    cleared = {"latitude": "", "longitude": "", "precision": "", "place_id": "", "place_role": "event"}
    path = folder / "events.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, SHIPPED_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            first | cleared | {"place": place, "incident_id": f"one-{at}"} for at, place in enumerate(places)
        )
    return path


def points(path: Path) -> list[tuple[str, str]]:
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return [(row["latitude"], row["longitude"]) for row in rows]


def reasons(outcomes: list[Outcome]) -> list[str]:
    return [outcome.reason for outcome in outcomes]


def test_nominatim_is_asked_only_with_online_and_never_twice(
    stub: Stub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stub.answers["Askeran"] = [ASKERAN]
    path = table_of(tmp_path, "Askeran")
    assert main(["geocode", str(path)]) == 0
    assert stub.asked == []
    online = ["--online", "--nominatim", stub.address, "--cache", str(tmp_path / "cache.json")]
    assert main(["geocode", str(path), *online]) == 0
    assert stub.asked == ["Askeran"]
    assert "39.9391, 46.9209 (settlement; Nominatim, © OpenStreetMap contributors)" in capsys.readouterr().out
    assert points(path) == [("39.9391", "46.9209")]
    assert main(["geocode", str(table_of(tmp_path, "Askeran")), *online]) == 0
    assert stub.asked == ["Askeran"], "the second time the cache answers"
    assert points(path) == [("39.9391", "46.9209")]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"<html>busy</html>", "JSON"),
        (b'[{"lat": 39', "JSON"),
        ({"lat": "39", "lon": "46"}, "must be a list"),
        ("Askeran", "must be a list"),
        (["Askeran"], "must be a group of fields"),
        ([{"display_name": "Asgaran"}], "lat"),
        ([ASKERAN | {"lat": None}], "lat"),
        ([ASKERAN | {"lat": "north"}], "'north' is not a number"),
        ([ASKERAN | {"lat": True}], "true and false are no degrees"),
        ([ASKERAN | {"lat": "999"}], "'999' is too large (the most is 90)"),
        ([ASKERAN | {"lon": -999}], "'-999' is too small (the least is -180)"),
        ([ASKERAN | {"lat": "nan"}], "finite"),
        (b'[{"lat": NaN, "lon": 46}]', "finite"),
        ([ASKERAN | {"lat": "inf"}], "finite"),
        ([ASKERAN | {"lat": 0, "lon": "0.0"}], "0, 0 is what a server says that knows no place"),
        (b"[" + b" " * 1_000_001 + b"]", "more than 1,000,000 bytes"),
    ],
)
def test_an_answer_that_is_no_place_is_told_and_skipped_and_the_next_row_is_filled(
    stub: Stub, cache: Cache, tmp_path: Path, answer: object, told: str
) -> None:
    stub.answers |= {"Berd": answer, "Askeran": [ASKERAN]}
    path = table_of(tmp_path, "Berd", "Askeran")
    wrong, right = own_table.geocode_file(path, asking(stub, cache))
    assert "Nominatim's answer for 'Berd' is no place" in wrong.reason
    assert told in wrong.reason
    assert right.found
    assert points(path) == [("", ""), ("39.9391", "46.9209")]
    assert [*cache.read()] == ["Askeran"], "what is no place is not kept"


@pytest.mark.parametrize("how", ["hangs", "drips", "drops", "429", "500", "nobody listens"])
def test_a_server_that_fails_costs_no_answer_before_it_and_is_not_asked_again(
    stub: Stub, cache: Cache, tmp_path: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stub.answers |= {"Askeran": [ASKERAN], "Berd": int(how) if how.isdecimal() else []}
    stub.waits["Berd"] = how
    path = table_of(tmp_path, "Askeran", "Berd", "Ijevan", "Askeran")
    online = asking(stub, cache)
    if how == "nobody listens":
        cache.keep("Askeran", online("Askeran"))
        online = Asking(cache, "http://localhost:9", pause=0)
        stub.asked += ["Berd", "Berd"]
    outcomes = own_table.geocode_file(path, online)
    assert stub.asked == ["Askeran", "Berd", "Berd"], "a failure is tried once more"
    assert "Nominatim did not answer (" in outcomes[1].reason
    assert outcomes[2].reason == "not asked, for Nominatim did not answer for 'Berd'; try again later"
    assert points(path) == [("39.9391", "46.9209"), ("", ""), ("", ""), ("39.9391", "46.9209")]
    assert "Traceback" not in "".join(capsys.readouterr())


def test_an_answer_is_in_the_cache_before_the_next_is_asked_for(stub: Stub, cache: Cache) -> None:
    stub.answers |= {"Askeran": [ASKERAN]}
    asking(stub, cache)("Askeran")
    asking(stub, cache)("Nowhere")
    kept = json.loads(cache.path.read_text(encoding="utf-8"))
    assert kept == {"Askeran": {"latitude": 39.9391, "longitude": 46.9209, "type": "town"}, "Nowhere": None}


def test_two_runs_with_one_cache_lose_no_answer_of_each_other(stub: Stub, cache: Cache) -> None:
    names = [f"Place {number}" for number in range(40)]
    stub.answers |= {name: [ASKERAN] for name in names}
    runs = [asking(stub, Cache(cache.path)) for _ in range(2)]
    threads = [threading.Thread(target=lambda one=one, run=run: [run(name) for name in names[one::2]])
               for one, run in enumerate(runs)]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {*cache.read()} == {*names}


@pytest.mark.parametrize("content", [b'{"Askeran": {"lat', b"[]", b"\xff\xfe", b""])
def test_a_broken_cache_is_set_aside_and_told_and_begun_anew(
    stub: Stub, tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "cache.json"
    stub.answers["Askeran"] = [ASKERAN]
    for number in ("", "1"):
        kept.write_bytes(content)
        path = table_of(tmp_path, "Askeran")
        assert main(["geocode", str(path), "--online", "--nominatim", stub.address, "--cache", str(kept)]) == 0
        assert f"it is now cache.json.broken{number}, and a new one is begun" in capsys.readouterr().err
        assert kept.with_name(f"cache.json.broken{number}").read_bytes() == content
        assert "Askeran" in json.loads(kept.read_text(encoding="utf-8"))


def test_a_cache_of_an_earlier_version_with_a_place_at_0_0_is_asked_again(stub: Stub, cache: Cache) -> None:
    stub.answers["Berd"] = [ASKERAN]
    cache.path.parent.mkdir()
    good = {"latitude": 39.9391, "longitude": 46.9209, "type": "town"}
    nowhere = {"latitude": 0.0, "longitude": 0.0, "type": ""}
    cache.path.write_text(json.dumps({"Askeran": good, "Berd": nowhere}), encoding="utf-8")
    online = asking(stub, cache)
    assert "1 earlier answer cannot be a place" in cache.note
    assert online("Askeran")
    assert online("Berd")
    assert stub.asked == ["Berd"]


@pytest.mark.parametrize("kind", ["folder", "folder in its way is a file"])
def test_a_cache_that_cannot_be_written_is_told_in_one_line(
    stub: Stub, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "cache"
    if kind == "folder":
        kept.mkdir()
    else:
        kept.write_text("", encoding="utf-8")
        kept /= "cache.json"
    stub.answers["Askeran"] = [ASKERAN]
    path = table_of(tmp_path, "Askeran")
    before = path.read_bytes()
    assert main(["geocode", str(path), "--online", "--nominatim", stub.address, "--cache", str(kept)]) == 1
    told = capsys.readouterr().err
    assert str(kept) in told
    assert len(told.splitlines()) == 1
    assert path.read_bytes() == before


def test_a_place_far_from_the_country_that_is_meant_is_told_and_not_taken(
    stub: Stub, cache: Cache, tmp_path: Path
) -> None:
    moscow = [ASKERAN | {"lat": "55.7505", "lon": "37.6175"}]
    names = ("Moscow", "Moscow, Russia", "Moscow, Armenia", "Askeran", "Askeran, Azerbaijan")
    stub.answers |= {name: moscow if "Moscow" in name else [ASKERAN] for name in names}
    outcomes = own_table.geocode_file(table_of(tmp_path, *names, case=True), asking(stub, cache))
    assert [bool(outcome.found) for outcome in outcomes] == [False, True, False, True, True]
    assert reasons(outcomes)[0] == (
        "Nominatim knows it at 55.7505, 37.6175, which is not in Armenia or Azerbaijan; "
        "where another is meant, write the country behind the name"
    )
    assert reasons(outcomes)[2] == "Nominatim knows it at 55.7505, 37.6175, which is not in Armenia"


def test_a_table_that_is_edited_while_the_network_is_asked_keeps_the_edit(
    stub: Stub, cache: Cache, tmp_path: Path
) -> None:
    path = table_of(tmp_path, "Askeran")
    stub.answers["Askeran"] = [ASKERAN]
    ask = asking(stub, cache)

    def slowly(name: str) -> object:
        answer = ask(name)
        time.sleep(0.02)
        path.write_text(path.read_text(encoding="utf-8").replace("one-0", "two-0"), encoding="utf-8")
        return answer

    with pytest.raises(own_table.writing.Unwritten, match="another program has changed it meanwhile"):
        own_table.geocode_file(path, slowly)  # type: ignore[arg-type]
    assert "two-0" in path.read_text(encoding="utf-8")
    assert own_table.geocode_file(path, ask)[0].found
    assert stub.asked == ["Askeran"]
