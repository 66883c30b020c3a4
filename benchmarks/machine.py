"""What the figures were taken on: the machine, the browser, the packages."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser

OURS = ("streamlit", "duckdb", "ibis-framework", "pyarrow", "pandas", "xstatic-leaflet", "playwright")


def facts(browser: Browser) -> dict[str, str]:
    """Plain lines for the head of the results."""
    return {
        "Date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.1f} GiB",
        "System": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "Browser": f"Chromium {browser.version}, headless, software rendering, names outside localhost blocked",
        "Commit": _commit(),
        "Attest's packages": ", ".join(f"{name} {version(name)}" for name in OURS),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _commit() -> str:
    try:
        where = Path(__file__).parent
        commit = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=where, capture_output=True, text=True, check=False
        )
        changed = subprocess.run(
            ["git", "status", "--porcelain"], cwd=where, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return "unknown"
    if commit.returncode:
        return "unknown"
    return commit.stdout.strip() + (" with uncommitted changes" if changed.stdout.strip() else "")
