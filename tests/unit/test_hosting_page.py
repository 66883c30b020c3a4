"""The page docs/hosting.md: its commands run as they stand there, as far as this machine has the programs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from dashboard.server.hosting import SHORTEST_SECRET
from dashboard.state import people, rights
from tests import server
from tests.conftest import SMALL
from tests.server import ROOT
from tests.unit.test_docs import FENCED

PAGE = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")

BLOCKS = FENCED.findall(PAGE)

COMMANDS = [line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()]

NOT_RUN = {"python -m pip": "asks a registry", "podman run": "wants an image that was built", "nginx -t": "reads /etc"}
"""Commands that no test runs, and why. `test_deploy.py` runs nginx with the file of the repository."""


def block(kind: str) -> str:
    [text] = [text for one, text in BLOCKS if one == kind]
    return text


def parted(command: str) -> tuple[dict[str, str], list[str]]:
    """The variables that stand before a command, and its words."""
    words = shlex.split(command)
    first = next(at for at, word in enumerate(words) if not re.match(r"[A-Z_]+=", word))
    return dict(word.split("=", 1) for word in words[:first]), words[first:]


SERVERS = [one for one in COMMANDS if parted(one)[1][:2] in (["attest", "open"], ["python", "-m"]) and "pip" not in one]

CHECKS = [one for one in COMMANDS if one not in SERVERS and not one.startswith(tuple(NOT_RUN))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what the page has in it: a case, the list of people and the provider."""
    shutil.copytree(SMALL, tmp_path / "mycase")
    (tmp_path / "people.yaml").write_text(block("yaml"), encoding="utf-8")
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(block("toml"), encoding="utf-8")
    return tmp_path


def test_the_page_starts_a_server_in_each_way_and_one_below_a_base_path() -> None:
    assert len(SERVERS) == 4
    assert {"systemd-analyze", "podman", "caddy"} == {one.split()[0] for one in CHECKS}
    assert all(any(one.startswith(start) for one in COMMANDS) for start in NOT_RUN)


def test_list_and_provider_of_the_page_are_ones_that_are_taken(folder: Path) -> None:
    listed = people.read(folder / "people.yaml")
    assert [listed.role(one) for one in ("ann@paper.example", "bo@paper.example")] == ["editor", "reader"]
    auth = tomllib.loads(block("toml"))["auth"]
    assert len(auth["cookie_secret"]) >= SHORTEST_SECRET


def answered(address: str, *, host: str = "", method: str = "GET") -> tuple[int, str]:
    asked = urllib.request.Request(address, method=method, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


@pytest.mark.attack
@pytest.mark.parametrize("command", SERVERS)
def test_a_server_of_the_page_starts_and_gives_the_rights_of_its_way(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    variables, words = parted(command)
    if "signed-in" in words:
        pytest.importorskip("authlib", reason='signing in takes the extra "signed-in"')
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))))
    started = [sys.executable, "-m", "geodata", *words[1:]] if words[0] == "attest" else [sys.executable, *words[1:]]
    if "--port" in started:  # the test's own is free
        del started[started.index("--port") : started.index("--port") + 2]
    started = [word for word in started if not word.startswith("--server.port")]
    started += ["--no-browser"] if words[0] == "attest" and "--no-browser" not in words else []
    port = "--port" if words[0] == "attest" else "--server.port"
    base = "/maps" if "--server.baseUrlPath=maps" in words else ""
    with server.started(started, folder, folder / "log.txt", port_option=port, base=base) as address:
        is_public = answered(f"{address}/", host="maps.paper.example")[0] == 200
        assert is_public == ("ATTEST_HOSTS" in variables)
        _, refused = answered(f"{address}/_stcore/upload_file/any/any", method="PUT")
        table, _ = answered(f"{address}/attest/any/table")
    way = words[words.index("--access") + 1] if "--access" in words else variables.get("ATTEST_ACCESS", "alone")
    assert (rights.REASONS["upload"] in refused) == (way != "alone")
    assert table == (403 if way == "signed-in" else 404)


@pytest.mark.attack
@pytest.mark.parametrize("command", CHECKS)
def test_a_check_of_the_page_passes_where_its_program_is(command: str, tmp_path: Path) -> None:
    program, *words = shlex.split(command)
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not on this machine")
    if program == "systemd-analyze":  # it looks for the program of the service too
        unit = (ROOT / "deploy" / "attest.service").read_text(encoding="utf-8")
        (tmp_path / "attest.service").write_text(unit.replace("/opt/attest/bin/python", sys.executable))
        words[-1] = str(tmp_path / "attest.service")
    run = subprocess.run([program, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)
    assert run.returncode == 0, run.stderr
    assert "attest.service" not in run.stderr, "no directive is unknown"
