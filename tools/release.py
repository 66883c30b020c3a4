"""A release: wheel and source package with their sums, bill of materials, licences, and the tag: ``make release``.

The version is that of `geodata`, and the changelog must have its entry. Nothing leaves this machine: the last line says
how to send the tag.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from geodata import __version__
from tools import bill

ROOT = bill.ROOT


def entry(changelog: str, version: str) -> str:
    """What the changelog says of a version, without its heading; blank where there is no dated entry."""
    heading = rf"^## {re.escape(version)} [-–] \d{{4}}-\d{{2}}-\d{{2}}$"
    found = re.search(rf"{heading}\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def faults(version: str) -> list[str]:
    """Why this version cannot be released from the checkout as it stands."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    unreleased = re.search(r"^## Unreleased\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    found = []
    if _git("status", "--porcelain"):
        found.append("there are changes that are not committed; commit or stash them")
    if _git("tag", "--list", f"v{version}"):
        found.append(f"v{version} is released; raise __version__ in geodata/__init__.py")
    if not entry(changelog, version):
        found.append(f"CHANGELOG.md has no entry `## {version} - YYYY-MM-DD`; write one")
    if unreleased and unreleased[1].strip():
        found.append("CHANGELOG.md has lines under `## Unreleased`; they belong to this release or to none")
    return found


def main() -> None:
    if found := faults(__version__):
        sys.exit("\n".join(f"release: {fault}" for fault in found))
    target = ROOT / "dist" / __version__
    shutil.rmtree(target, ignore_errors=True)  # of a release that was broken off
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="attest-release-") as environment:
        bill.write(bill.environment(bill.built(target), Path(environment)), target)
    files = sorted(path for path in target.iterdir() if path.name != "SHA256SUMS")
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (target / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    told = entry((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), __version__)
    # Whole lines that begin with # are headings of the changelog, and not comments for git to drop.
    _git("tag", "--annotate", "--cleanup=whitespace", f"v{__version__}", "-m", f"Attest {__version__}\n\n{told}")
    print(f"dist/{__version__}/ holds " + ", ".join([*(path.name for path in files), "SHA256SUMS"]))
    print(f"Tagged v{__version__}. To publish it: git push origin v{__version__}")


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
