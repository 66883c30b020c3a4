"""What is shown, to take away: one format, one file, and no row without who claims it and where it stands."""

from geodata.formats import EXPORTS

__all__ = ["EXPORTS"]
