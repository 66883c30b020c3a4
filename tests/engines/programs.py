"""The programs of the engines' tests: found, or installed where they can be.

Run as ``python -m tests.engines.programs``.

PostgreSQL is taken from the machine, or from the package ``pgserver`` where that is installed. Spark comes with the
package ``pyspark`` and wants a Java that it runs on.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests import debian

EXTRA = "pip install -e '.[engines]'"
POSTGRESQL = "apt install postgresql (Debian), brew install postgresql (macOS), or pip install pgserver"
JAVA = "apt install openjdk-17-jre-headless (Debian), or brew install openjdk@17 (macOS)"

JAVAS = range(17, 24)
"""The versions of Java that Spark 4.0 runs on: it asks for 17 or newer, and for what Java 24 took out."""

DEBIAN_JAVAS = ("openjdk-17-jre-headless", "openjdk-21-jre-headless")
"""What Debian 12 and Debian 13 call theirs."""


class Absent(Exception):
    """A program that is not here. The message says how to install it."""


def postgresql() -> Path:
    """The folder of PostgreSQL's programs. Raises `Absent`."""
    _need("psycopg")
    for folder in _postgresqls():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Absent(f"PostgreSQL is not here: {POSTGRESQL}")


def java() -> Path:
    """The folder of a Java for Spark, as ``JAVA_HOME`` names it. Raises `Absent`."""
    _need("pyspark")
    for home in _javas():
        if _version(home / "bin" / "java") in JAVAS:
            return home
    raise Absent(f"Java 17 is not here: {JAVA}")


def install() -> None:
    """Installs Debian's packages of what is missing, when root on Debian. Raises `Absent` for what still is."""
    for find, packages in ((postgresql, ("postgresql",)), (java, DEBIAN_JAVAS)):
        try:
            find()
        except Absent:
            if debian.can_install():
                debian.install(*packages)


def _need(package: str) -> None:
    if importlib.util.find_spec(package) is None:
        raise Absent(f"The package {package} is not here: {EXTRA}")


def _postgresqls() -> Iterator[Path]:
    """Where PostgreSQL may be, the newest of several first."""
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    for pattern in ("usr/lib/postgresql/*/bin", "opt/homebrew/opt/postgresql*/bin", "usr/local/opt/postgresql*/bin"):
        yield from sorted(Path("/").glob(pattern), key=_numbers, reverse=True)
    if (package := importlib.util.find_spec("pgserver")) and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"


def _javas() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home)
    if found := shutil.which("java"):
        yield Path(found).resolve().parent.parent
    for pattern in ("usr/lib/jvm/*", "opt/homebrew/opt/openjdk*", "usr/local/opt/openjdk*"):
        yield from sorted(Path("/").glob(pattern))


def _numbers(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(path))]


def _version(program: Path) -> int | None:
    """The first number of a Java's version; ``None`` where the program is not there or, on macOS, only asks for one."""
    if not program.exists():
        return None
    said = subprocess.run([program, "-version"], check=False, capture_output=True, text=True).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else None


if __name__ == "__main__":
    install()
    try:
        print(f"The engines' tests use PostgreSQL from {postgresql()} and Java from {java()}")
    except Absent as absent:
        sys.exit(str(absent))
