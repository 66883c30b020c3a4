"""``python -m dashboard``: reads the table, then serves the page, so that the first reader does not wait for it."""

from __future__ import annotations

import sys
from pathlib import Path

from streamlit.web import cli

from dashboard.server.settings import settings
from dashboard.state import data


def main() -> None:
    """Takes Streamlit's own options, as in ``python -m dashboard --server.port 8600``."""
    print("Reading the table.", flush=True)
    data.warm()
    ours = [f"--{name}={str(value).lower() if isinstance(value, bool) else value}"
            for name, value in settings(Path.cwd()).items()]  # fmt: skip
    sys.argv = ["streamlit", "run", str(Path(__file__).with_name("server") / "serve.py"), *ours, *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
