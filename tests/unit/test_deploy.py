"""The files of ``deploy``: a container without root and secrets, and a service that may write nothing but its case."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from streamlit import config

from dashboard.__main__ import options as words_of
from dashboard.server.options import read
from tests import server
from tests.conftest import SMALL
from tests.server import ROOT

DEPLOY = ROOT / "deploy"

CONTAINER = re.sub(r"\\\n", " ", (DEPLOY / "Containerfile").read_text(encoding="utf-8"))

SERVICE = [
    tuple(line.split("=", 1))
    for line in (DEPLOY / "attest.service").read_text(encoding="utf-8").splitlines()
    if "=" in line and not line.startswith("#")
]

OURS = {"ATTEST_CASE", "ATTEST_EVENTS", "ATTEST_LESSONS"}
"""Variables that no option of the server is read from."""


def lines(word: str) -> list[str]:
    """What stands behind an instruction of the Containerfile, once for each."""
    return re.findall(rf"^{word} (.*)$", CONTAINER, re.MULTILINE)


def environment() -> dict[str, str]:
    [variables] = lines("ENV")
    return dict(word.split("=", 1) for word in variables.split())


def entry() -> list[str]:
    [words] = lines("ENTRYPOINT")
    command: list[str] = json.loads(words)
    return command


def test_the_container_is_made_of_what_is_in_the_checkout_and_runs_as_no_root() -> None:
    named = [name for line in lines("COPY") if "--from" not in line for name in line.split()[:-1]]
    assert {"geodata", "dashboard", "case.yaml", "constraints.txt"} <= set(named)
    assert not [name for name in named if not (ROOT / name).exists()]
    built = CONTAINER.rpartition("\nFROM ")[2]
    assert "\nUSER 10001:10001\n" in built
    assert lines("VOLUME") == ["/case"]
    assert not re.search(r"^(ADD|ARG .*(SECRET|TOKEN|PASSWORD))|https?://(?!127)", CONTAINER, re.MULTILINE)


def test_the_containers_variables_and_words_are_ones_that_the_program_knows() -> None:
    set_here = {name: value for name, value in environment().items() if name.startswith("ATTEST_")}
    assert set(set_here) - OURS == {"ATTEST_ACCESS"}
    assert read(set_here).access == "reading"
    assert entry()[:3] == ["python", "-m", "dashboard"]
    for name in words_of(entry()[3:]):
        config.get_option(name)  # raises where there is none of this name


def test_the_service_starts_the_program_with_options_it_knows_and_may_write_only_the_case() -> None:
    settings = dict(SERVICE)
    command = settings["ExecStart"]
    assert command.startswith("/opt/attest/bin/python -m dashboard ")
    for name in re.findall(r"--([\w.]+)=", command):
        config.get_option(name)
    assert settings["ReadWritePaths"] == "/srv/attest/case"
    assert {"ProtectSystem": "strict", "NoNewPrivileges": "yes", "PrivateTmp": "yes"}.items() <= settings.items()
    assert settings["User"] == "attest"
    assert "ATTEST_CASE=/srv/attest/case" in settings["Environment"]


@pytest.mark.attack
def test_systemd_calls_the_service_well_confined() -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    run = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(DEPLOY / "attest.service")],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-200:] + run.stderr


CONFINED = """\
mount --make-rprivate / && mount --bind "$CASE" /srv && mount -t tmpfs tmpfs /tmp &&
mount -o remount,bind,ro / && cd /tmp && exec "$@"
"""
"""What the container's options do, in a namespace of mounts of its own: a root that is read-only, but for /tmp."""


@pytest.mark.attack
def test_the_program_runs_on_a_read_only_root_with_the_containers_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without podman: the words and the variables of the Containerfile on a file system as podman would make it."""
    if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody make a namespace of mounts")
    if ROOT.is_relative_to("/tmp"):
        pytest.skip("the checkout lies in /tmp, which the namespace hides")
    case = tmp_path / "case"
    shutil.copytree(SMALL, case)
    before = {path: path.stat().st_mtime_ns for path in case.rglob("*")}
    for name, value in environment().items():
        if name != "PATH":
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("CASE", str(case))
    monkeypatch.setenv("ATTEST_CASE", "/srv")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))))
    words = [sys.executable, *(word for word in entry()[1:] if not word.startswith("--server.port"))]
    confined = ["unshare", "-m", "sh", "-c", CONFINED, "sh", *words]
    log = tmp_path / "log.txt"
    with (
        server.started(confined, tmp_path, log, port_option="--server.port") as address,
        urllib.request.urlopen(f"{address}/", timeout=10) as answer,
    ):
        assert answer.status == 200
    said = log.read_text(encoding="utf-8")
    assert "Reading the table." in said
    assert "Traceback" not in said
    assert {path: path.stat().st_mtime_ns for path in case.rglob("*")} == before
