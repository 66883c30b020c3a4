"""The folium element that carries the time map: a page of its own that asks nothing of the network."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

import folium
import pyarrow as pa
from jinja2 import Template

from geodata import timemap
from geodata.model.names import LABEL
from geodata.timemap import fonts


class TimeMap(folium.Map):
    """A ``folium.Map`` whose page holds Leaflet, the script, the data and the base map as text.

    folium layers may be added to it as to any other map: its name stands for the Leaflet map in the page's script.
    ``columns`` are those of ``geodata.timemap.marks.columns``; ``fixed`` is what ``timemap.js`` needs beside them;
    ``namings`` the ways to name places, in words; ``renamed`` by way the cards that it makes other than in ``cards``;
    ``lesson`` the steps that ``lesson.js`` leads through; ``name`` what stands before and behind the days in the name
    of a picture that is taken away. Every text is escaped here or set as text by the script, so that nothing of a
    table acts as HTML.
    """

    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []
    _template = Template("""
        {% macro header(this, kwargs) %}
            <title>{{ this.title | e }}</title>
            <style>{{ this.style }}</style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <main class="attest{{ ' attest-taught' if this.is_lesson }}">
              <h1>{{ this.title | e }}</h1>
              {% for line in this.said %}<p>{{ line | e }}</p>{% endfor %}
              <section class="attest-lesson" aria-label="Lesson"></section>
              <div class="tm" id="{{ this.get_name() }}"></div>
              <section>
                <h2>Sources</h2>
                <ol>{% for source in this.sources %}<li>{{ source | e }}</li>{% endfor %}</ol>
              </section>
              <footer>{{ this.colophon | e }}</footer>
            </main>
            <script type="application/json" id="attest-data">{{ this.data }}</script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            {{ this.leaflet }}
            {{ this.code }}
            const {{ this.get_name() }} = openFile(document.getElementById("{{ this.get_name() }}")).map;
        {% endmacro %}
    """)

    def __init__(
        self,
        *,
        title: str,
        said: Sequence[str],
        sources: Sequence[str],
        colophon: str,
        columns: pa.Table,
        fixed: dict[str, Any],
        cards: Sequence[dict[str, Any]],
        renamed: Mapping[str, Sequence[dict[str, Any]]],
        window: tuple[str, str] | None = None,
        surely: bool = False,
        naming: str = LABEL,
        namings: Mapping[str, str],
        name: tuple[str, str],
        lesson: Sequence[dict[str, Any]] = (),
    ) -> None:
        super().__init__(tiles=None)
        self.title, self.said, self.sources, self.colophon = title, said, sources, colophon
        self.style = timemap.style() + timemap.text("file.css")
        self.leaflet, self.code = timemap.leaflet_script(), timemap.joined("file_host")
        kinds = {field.name: timemap.ARRAYS[str(field.type)] for field in columns.schema}
        arrays = {name: [kind, _base64(columns[name])] for name, kind in kinds.items()}
        data: dict[str, Any] = {
            "columns": arrays,
            "fixed": fixed,
            "cards": list(cards),
            "renamed": {naming: list(others) for naming, others in renamed.items()},
            "naming": naming,
            "namings": dict(namings),
            "name": name,
        }
        data |= {"window": window, "surely": surely, "lesson": list(lesson)}
        self.is_lesson = bool(lesson)
        # Inside a script element only "<" could end it, in whatever text it stands.
        self.data = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        self.style += fonts.face_for("".join((self.data, title, *said, *sources)))


def _base64(column: pa.ChunkedArray) -> str:
    return base64.b64encode(column.combine_chunks().to_numpy().tobytes()).decode()
