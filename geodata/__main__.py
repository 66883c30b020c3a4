"""``python -m geodata`` is the command ``attest``."""

from geodata.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
