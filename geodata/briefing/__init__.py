"""Files for authors: a map to print, and pages of incidents. Every mark has a number that leads to who claims it."""

from geodata.briefing.incidents import Briefing
from geodata.briefing.picture import pages
from geodata.briefing.print import Print
from geodata.briefing.wording import caption
from geodata.formats import BRIEFINGS, PICTURES, SHAPES, Unprintable

__all__ = ["BRIEFINGS", "PICTURES", "SHAPES", "Briefing", "Print", "Unprintable", "caption", "pages"]
