"""The built package, installed apart from the checkout: whole, and at work in any folder. ``make wheel``."""

from __future__ import annotations

import re
import shutil
import site
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest

from geodata import __version__
from tests import server
from tests.server import ROOT

pytestmark = pytest.mark.wheel

LEFT_BEHIND = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", "build", "*.egg-info", "node_modules", "tests", "__pycache__"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing of an earlier build is in it."""
    copy, target = tmp_path_factory.mktemp("copy") / "attest", tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, copy, ignore=LEFT_BEHIND)
    command = [sys.executable, "-m", "pip", "wheel", str(copy), "--no-deps", "--quiet", "--wheel-dir", str(target)]
    subprocess.run(command, check=True)
    [built] = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment with the package in it; other packages are those of this one."""
    place = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    programs = place / "bin"
    [packages] = place.glob("lib/*/site-packages")
    # A plain path: what stands here as an editable install, the checkout itself, is not followed from there.
    (packages / "others.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    install = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "--no-deps", "--no-index"]
    subprocess.run([*install, "--force-reinstall", "--quiet", str(wheel)], check=True)
    return programs


def ran(programs: Path, folder: Path, *words: str) -> bytes:
    done = subprocess.run([programs / "attest", *words], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_the_package_in_use_is_the_installed_one(programs: Path, tmp_path: Path) -> None:
    asked = [programs / "python", "-c", "import dashboard, geodata; print(dashboard.__file__, geodata.__file__)"]
    for file in subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.split():
        assert Path(file).is_relative_to(programs.parent)


def test_every_file_of_ours_that_is_no_program_is_in_it(programs: Path) -> None:
    [packages] = programs.parent.glob("lib/*/site-packages")
    for path in (*ROOT.glob("geodata/**/*"), *ROOT.glob("dashboard/**/*")):
        if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith(".d.ts"):
            assert (packages / path.relative_to(ROOT)).is_file(), path


def test_the_command_reads_the_shipped_case_from_any_folder(programs: Path, tmp_path: Path) -> None:
    assert ran(programs, tmp_path, "--version") == f"attest {__version__}\n".encode()
    assert re.match(rb"\d+ reports of \d+ incidents", ran(programs, tmp_path, "check"))
    table = ran(programs, tmp_path, "export", "--text", "Shushi", "--format", "csv", "-o", "-")
    assert table.startswith(b"\xef\xbb\xbfincident_id,")
    assert ran(programs, tmp_path, "picture", "--text", "Maragha", "-o", "map.pdf")
    assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == [tmp_path / "map.pdf"]


@pytest.mark.parametrize("given", [(), ("case",)], ids=["shipped", "folder"])
def test_the_page_opens_from_any_folder(programs: Path, tmp_path: Path, given: tuple[str, ...]) -> None:
    [shipped] = programs.parent.glob("lib/*/site-packages/geodata/shipped")
    for name in given:
        shutil.copytree(shipped, tmp_path / name)
    log = tmp_path / "log.txt"
    with server.started([str(programs / "attest"), "open", *given, "--no-browser"], tmp_path, log) as address:
        assert b"export" in urllib.request.urlopen(f"{address}/attest/any/engine.js").read()
    said = log.read_text(encoding="utf-8")
    assert "http://localhost:" in said
    assert "Network URL" not in said, "it is served on this machine alone"
    assert "usage statistics" not in said


def test_the_settings_hold_in_the_installed_package_and_under_streamlit_run(programs: Path, tmp_path: Path) -> None:
    [packages] = programs.parent.glob("lib/*/site-packages")
    command = [str(programs / "python"), "-m", "streamlit", "run", str(packages / "dashboard" / "app.py")]
    log = tmp_path / "log.txt"
    with server.started([*command, "--server.headless=true"], tmp_path, log, port_option="--server.port") as address:
        with urllib.request.urlopen(f"{address}/attest/any/engine.js") as script:
            assert b"export" in script.read()
            assert "frame-ancestors 'self'" in script.headers["Content-Security-Policy"]
        port = int(address.rpartition(":")[2])
        with pytest.raises(OSError):  # another address of this machine, which a server of every address would have
            socket.create_connection(("127.0.0.2", port), timeout=5)
        asked = urllib.request.Request(address, headers={"Host": f"evil.test:{port}"})
        with pytest.raises(HTTPError) as refused:
            urllib.request.urlopen(asked)
        assert refused.value.code == 421
    assert "usage statistics" not in log.read_text(encoding="utf-8")
