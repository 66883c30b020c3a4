"""What is told before a server is: a way of hosting that would let anybody write, or nobody in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from dashboard.server import hosting
from dashboard.server.options import options
from tests import program
from tests.server import ROOT

SECRETS = """\
[auth]
redirect_uri = "https://maps.paper.example/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "attest"
client_secret = "given by the provider"
server_metadata_url = "https://login.paper.example/.well-known/openid-configuration"
"""


CHANGED = ("server.address", "secrets.files", "server.enableXsrfProtection", "server.trustedUserHeaders")
"""Streamlit's options that the tests here change."""


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    with program.kept(*CHANGED):
        yield
    secrets_singleton._reset()


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "people.yaml"
    path.write_text("editors: [ann@paper.example]\n", encoding="utf-8")
    monkeypatch.setenv("ATTEST_ACCESS", "signed-in")
    monkeypatch.setenv("ATTEST_PEOPLE", str(path))
    return path


def secrets(folder: Path, text: str) -> None:
    (folder / "secrets.toml").write_text(text, encoding="utf-8")
    config.set_option("secrets.files", [str(folder / "secrets.toml")])
    secrets_singleton._reset()


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "127.9.9.9", "::1", "LocalHost."])
def test_alone_is_served_to_this_machine(address: str) -> None:
    config.set_option("server.address", address)
    hosting.check()


@pytest.mark.parametrize(
    "address", ["0.0.0.0", "::", "192.168.1.5", "maps.paper.example", "", None, "localhost.evil.example"]
)
def test_alone_is_not_served_to_other_machines_and_the_other_ways_are(
    monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    config.set_option("server.address", address)
    with pytest.raises(ValueError, match="set ATTEST_ACCESS to reading or signed-in"):
        hosting.check()
    monkeypatch.setenv("ATTEST_ACCESS", "reading")
    options.cache_clear()
    hosting.check()


def test_signed_in_is_served_where_list_and_provider_are_named(people: Path) -> None:
    pytest.importorskip("authlib", reason='signing in takes the extra "signed-in"')
    secrets(people.parent, SECRETS)
    hosting.check()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[auth]", "[other]", "configure credentials"),
        ("client_secret = ", "password = ", r"missing the following keys: \['client_secret'\]"),
        ("0123456789abcdef0123456789abcdef", "changeme", "cookie_secret: must have 32 letters or more"),
        ("https://maps", "http://maps", "redirect_uri: must begin with https"),
        ("/oauth2callback", "/", "redirect_uri: must end with /oauth2callback"),
    ],
)
def test_what_is_wrong_with_the_provider_is_told_in_one_line(people: Path, old: str, new: str, message: str) -> None:
    pytest.importorskip("authlib", reason='signing in takes the extra "signed-in"')
    secrets(people.parent, SECRETS.replace(old, new))
    with pytest.raises(ValueError, match=message) as refused:
        hosting.check()
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("option", "value"), [("server.enableXsrfProtection", False), ("server.trustedUserHeaders", {"X-Mail": "email"})]
)
def test_an_option_of_streamlit_that_undoes_signing_in_is_refused(people: Path, option: str, value: object) -> None:
    pytest.importorskip("authlib", reason='signing in takes the extra "signed-in"')
    secrets(people.parent, SECRETS)
    config.set_option(option, value)
    with pytest.raises(ValueError, match=f"^{option} must"):
        hosting.check()


def test_signed_in_without_a_list_or_with_a_faulty_one_is_refused(
    people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.write_text("editors: [ann]\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"people\.yaml line 1, editors 1: 'ann' is no e-mail address"):
        hosting.check()
    monkeypatch.delenv("ATTEST_PEOPLE")
    options.cache_clear()
    with pytest.raises(ValueError, match="name its file in ATTEST_PEOPLE"):
        hosting.check()


@pytest.mark.heavy  # a start of the program each
@pytest.mark.parametrize(
    ("words", "environment", "message"),
    [
        (
            ["--server.address", "0.0.0.0"],
            {},
            "python -m dashboard: the address 0.0.0.0 is reached from other machines",
        ),
        ([], {"ATTEST_ACCESS": "open"}, "python -m dashboard: ATTEST_ACCESS: input should be 'alone', 'reading' or"),
        ([], {"ATTEST_ACCESS": "signed-in"}, "name its file in ATTEST_PEOPLE"),
    ],
)
def test_a_server_that_may_not_be_hosted_so_ends_with_one_line_before_it_reads_the_table(
    words: list[str], environment: dict[str, str], message: str
) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "dashboard", *words],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120, env={**os.environ, **environment},
    )  # fmt: skip
    assert run.returncode == 1
    assert message in run.stderr
    assert len(run.stderr.splitlines()) == 1
    assert "Reading the table" not in run.stdout
