"""What a page shows as HTML: its parts of HTML, and the pieces of its passages."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest


def shown(app: AppTest) -> list[str]:
    """The HTML of each, its style sheet left out."""
    parts = [part.proto.body for part in app.get("html") if not part.proto.body.startswith("<style>")]
    passages = [part.proto for part in app.get("bidi_component") if part.proto.component_name == "attest_passage"]
    return [*parts, *(piece for passage in passages for piece in json.loads(passage.json)["pieces"])]
