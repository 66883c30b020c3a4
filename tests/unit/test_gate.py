"""Whom the server hands parts of the case over plain HTTP: the real program behind Starlette's client."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard.server import serve
from dashboard.server.gate import asked_for
from dashboard.state import data
from tests import program

UPLOAD = "/_stcore/upload_file/any-session/any-file"


@pytest.fixture
def signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    people = tmp_path / "people.yaml"
    people.write_text("editors: [ann@paper.example]\nreaders: [bo@paper.example]\n", encoding="utf-8")
    monkeypatch.setenv("ATTEST_ACCESS", "signed-in")
    monkeypatch.setenv("ATTEST_PEOPLE", str(people))
    return program.asked_as_localhost(monkeypatch)


def addresses() -> list[str]:
    """An address of each kind that holds a part of the case on screen."""
    data.warm()
    _, token, _ = data.current()
    return [f"/attest/{token}/{rest}" for rest in ("table", "incident/0", "file/csv", "land/names/110/0/0")]


def cookie(secret: str, **said: Any) -> dict[str, str]:
    user = {"is_logged_in": True, "origin": "http://localhost:8501", "email_verified": True} | said
    value = create_signed_value(secret, USER_COOKIE_NAME, json.dumps(user)).decode()
    return {"cookie": f"{USER_COOKIE_NAME}={value}"}


def test_who_has_not_signed_in_gets_nothing_of_the_case_by_any_address(signed_in: TestClient) -> None:
    for address in (*addresses(), "/media/any.csv", "/_stcore/metrics"):
        answer = signed_in.get(address)
        assert (answer.status_code, answer.text.count("\n")) == (403, 0), address
        assert "listed" in answer.text
    assert signed_in.put(UPLOAD, files={"file": b"x"}).status_code == 403


def test_who_is_listed_gets_the_case_and_only_an_editor_may_hand_in_a_file(signed_in: TestClient) -> None:
    table, *_ = addresses()
    ann, bo = (cookie(get_cookie_secret(), email=f"{name}@paper.example") for name in ("ann", "bo"))
    assert signed_in.get(table, headers=ann).status_code == 200
    assert signed_in.get(table, headers=bo).status_code == 200
    refused = signed_in.put(UPLOAD, headers=bo, files={"file": b"x"})
    assert refused.status_code == 403
    assert "no files are taken in" in refused.text
    passed = signed_in.put(UPLOAD, headers=ann, files={"file": b"x"})
    assert "XSRF" in passed.text, "it reached Streamlit, which knows no such session"


@pytest.mark.parametrize(
    "headers",
    [
        lambda: cookie(get_cookie_secret(), email="eve@paper.example"),
        lambda: cookie(get_cookie_secret(), email="ann@paper.example", email_verified=False),
        lambda: cookie(get_cookie_secret(), email="ann@paper.example", is_logged_in=False),
        lambda: cookie("another secret, as long as the server's own", email="ann@paper.example"),
        lambda: {"cookie": f"{USER_COOKIE_NAME}=ann@paper.example"},
        lambda: {"cookie": f"{USER_COOKIE_NAME}=chunks-2"},
        lambda: {"cookie": f'{USER_COOKIE_NAME}={{"email": "ann@paper.example"}}'},
    ],
    ids=["a stranger", "unverified", "signed out", "another secret", "no cookie", "chunks", "unsigned"],
)
def test_a_cookie_that_names_no_listed_person_opens_nothing(signed_in: TestClient, headers: Any) -> None:
    for address in addresses():
        assert signed_in.get(address, headers=headers()).status_code == 403


def test_open_reading_gives_the_case_and_takes_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_ACCESS", "reading")
    client = program.asked_as_localhost(monkeypatch)
    assert client.get(addresses()[0]).status_code == 200
    assert client.put(UPLOAD, files={"file": b"x"}).status_code == 403
    assert client.put(f"/maps{UPLOAD}", files={"file": b"x"}).status_code == 403


def test_alone_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    client = program.asked_as_localhost(monkeypatch)
    assert client.get(addresses()[0]).status_code == 200
    assert "XSRF" in client.put(UPLOAD, files={"file": b"x"}).text, "it reached Streamlit, which knows no such session"


def test_every_address_of_ours_is_gated_but_scripts_and_the_font() -> None:
    free = set()
    for route in serve.beside_the_page()["routes"]:
        for folder in ("", "maps/", "attest/", "a/b/"):
            path = re.sub(r"\{(\w+)(:\w+)?\}", lambda part, at=folder: at if part[1] == "folder" else "7", route.path)
            if asked_for(path) is None:
                free.add("/".join(path.split("/")[-2:]))
            else:
                assert asked_for(path) == "read"
    assert free == {"7/engine.js", "attest/dejavu.ttf", "js/7", "css/7"}


@pytest.mark.parametrize(
    "path", ["/", "/attest/", "/attest/static/js/index.js", "/attest/_stcore/health", "/attest/oauth2callback"]
)
def test_the_page_and_the_way_in_are_open_below_any_base_path(path: str) -> None:
    assert asked_for(path) is None


def test_every_address_of_ours_but_scripts_and_the_font_is_of_the_case() -> None:
    paths = [re.sub(r"\{[^}]*\}", "x", route.path) for route in serve.beside_the_page()["routes"]]
    free = {"/xattest/x/engine.js", "/xattest/dejavu.ttf", "/xstatic/js/x", "/xstatic/css/x"}
    assert {path for path in paths if asked_for(path) is None} == free
    assert len(paths) > 7


@pytest.mark.parametrize("asked", ["cells?scheme=side", "listed?scheme=side&kind=shown", "cells?scheme=none&box=a"])
def test_of_a_small_table_there_are_no_squares_to_ask_for(signed_in: TestClient, asked: str) -> None:
    token = addresses()[0].split("/")[2]
    ann = cookie(get_cookie_secret(), email="ann@paper.example")
    assert signed_in.get(f"/attest/{token}/{asked}", headers=ann).status_code == 404
    assert signed_in.get(f"/attest/{token}/{asked}").status_code == 403


BAD = ("box=nan,1,2,3&zoom=3", "box=1,2,3,4&zoom=nan", "box=1,2,3,4&zoom=inf", "box=1,2,3&zoom=1", "box=1,2,3,4&zoom=x")


@pytest.mark.parametrize("asked", BAD)
def test_a_box_or_a_zoom_that_is_none_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: str
) -> None:
    table = tmp_path / "points.csv"
    table.write_text("id,date,latitude,longitude,source\na,2020-01-01,1,2,s\nb,2020-01-02,1,2,s\n")
    client = program.asked_as_localhost(monkeypatch)
    monkeypatch.setenv("ATTEST_EVENTS", str(table))
    monkeypatch.setenv("ATTEST_LOCAL_ROWS", "1")
    data.warm()
    _, token, _ = data.current()
    answer = client.get(f"/attest/{token}/cells?scheme=document")
    assert answer.status_code == 200, answer.text
    answer = client.get(f"/attest/{token}/cells?scheme=document&{asked}")
    assert answer.status_code == 400
    assert client.get(f"/attest/{token}/listed?scheme=document&kind=place&box=1,2,3").status_code == 400
    assert client.get(f"/attest/{token}/listed?scheme=document&kind=odd").status_code == 400
    assert client.get(f"/attest/{token}/listed?scheme=document&kind=shown&most=many").status_code == 400
    assert client.get(f"/attest/{token}/listed?scheme=document&kind=shown").json()["total"] == 2
    first = client.get(f"/attest/{token}/listed?scheme=document&kind=shown&most=1").json()
    assert (first["total"], len(first["reports"])) == (2, 1)
    both = client.get(f"/attest/{token}/listed?scheme=document&kind=shown").json()["reports"]
    named = client.get(f"/attest/{token}/listed?scheme=document&rows=1,0,1,2,-1,{10**30}").json()
    assert named == {"total": 2, "reports": both}
    for none in ("", "7"):
        listed = client.get(f"/attest/{token}/listed?scheme=document&rows={none}").json()
        assert listed == {"total": 0, "reports": []}
    for odd in ("1,", "one", "1.5"):
        assert client.get(f"/attest/{token}/listed?scheme=document&rows={odd}").status_code == 400
