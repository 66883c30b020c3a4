"""Attributed incidents in space and time: what the events are. Imports no screen library."""

__version__ = "0.1.0"
