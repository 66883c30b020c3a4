"""Whom the server answers, and what every answer tells the browser: the real program behind Starlette's client."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit import config

from dashboard.server import guard, packed
from dashboard.server.headers import inline_scripts, policy
from dashboard.server.options import options, read
from dashboard.state import data
from geodata.timemap import tiles
from tests import program


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    with program.kept("server.address"):
        config.set_option("server.address", "localhost")
        yield program.asked_as_localhost(monkeypatch)


@pytest.fixture
def address() -> Iterator[None]:
    """A test may set where the server listens."""
    with program.kept("server.address", "server.baseUrlPath"):
        yield


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "LOCALHOST", "127.0.0.1:8501", "[::1]:8501"])
def test_the_page_answers_to_the_names_of_this_machine(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 200
    assert "<title>Streamlit</title>" in answer.text


@pytest.mark.parametrize(
    "host",
    ["evil.test", "evil.test:8501", "localhost.evil.test", "evil.localhost.test", "10.0.0.7", "localhost@evil.test",
     "localhost:99999", "localhost/evil", "", "[::1", "local host", "2130706433"],
)  # fmt: skip
def test_nothing_is_answered_to_a_name_that_is_none_of_the_servers(client: TestClient, host: str) -> None:
    for path in ("/", "/attest/any/engine.js", "/_stcore/health", "/_stcore/host-config", "/x"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code in (400, 421), path
        assert answer.text.count("\n") == 0
        assert answer.text.endswith(".")
        assert "nosniff" in answer.headers["x-content-type-options"]


def test_a_refused_name_is_told_with_the_option_that_adds_it(client: TestClient) -> None:
    answer = client.get("/", headers={"host": "maps.example.org"})
    assert "does not answer to the name maps.example.org" in answer.text
    assert "ATTEST_HOSTS" in answer.text


@pytest.mark.parametrize(
    "origin", ["http://evil.test", "http://localhost:9999", "null", "https://[", "http://localhost"]
)
def test_the_page_of_another_origin_opens_no_websocket(client: TestClient, origin: str) -> None:
    asked = {"host": "localhost:8501", "origin": origin}
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("/_stcore/stream", headers=asked):
        pass
    assert closed.value.code == 1008


def test_a_name_that_leads_here_opens_no_websocket_though_its_page_has_the_same(client: TestClient) -> None:
    asked = {"host": "evil.test:8501", "origin": "http://evil.test:8501"}
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("/_stcore/stream", headers=asked):
        pass
    assert closed.value.code == 1008


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_the_page_of_another_origin_writes_nothing(client: TestClient, method: str) -> None:
    answer = client.request(method, "/_stcore/upload_file/a/b", headers={"origin": "http://localhost:9999"})
    assert answer.status_code == 403
    assert "may not use the server" in answer.text


def test_a_public_name_is_answered_once_an_option_has_it(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_HOSTS", "maps.example.org atlas.example.org")
    options.cache_clear()
    for host in ("maps.example.org", "Atlas.Example.org:443"):
        assert client.get("/", headers={"host": host}).status_code == 200
    assert client.get("/", headers={"host": "example.org"}).status_code == 421


@pytest.mark.usefixtures("address")
def test_a_server_of_every_address_is_asked_by_any_number_and_by_no_other_name(client: TestClient) -> None:
    config.set_option("server.address", "0.0.0.0")
    for host in ("192.168.7.3:8501", "[fe80::1]:8501", "localhost"):
        assert client.get("/", headers={"host": host}).status_code == 200, host
    assert client.get("/", headers={"host": "evil.test"}).status_code == 421


@pytest.mark.usefixtures("address")
def test_a_server_is_asked_by_the_address_that_it_listens_on(client: TestClient) -> None:
    config.set_option("server.address", "192.168.7.3")
    assert client.get("/", headers={"host": "192.168.7.3:8501"}).status_code == 200
    assert client.get("/", headers={"host": "192.168.7.4:8501"}).status_code == 421


@pytest.mark.parametrize(
    "path",
    ["/", "/?page=sources", "/attest/any/engine.js", "/attest/dejavu.ttf", "/attest/none/table", "/_stcore/health",
     "/../../etc/passwd", "/favicon.png"],
)  # fmt: skip
def test_every_answer_says_from_where_the_page_may_load_and_that_types_are_as_told(
    client: TestClient, path: str
) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["content-security-policy"] == policy(is_framed=False)


def test_an_answer_that_fails_says_so_in_a_sentence_and_has_the_same_headers(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks() -> bytes:
        raise RuntimeError("a secret of /home/someone")

    monkeypatch.setattr(data, "packed_engine", breaks)
    client = TestClient(client.app, base_url="http://localhost:8501", raise_server_exceptions=False)
    answer = client.get("/attest/any/engine.js")
    assert answer.status_code == 500
    assert answer.text == "The server failed at this; its log says why."
    assert answer.headers["content-security-policy"] == policy(is_framed=False)


def test_the_script_of_the_map_is_packed_for_a_browser_that_unpacks_it(client: TestClient) -> None:
    plain = client.get("/attest/any/engine.js", headers={"accept-encoding": "identity"})
    small = client.get("/attest/any/engine.js")
    assert plain.content == small.content == data.engine().encode()
    assert (plain.headers["content-encoding"], small.headers["content-encoding"]) == ("identity", "gzip")
    assert int(small.headers["content-length"]) < int(plain.headers["content-length"]) / 3


@pytest.mark.parametrize("folder", ["", "/team/maps"])
def test_the_scripts_of_streamlit_are_packed_for_a_browser_that_unpacks_them(client: TestClient, folder: str) -> None:
    names = re.findall(r"(?:js|css)/[\w.-]+\.(?:js|css)", (packed.FOLDER.parent / "index.html").read_text("utf-8"))
    assert {name.split("/")[0] for name in names} == {"js", "css"}
    sizes = [0, 0]
    for name in names:
        plain = client.get(f"{folder}/static/{name}", headers={"accept-encoding": "identity"})
        small = client.get(f"{folder}/static/{name}")
        assert plain.content == small.content == (packed.FOLDER / name).read_bytes()
        assert ("content-encoding" in plain.headers, small.headers["content-encoding"]) == (False, "gzip")
        assert plain.headers["cache-control"] == small.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert plain.headers["content-type"] == small.headers["content-type"]
        sizes = [
            sum(pair)
            for pair in zip(sizes, (int(one.headers["content-length"]) for one in (plain, small)), strict=True)
        ]
    assert sizes[1] < sizes[0] / 2.5


@pytest.mark.parametrize("name", ["none.js", "..%2findex.html", "%2e%2e", "..%5c..%5cindex.html", "index.html%00.js"])
def test_what_is_no_script_of_streamlit_is_not_sent_as_one(client: TestClient, name: str) -> None:
    assert client.get(f"/static/js/{name}").status_code in (400, 404)


def test_the_policy_names_no_host_but_those_of_offered_tiles() -> None:
    hosts = {f"https://{one.host}" for one in tiles.offered().values()}
    named = {word for word in policy(is_framed=False).replace(";", " ").split() if "//" in word}
    assert named == hosts
    assert "'unsafe-eval'" not in policy(is_framed=False)
    [scripts] = [one for one in policy(is_framed=False).split("; ") if one.startswith("script-src")]
    assert "unsafe-inline" not in scripts
    assert len(inline_scripts()) == 1


@pytest.mark.parametrize(
    ("query", "may"),
    [("?embed=true", True), ("?q=a&embed=true", True), ("", False), ("?embed=false", False), ("?embed=", False),
     ("?q=embed=true", False), ("?embedded=true", False), ("?embed=true%20", False)],
)  # fmt: skip
def test_only_the_view_for_frames_may_be_framed_by_other_pages_of_this_machine(
    client: TestClient, query: str, may: bool
) -> None:
    said = client.get(f"/{query}").headers["content-security-policy"]
    ancestors = said.partition("frame-ancestors ")[2]
    assert ancestors.startswith("'self'")
    assert ("file: http://localhost:*" in ancestors) is may


def test_once_public_any_page_may_frame_that_view_or_those_alone_that_an_option_names(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTEST_HOSTS", "localhost")
    options.cache_clear()
    assert client.get("/?embed=true").headers["content-security-policy"].endswith("frame-ancestors 'self' *")
    assert client.get("/").headers["content-security-policy"].endswith("frame-ancestors 'self'")
    monkeypatch.setenv("ATTEST_FRAME_ANCESTORS", "https://school.example")
    options.cache_clear()
    said = client.get("/?embed=true").headers["content-security-policy"]
    assert said.endswith("frame-ancestors 'self' https://school.example")


@pytest.mark.usefixtures("address")
@pytest.mark.parametrize("base", ["", "maps", "a/b"])
def test_our_addresses_lie_below_the_page_wherever_that_lies(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    config.set_option("server.baseUrlPath", base)
    client = program.asked_as_localhost(monkeypatch)
    page = f"/{base}/" if base else "/"
    assert not base or client.get("/").status_code == 404
    assert "<title>Streamlit</title>" in client.get(page).text
    script = client.get(page + data.engine_address())
    assert script.headers["content-type"].startswith("text/javascript")
    _, token, _ = data.current()
    assert client.get(page + data.table_address(token)).headers["content-type"] == "application/octet-stream"
    assert client.get(f"{page}attest/dejavu.ttf").headers["content-type"] == "font/ttf"


def test_options_are_read_from_a_file_and_above_it_from_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "attest.toml"
    file.write_text('hosts = ["maps.example.org"]\nsessions = 7\n', encoding="utf-8")
    given = read({"ATTEST_OPTIONS": str(file), "ATTEST_SESSIONS": "9"})
    assert given.hosts == ("maps.example.org",)
    assert given.sessions == 9
    assert given.heavy == read({}).heavy


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"ATTEST_SESSIONS": "many"}, "ATTEST_SESSIONS: "),
        ({"ATTEST_HEAVY": "0"}, "ATTEST_HEAVY: "),
        ({"ATTEST_HOSTS": "https://maps.example.org/"}, "ATTEST_HOSTS: "),
        ({"ATTEST_FRAME_ANCESTORS": "*;script-src"}, "ATTEST_FRAME_ANCESTORS: "),
        ({"ATTEST_OPTIONS": "/nowhere/attest.toml"}, "cannot be read"),
    ],
)
def test_an_option_that_cannot_be_read_is_told_by_its_name(environment: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said) as told:
        read(environment)
    assert "\n" not in str(told.value)


def test_an_unknown_option_of_the_file_is_told_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "attest.toml"
    file.write_text("host = 'maps.example.org'\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"attest\.toml, host: "):
        read({"ATTEST_OPTIONS": str(file)})


def test_a_name_is_read_without_port_and_brackets() -> None:
    assert guard.named("Localhost:8501") == "localhost"
    assert guard.named("[::1]:8501") == "::1"
    assert guard.named("maps.example.org.") == "maps.example.org"
    assert guard.named("a b") is None
