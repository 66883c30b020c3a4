"""The selected reports as files: a module for each format, and no row without who claims it and in which document."""

from geodata.formats import EXPORTS

__all__ = ["EXPORTS"]
