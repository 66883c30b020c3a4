"""What a text becomes on the page, by the browser's own word: the text, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests import hostile, server
from tests.server import ROOT

pytestmark = pytest.mark.attack

ACTING = "a, img, svg, code, pre, h1, h2, h3, ul, ol, table, blockquote, hr, em, del, sub, sup, input, script, .katex"


def test_a_text_is_shown_letter_by_letter_and_nothing_in_it_acts(
    reader: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = str(ROOT / "tests" / "data" / "plain_page.py")
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless", "true"]
    with hostile.canary() as (address, heard):
        monkeypatch.setenv("CANARY", address)
        with server.started(command, ROOT, tmp_path / "log.txt", port_option="--server.port") as at:
            page = reader.new_page()
            page.goto(at)
            texts = hostile.texts(address)
            expect(page.locator(f".st-key-text_{len(texts) - 1} strong").last).to_be_visible()
            for number, text in enumerate(texts):
                said = " ".join(text.split())
                box = page.locator(f".st-key-text_{number}")
                # A button has its words twice: once to be measured.
                assert {*box.locator("p").all_text_contents()} == {said, f"{said} · {said}"}, text
                assert box.locator(ACTING).count() == 0, text
            assert page.evaluate("window.hit") is None
            page.close()
        assert heard == []
