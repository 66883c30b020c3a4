"""What an author takes away: a map to print and pages of incidents, on which every mark says who says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from geodata.briefing.incidents import Briefing
from geodata.briefing.pdf import to_pdf
from geodata.briefing.picture import pages
from geodata.briefing.pptx import to_pptx
from geodata.briefing.sheet import FORMATS
from geodata.briefing.text import to_html, to_markdown
from geodata.briefing.view import SHAPES, Unprintable, View
from geodata.briefing.wording import caption

BRIEFINGS: Mapping[str, Callable[[Briefing], bytes]] = {
    "pdf": to_pdf,
    "pptx": to_pptx,
    "md": to_markdown,
    "html": to_html,
}
"""Writers of a briefing's pages by file ending."""

__all__ = ["BRIEFINGS", "FORMATS", "SHAPES", "Briefing", "Unprintable", "View", "caption", "pages"]
