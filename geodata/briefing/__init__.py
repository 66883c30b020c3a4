"""What an author takes away: a map to print and pages of incidents, on which every mark says who says so."""

from geodata.briefing.incidents import Briefing
from geodata.briefing.picture import pages
from geodata.briefing.view import View
from geodata.briefing.wording import caption
from geodata.formats import BRIEFINGS, PICTURES, SHAPES, Unprintable

__all__ = ["BRIEFINGS", "PICTURES", "SHAPES", "Briefing", "Unprintable", "View", "caption", "pages"]
