"""What a release is checked for, and that the sums of all packages are those of the versions that were tested."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.server import ROOT
from tools import bill, release

CHANGELOG = """# Changelog

## Unreleased

## 1.2.0 - 2026-11-30

### Added
- A thing.

## 1.1.0 - 2026-10-01
- An older thing.
"""


def versions(path: Path) -> dict[str, str]:
    lines = re.findall(r"^([\w.-]+)==([^ \\\n]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in lines}


def test_the_lock_has_the_tested_versions_and_a_sum_for_each() -> None:
    tested, locked = versions(ROOT / "constraints.txt"), versions(ROOT / "locked.txt")
    assert locked == {name: tested[name] for name in locked}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = (one for name, some in project["optional-dependencies"].items() if name != "geonames" for one in some)
    named = {re.split(r"[\[<>=]", one)[0].lower() for one in (*project["dependencies"], *extras)}
    assert named - locked.keys() == set(), "run make lock"
    text = (ROOT / "locked.txt").read_text(encoding="utf-8")
    assert all("--hash=sha256:" in entry for entry in re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:])
    assert "://" not in text, "no host of a registry"


def test_the_entry_of_a_version_is_what_stands_below_its_dated_heading() -> None:
    assert release.entry(CHANGELOG, "1.2.0") == "### Added\n- A thing."
    assert release.entry(CHANGELOG, "1.1.0") == "- An older thing."
    assert release.entry(CHANGELOG, "1.3.0") == ""
    assert release.entry("## 1.3.0\n- No date.\n", "1.3.0") == ""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a changelog, committed."""
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    monkeypatch.setattr(release, "ROOT", tmp_path)
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "first"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


@pytest.mark.usefixtures("checkout")
def test_a_clean_checkout_with_an_entry_can_be_released() -> None:
    assert release.faults("1.2.0") == []


def test_each_reason_against_a_release_is_told(checkout: Path) -> None:
    subprocess.run(["git", "tag", "v1.3.0"], cwd=checkout, check=True)
    lines = CHANGELOG.replace("## Unreleased\n", "## Unreleased\n- Not yet told.\n")
    (checkout / "CHANGELOG.md").write_text(lines, encoding="utf-8")
    told = "\n".join(release.faults("1.3.0"))
    for reason in ("not committed", "v1.3.0 is released", "has no entry `## 1.3.0", "lines under `## Unreleased`"):
        assert reason in told


def test_licences_that_ask_for_more_than_a_notice_are_not_allowed() -> None:
    for licence in ("GPL-3.0-only", "GNU Affero General Public License v3", "SSPL-1.0", "Proprietary", "UNKNOWN"):
        assert not any(allowed in licence for allowed in bill.ALLOWED), licence
