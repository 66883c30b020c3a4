"""The printed map and pages: the same input gives the same bytes, in another process and another thread."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from geodata.briefing import BRIEFINGS, PICTURES, Briefing, pages
from geodata.store.dataset import Dataset
from tests.server import ROOT
from tests.unit.printed import INCIDENTS, LINK, MADE, MARAGHA, view

pytestmark = [pytest.mark.slow, pytest.mark.heavy]


PRINT = """
import hashlib, json, sys
from datetime import date
from pathlib import Path
from geodata.briefing import BRIEFINGS, Briefing, Print, pages
from geodata.store.load import load
from geodata.model.selection import Selection
dataset = load(".")
view = Print(dataset, Selection(text="Maragha"), date(2026, 11, 5), link=sys.argv[1])
briefing = Briefing(dataset, tuple(sys.argv[2:]), date(2026, 11, 5))
made = {form: b"".join(pages(view, "column", form)) for form in ("png", "svg", "pdf")}
made["pptx"] = BRIEFINGS["pptx"](briefing)
print(json.dumps({name: hashlib.sha256(content).hexdigest() for name, content in made.items()}))
"""


@pytest.fixture(scope="module", autouse=True)
def elsewhere() -> Iterator[subprocess.Popen[str]]:
    """Another process that prints the same, with another seed and in another time zone; it works beside the tests."""
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", PRINT, LINK, INCIDENTS[0]], cwd=ROOT, env=environment,
                          stdout=subprocess.PIPE, text=True) as process:  # fmt: skip
        yield process


def test_another_process_prints_the_same_bytes(shipped: Dataset, elsewhere: subprocess.Popen[str]) -> None:
    here = {form: b"".join(pages(view(shipped, MARAGHA), "column", form)) for form in PICTURES}
    here["pptx"] = BRIEFINGS["pptx"](Briefing(shipped, INCIDENTS[:1], MADE))
    there = json.loads(elsewhere.communicate()[0])
    assert there == {name: hashlib.sha256(content).hexdigest() for name, content in here.items()}


def test_two_threads_draw_as_one(shipped: Dataset) -> None:
    asked = [(view(shipped, MARAGHA), "column", "svg"), (view(shipped, MARAGHA, naming="hy"), "column", "svg")]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda one: pages(*one), asked))
    assert together == [pages(*one) for one in asked]


def test_a_png_has_300_dots_an_inch_and_the_size_of_its_page(shipped: Dataset) -> None:
    from PIL import Image

    (file,) = pages(view(shipped, MARAGHA), "slide", "png")
    picture = Image.open(io.BytesIO(file))
    assert picture.size == (4000, 2250)
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert picture.info["Title"].startswith("Incidents")
    assert np.asarray(picture.convert("L")).std() > 10, "something is drawn"
