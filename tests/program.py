"""The server's program behind Starlette's client: every address and what stands before it, without a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.testclient import TestClient
from streamlit import config
from streamlit.runtime import Runtime

from dashboard.server import serve
from dashboard.server.options import options
from tests.conftest import SMALL


@contextmanager
def kept(*names: str) -> Iterator[None]:
    """Options of Streamlit by these names are afterwards as they were before."""
    before = {name: config.get_option(name) for name in names}
    try:
        yield
    finally:
        for name, value in before.items():
            config.set_option(name, value)


def asked_as_localhost(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A browser's requests to ``localhost:8501`` with the small case; what Streamlit runs for sessions is not started.

    Streamlit has one of these in a process, so it is forgotten after the test.
    """
    monkeypatch.setenv("ATTEST_EVENTS", str(SMALL / "events.csv"))
    monkeypatch.setattr(Runtime, "_instance", None)
    options.cache_clear()
    return TestClient(serve.app()._build_starlette_app(), base_url="http://localhost:8501")
