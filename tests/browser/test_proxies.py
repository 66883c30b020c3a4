"""Behind nginx and Caddy, with the files of ``deploy`` as they are but for names, ports and the certificate."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import server
from tests.conftest import SMALL, TOUR_SEEN
from tests.server import ROOT

pytestmark = pytest.mark.attack

DEPLOY = ROOT / "deploy"


def need(program: str) -> str:
    path = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")
    if path is None:
        pytest.skip(f"{program} is not on this machine")
    return path


def replaced(text: str, pairs: Mapping[str, str]) -> str:
    for old, new in pairs.items():
        assert old in text, f"{old!r} stands in the example"
        text = text.replace(old, new)
    return text


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port


def certificate(folder: Path) -> None:
    subprocess.run(
        [need("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


def nginx(folder: Path, port: int, behind: str) -> list[str]:
    """The command that runs nginx with the example, all that it writes in ``folder``."""
    certificate(folder)
    example = replaced(
        (DEPLOY / "nginx.conf").read_text(encoding="utf-8"),
        {"listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;", "name maps.paper.example;": "name localhost;",
         "/etc/ssl/attest/": f"{folder}/", "http://127.0.0.1:8501": behind},
    )  # fmt: skip
    kept = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("proxy", "client_body", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n{kept}{example}}}\n",
        encoding="utf-8",
    )
    command = [need("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    return command


def caddy(folder: Path, port: int, behind: str) -> list[str]:
    """The command that runs Caddy with the example; a certificate of its own, and no port 80."""
    certificate(folder)
    example = replaced(
        (DEPLOY / "Caddyfile").read_text(encoding="utf-8"),
        {"maps.paper.example {": f"https://localhost:{port} {{\n\ttls {folder}/certificate.pem {folder}/key.pem\n",
         "127.0.0.1:8501": behind.removeprefix("http://")},
    )  # fmt: skip
    options = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n"
    (folder / "Caddyfile").write_text(options + example, encoding="utf-8")
    return [need("caddy"), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    with (
        (folder / "proxy.txt").open("w") as output,
        subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "HOME": str(folder)}
        ) as process,
    ):
        try:
            for _ in range(100):
                assert process.poll() is None, (folder / "proxy.txt").read_text()
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield
        finally:
            process.terminate()


@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_the_map_is_drawn_behind_a_proxy_below_a_base_path_and_no_file_is_taken(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxy: object
) -> None:
    assert callable(proxy)
    monkeypatch.setenv("ATTEST_EVENTS", str(SMALL / "events.csv"))
    monkeypatch.setenv("ATTEST_ACCESS", "reading")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))))
    words = [sys.executable, "-m", "dashboard", "--server.headless=true", "--server.baseUrlPath=maps"]
    log, port = tmp_path / "log.txt", free_port()
    with ExitStack() as stack:
        behind = stack.enter_context(server.started(words, tmp_path, log, port_option="--server.port", base="/maps"))
        command = proxy(tmp_path, port, behind.removesuffix("/maps").replace("localhost", "127.0.0.1"))
        stack.enter_context(running(command, port, tmp_path))
        context = stack.enter_context(browser.new_context(ignore_https_errors=True))
        context.add_init_script(TOUR_SEEN)
        page, outside, sockets = context.new_page(), [], []
        page.on("request", lambda asked: None if "localhost" in asked.url else outside.append(asked.url))
        page.on("websocket", lambda opened: sockets.append(opened.url))
        page.goto(f"https://localhost:{port}/maps")
        expect(page.locator(".tm-count").first).to_contain_text("on the map")
        assert sockets == [f"wss://localhost:{port}/maps/_stcore/stream"]
        assert not [one for one in outside if not one.startswith(("blob:", "data:"))]
        page.goto(f"https://localhost:{port}/maps/?page=table")
        expect(page.get_by_text("no files are taken in")).to_be_visible()
        refused = context.request.put(f"https://localhost:{port}/maps/_stcore/upload_file/any/any", data=b"x")
        assert refused.status == 403
        assert "no files are taken in" in refused.text()
    assert "Traceback" not in log.read_text(encoding="utf-8")
