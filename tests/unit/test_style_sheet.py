"""The style sheet of the dashboard's page: what it asks of the browser at each answer."""

from __future__ import annotations

import re

from dashboard.parts import passage, style


def test_no_rule_asks_for_a_part_of_a_class() -> None:
    """With one such rule, a browser styles all that is inside each element whose class changes, and at each answer
    Streamlit changes the class of each list of filters: twice 6 ms instead of 2 and 3.
    """
    assert not re.findall(r"\[class[^\]]*\]", style.text("style.css"))


def test_the_text_of_each_passage_is_hidden() -> None:
    hidden = re.search(r"(.*) \[data-testid=\"stText\"\] \{ display: none; \}", style.text("style.css"))
    assert hidden
    assert set(re.findall(r"\.st-key-passage_(\w+)", hidden[1])) == {*passage.KEYS}
