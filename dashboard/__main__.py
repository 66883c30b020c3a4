"""``python -m dashboard``: reads the table, then serves the page, so that the first reader does not wait for it."""

from __future__ import annotations

import sys
from pathlib import Path

from streamlit.web import cli

from dashboard.state import data


def main() -> None:
    """Takes Streamlit's own options, as in ``python -m dashboard --server.port 8600``."""
    print("Reading the table.", flush=True)
    data.warm()
    sys.argv = ["streamlit", "run", str(Path(__file__).with_name("server") / "serve.py"), *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
