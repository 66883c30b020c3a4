"""What an author takes away: a map to print and pages of incidents, on which every mark says who says so."""

from geodata.briefing.incidents import Briefing
from geodata.briefing.picture import pages
from geodata.briefing.print import Print
from geodata.briefing.wording import caption
from geodata.formats import BRIEFINGS, PICTURES, SHAPES, Unprintable

__all__ = ["BRIEFINGS", "PICTURES", "SHAPES", "Briefing", "Print", "Unprintable", "caption", "pages"]
