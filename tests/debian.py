"""Debian's packages of programs that tests use."""

from __future__ import annotations

import os
import shutil
import subprocess


def can_install() -> bool:
    """Whether this is Debian, or one of its kind, and we are root."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*names: str) -> None:
    """Installs the first of these packages that this release of Debian has. Raises ``CalledProcessError``."""
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    name = next((each for each in names if _is_offered(each)), names[-1])
    print(f"Installing Debian's package {name}.", flush=True)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", name],
        check=True,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.DEVNULL,
    )


def _is_offered(name: str) -> bool:
    found = subprocess.run(["apt-cache", "show", name], check=False, capture_output=True)
    return found.returncode == 0
