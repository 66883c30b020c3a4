"""Signing in with a real provider in a real browser: an editor writes, a reader reads, a stranger sees nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import oidc_provider_mock
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, expect

from tests import server
from tests.conftest import TOUR_SEEN
from tests.server import ROOT
from tests.unit.test_beside import lines

pytestmark = [pytest.mark.attack, pytest.mark.filterwarnings("ignore::DeprecationWarning")]  # of the provider's own

TABLE = """\
event_id,event_date,location,country,admin1,latitude,longitude,source
1,2021-01-01,Berd,Armenia,Tavush,40.88,45.39,A
2,2021-02-01,Berd,Armenia,Tavush,,,B
"""

SECRETS = """\
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "attest"
client_secret = "any that the provider of this test takes"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
"""

NAMES = {"ann": True, "bo": True, "eve": True, "unverified-ann": False}
"""Accounts of the provider, and whether it calls their address verified."""


def account(name: str, *, is_verified: bool) -> oidc_provider_mock.User:
    address = f"{name.removeprefix('unverified-')}@paper.example"
    return oidc_provider_mock.User(sub=name, claims={"email": address, "email_verified": is_verified})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("signed_in")


@pytest.fixture(scope="module")
def hosted(folder: Path) -> Iterator[str]:
    """The address of a dashboard whose readers sign in."""
    (folder / "valley.csv").write_text(TABLE, encoding="utf-8")
    (folder / "people.yaml").write_text("editors: [ann@paper.example]\nreaders: [bo@paper.example]\n", encoding="utf-8")
    accounts = [account(name, is_verified=is_verified) for name, is_verified in NAMES.items()]
    with ExitStack() as stack:
        provider = stack.enter_context(oidc_provider_mock.run_server_in_thread(user_claims=accounts))
        secrets = folder / "secrets.toml"
        secrets.write_text(SECRETS.format(provider=provider.server_port), encoding="utf-8")
        environment = stack.enter_context(pytest.MonkeyPatch.context())
        environment.setenv("ATTEST_EVENTS", str(folder / "valley.csv"))
        environment.setenv("ATTEST_ACCESS", "signed-in")
        environment.setenv("ATTEST_PEOPLE", str(folder / "people.yaml"))
        environment.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))))
        words = [sys.executable, "-m", "dashboard", "--server.headless=true", f'--secrets.files=["{secrets}"]']
        yield stack.enter_context(server.started(words, folder, folder / "log.txt", port_option="--server.port"))


def listen(socket: WebSocket, heard: list[str]) -> None:
    socket.on("framereceived", lambda frame: heard.append(frame if isinstance(frame, str) else frame.decode("latin-1")))


Reader = Callable[[], tuple[BrowserContext, list[str]]]


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    """A browser of its own for each person; beside it, all that the page's websockets hear."""
    with ExitStack() as stack:

        def opened() -> tuple[BrowserContext, list[str]]:
            context = stack.enter_context(browser.new_context(viewport={"width": 1440, "height": 900}))
            context.add_init_script(TOUR_SEEN)
            context.route("https://**", lambda route: route.abort())  # the provider's page has a style from elsewhere
            heard: list[str] = []
            context.on("page", lambda page: page.on("websocket", lambda socket: listen(socket, heard)))
            return context, heard

        yield opened


def sign_in(page: Page, hosted: str, name: str) -> None:
    page.goto(hosted)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=name, exact=True).first.click()
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def table_of(page: Page) -> str:
    """The address by which the map fetched its table."""
    fetched = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    return next(one for one in fetched if one.endswith("/table"))


def test_an_editor_writes_under_their_own_name_and_nothing_is_left_after_signing_out(
    reader: Reader, hosted: str, folder: Path
) -> None:
    context, _ = reader()
    page = context.new_page()
    sign_in(page, hosted, "ann")
    expect(page.get_by_text("Signed in as ann")).to_be_visible()
    expect(page.locator(".tm-count").first).to_contain_text("on the map")
    assert context.request.get(table_of(page)).status == 200
    page.get_by_role("radio", name="Places").or_(page.get_by_role("button", name="Places", exact=True)).first.click()
    page.get_by_role("button", name="Accept the sure one").click()
    page.get_by_role("button", name="Put on the map").click()
    expect(page.get_by_text("not on the map yet")).to_have_count(0)
    expect(page.get_by_text("1 decided")).to_be_visible()
    [line] = lines(folder)
    assert (line["who"], line["action"], line["file"]) == ("ann@paper.example", "decide places", "valley.places.csv")
    assert "ann@paper.example" in (folder / "valley.places.csv").read_text(encoding="utf-8-sig")
    sign_out(page)
    assert context.request.get(table_of_now(hosted, reader)).status == 403


def table_of_now(hosted: str, reader: Reader) -> str:
    """The address of the table as it is now, from a reader's page."""
    context, _ = reader()
    page = context.new_page()
    sign_in(page, hosted, "bo")
    expect(page.locator(".tm-count").first).to_contain_text("on the map")
    table = table_of(page)
    assert context.request.get(table).status == 200
    return table


def test_a_reader_reads_and_is_offered_nothing_that_writes(reader: Reader, hosted: str, folder: Path) -> None:
    before = sorted(folder.iterdir())
    context, _ = reader()
    page = context.new_page()
    sign_in(page, hosted, "bo")
    expect(page.get_by_text("You may read.")).to_be_visible()
    page.goto(f"{hosted}/?page=table")
    expect(page.get_by_text("how its table is read stays as it is")).to_be_visible()
    expect(page.locator("[data-testid=stFileUploader]")).to_have_count(0)
    expect(page.get_by_text("Keep this mapping")).to_have_count(0)
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("name", ["eve", "unverified-ann"])
def test_a_stranger_hears_nothing_of_the_table_on_the_page_or_by_any_address(
    reader: Reader, hosted: str, name: str
) -> None:
    table = table_of_now(hosted, reader)
    context, heard = reader()
    page = context.new_page()
    page.goto(f"{hosted}/?page=table")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    sign_in(page, hosted, name)
    expect(page.get_by_text("has not listed you")).to_be_visible()
    for query in ("?page=table", "?page=download", "?embed=true", "?mode=class"):
        page.goto(f"{hosted}/{query}")
        expect(page.get_by_text("has not listed you")).to_be_visible()
    assert heard, "the page was told something"
    assert not [one for one in heard if any(word in one for word in ("Berd", "Tavush", "valley"))]
    for address in (table, table.replace("/table", "/incident/0"), table.replace("/table", "/file/csv")):
        assert context.request.get(address).status == 403
    sign_out(page)
    assert context.request.get(table).status == 403
