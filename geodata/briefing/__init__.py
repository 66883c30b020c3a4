"""What an author takes away: a map to print and pages of incidents, on which every mark says who says so."""

from __future__ import annotations

from geodata.briefing.caption import caption
from geodata.briefing.numbered import TooManyReports
from geodata.briefing.picture import pages
from geodata.briefing.sheet import FORMATS
from geodata.briefing.view import SHAPES, View

__all__ = ["FORMATS", "SHAPES", "TooManyReports", "View", "caption", "pages"]
