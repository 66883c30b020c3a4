"""What a page shows as HTML: its parts of HTML, and the pieces of its passages."""

from __future__ import annotations

import json
import re
from html import unescape

from streamlit.testing.v1 import AppTest


def shown(app: AppTest) -> list[str]:
    """The HTML of each, its style sheet left out."""
    parts = [part.proto.body for part in app.get("html") if not part.proto.body.startswith("<style>")]
    passages = (said.value for said in app.text if said.value.startswith("["))
    return [*parts, *(piece for passage in passages for piece in json.loads(passage))]


def rows(app: AppTest, head: str) -> list[dict[str, str]]:
    """The rows of the tables of which the first column is called so: words by head."""
    found = []
    for table in shown(app):
        heads = [_words(cell) for cell in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table)]
        if heads and heads[0] == head:
            lines = re.findall("<tr>(.*?)</tr>", table.partition("<tbody>")[2])
            cells = ([_words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)] for line in lines)
            found += [dict(zip(heads, each, strict=True)) for each in cells]
    return found


def _words(html: str) -> str:
    return unescape(re.sub("<[^>]+>", " ", html)).strip()
