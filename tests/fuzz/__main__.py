"""Runs mutated tables and prints what became of them: ``python -m tests.fuzz --cases 10000 --seed 1``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

from tests.fuzz.files import KINDS
from tests.fuzz.trial import WRONG, Result, run

ROW = "{:16}" + " {:>14}" * 7


def table(results: list[Result]) -> str:
    """What became of the cases of each kind."""
    counted: dict[str, Counter[str]] = {}
    for one in results:
        for kind in (one.kind, "all"):
            told = counted.setdefault(kind, Counter())
            told["cases"] += 1
            told[one.outcome] += 1
            told["without a line"] += one.outcome == "refused" and not one.is_placed
    columns = ("cases", "opened", "refused", "without a line", *WRONG)
    lines = [ROW.format("kind", *columns)]
    lines += [
        ROW.format(kind, *(told[column] for column in columns))
        for kind in (*KINDS, "all")
        if (told := counted.get(kind))
    ]
    return "\n".join(lines)


def main() -> int:
    """Runs the cases; 1 where one is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one case, by its number")
    parser.add_argument("--kinds", nargs="+", choices=[*KINDS], default=[*KINDS])
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir(), "attest-fuzz"))
    options = parser.parse_args()
    numbers = range(options.cases) if options.only is None else [options.only]
    results = []
    # Ctrl+C ends the run, and what was tried till then is told.
    with suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="attest-fuzz-") as folder:
        for number in numbers:
            results.append(one := run(options.seed, number, Path(folder, "case"), options.kept, options.kinds))
            if one.is_wrong:
                print(f"seed {options.seed}, case {number}, {one.kind}, kept in {options.kept}:\n{one.why}", flush=True)
            if number % 100 == 99:
                print(f"{number + 1:,} cases", file=sys.stderr, flush=True)
    print(table(results))
    return int(any(one.is_wrong for one in results))


if __name__ == "__main__":
    sys.exit(main())
