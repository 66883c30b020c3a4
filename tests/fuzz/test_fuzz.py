"""No mutated table ends in a traceback, and none loses a row without a word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.fuzz import __main__ as program
from tests.fuzz.files import CHEAP, KINDS
from tests.fuzz.trial import Result, run


def tried(tmp_path: Path, seeds: Sequence[int], cases: int, kinds: tuple[str, ...], carried: float) -> None:
    kept, results, wrong = tmp_path / "kept", list[Result](), list[str]()
    for seed in seeds:
        for number in range(cases):
            one = run(seed, number, tmp_path / "case", kept, kinds, carried=carried)
            results.append(one)
            if one.is_wrong:
                again = f"python -m tests.fuzz --seed {seed} --only {number} --kinds {' '.join(map(repr, kinds))}"
                wrong.append(f"{again}\n{one.why}")
                print(f"\n{wrong[-1]}", flush=True)
        print(f"\nseeds up to {seed}\n{program.table(results)}", flush=True)
    assert not wrong, f"kept in {kept}:\n" + "\n\n".join(wrong)
    if len(results) >= 100:
        outcomes = {one.outcome for one in results}
        assert outcomes == {"opened", "refused"}, "mutations are neither all harmless nor all deadly"


def test_mutated_tables_of_our_own_are_opened_or_refused_by_line(tmp_path: Path) -> None:
    tried(tmp_path, [1], 48, CHEAP, carried=0.05)


def test_mutated_tables_of_others_are_opened_or_refused_and_lose_no_row(tmp_path: Path) -> None:
    tried(tmp_path, [1], 8, ("Parquet", "GeoParquet", "XLSX", "other CSV"), carried=0.5)


@pytest.mark.attack
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in CHEAP])
def test_mutated_tables_of_each_kind_are_opened_or_refused(tmp_path: Path, kind: str) -> None:
    kept = tmp_path / "kept"
    results = [run(3, number, tmp_path / "case", kept, (kind,)) for number in range(15)]
    assert [one.why for one in results if one.is_wrong] == []


@pytest.mark.fuzz
def test_ten_thousand_mutated_tables_of_every_kind(tmp_path: Path) -> None:
    tried(tmp_path, range(1, 11), 1_000, (*KINDS,), carried=0.3)
