"""What a release is made of: a bill of materials (CycloneDX) and the licences of all packages: ``make bill``.

Both are of a fresh environment that holds the built package and what it needs, and nothing of its tests.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

ALLOWED = (
    "MIT", "BSD", "0BSD", "Apache", "ISC", "PSF", "Python Software Foundation", "Mozilla Public License 2.0", "MPL-2.0",
    "HPND", "Unlicense", "(same as Leaflet)",
)  # fmt: skip
"""What a licence's name must hold: these may be passed on with the package. Leaflet's own is BSD-2-Clause."""


def environment(wheel: Path, folder: Path) -> Path:
    """The Python of a new environment with the package in it, at the versions of ``constraints.txt``."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "-c", str(ROOT / "constraints.txt"), str(wheel)], check=True)
    subprocess.run([str(python), "-m", "pip", "uninstall", "--quiet", "--yes", "pip", "setuptools"], check=True)
    return python


def write(python: Path, target: Path) -> list[Path]:
    """Writes both files into a folder. Raises `subprocess.CalledProcessError` where a licence is none of `ALLOWED`."""
    programs = Path(sys.executable).parent
    bill, licences = target / "bill.cdx.json", target / "licences.md"
    subprocess.run(
        [programs / "cyclonedx-py", "environment", "--output-reproducible", "--of", "JSON", "-o", bill, python],
        check=True,
    )
    subprocess.run(
        [programs / "pip-licenses", f"--python={python}", "--from=mixed", "--with-urls", "--format=markdown",
         "--partial-match", f"--allow-only={';'.join(ALLOWED)}", f"--output-file={licences}"],
        check=True,
    )  # fmt: skip
    return [bill, licences]


def built(target: Path) -> Path:
    """Builds wheel and source package of what is committed, and of nothing else, into a folder; returns the wheel."""
    with tempfile.TemporaryDirectory(prefix="attest-source-") as name:
        source = Path(name)
        committed = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", str(source)], input=committed, check=True)
        build = [sys.executable, "-m", "build", "--no-isolation", "--sdist", "--wheel", "--outdir", str(target)]
        subprocess.run([*build, str(source)], check=True, stdout=subprocess.DEVNULL)
    [wheel] = target.glob("*.whl")
    return wheel


def main() -> None:
    target = ROOT / "build"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="attest-bill-") as name:
        folder = Path(name)
        for path in write(environment(built(folder), folder / "environment"), target):
            print(f"Written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
