"""Texts on a sheet: set word by word, and seen as if they were set in one go."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from matplotlib.textpath import TextPath

from geodata.briefing.lettering import font_of, measure
from geodata.briefing.sheet import Sheet, drawing, painted, save

TEXT = "One of two – no axe, no ore (Noise) · Marağa / Maragha + 2 places"
SIZE = 6.5


def _ink(text: str, *, style: str = "regular", upright: bool = False, y: float = 50.25) -> npt.NDArray[np.bool_]:
    """Where a sheet of 300 by 300 points has ink at 300 dots an inch, the text beginning at 20 and ``y`` points."""
    with drawing():
        sheet = Sheet(300, 300)
        sheet.text(20, y, text, SIZE, style=style, colour="#000000", upright=upright)
        return painted(sheet)[..., 0] < 128


@pytest.mark.parametrize("style", ["regular", "bold", "italic"])
def test_a_text_is_as_wide_as_its_outline(style: str) -> None:
    """But for what stands free before the first letter and after the last."""
    outline = TextPath((0, 0), f"H{TEXT}H", prop=font_of(style, SIZE)).get_extents().width
    stems = TextPath((0, 0), "HH", prop=font_of(style, SIZE)).get_extents().width
    assert measure(TEXT, SIZE, style) == pytest.approx(outline - stems, rel=0.002)


@pytest.mark.parametrize("y", [50.0, 50.07, 50.13, 50.19])
def test_all_words_of_a_line_stand_on_one_base_line(y: float) -> None:
    """Round feet reach a little below it, by less than half of a pixel."""
    rows = {
        word: np.flatnonzero(_ink(f"{word} H", y=y)[:, :95].any(axis=1))[-1] for word in ("on", "H", "axe", "1", "ff")
    }
    assert len({*rows.values()}) == 1, rows
    assert np.flatnonzero(_ink("H", y=y).any(axis=1))[-1] == round((300 - y) / 72 * 300) - 1


def test_a_line_has_its_ink_where_its_outline_is() -> None:
    across = np.flatnonzero(_ink(TEXT).any(axis=0)) / 300 * 72
    extents = TextPath((20, 50), TEXT, prop=font_of("regular", SIZE)).get_extents()
    assert across[0] == pytest.approx(extents.x0, abs=0.5)
    assert across[-1] == pytest.approx(extents.x1, abs=0.7)


def test_a_text_that_runs_upwards_is_the_same_text_turned() -> None:
    along, up = _ink(TEXT), _ink(TEXT, upright=True)

    def trimmed(ink: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]

    turned, upright = np.rot90(trimmed(along)), trimmed(up)
    assert abs(turned.shape[0] - upright.shape[0]) <= 1
    assert abs(turned.shape[1] - upright.shape[1]) <= 1
    assert upright.sum() == pytest.approx(turned.sum(), rel=0.02)


def test_words_of_a_text_from_right_to_left_keep_their_order() -> None:
    """The first word, which is the longer one, stands at the right."""
    filled = _ink("\u05d0\u05d0\u05d0\u05d0\u05d0\u05d0\u05d0\u05d0 \u05d0").any(axis=0)
    inked = np.flatnonzero(filled)
    gaps = np.diff(inked)
    assert gaps.argmax() < len(gaps) / 3


@pytest.mark.parametrize("text", ["\u00a0", "\u2003", "\u200b", "\u2060", "\u00a0 \u200b"])
@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_a_text_without_ink_is_drawn_as_nothing(text: str, form: str) -> None:
    with drawing():
        sheet = Sheet(100, 50)
        sheet.text(20, 20, text, SIZE, halo=1)
        assert save([sheet], form, title="", made_by="")
