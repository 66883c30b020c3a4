"""The map as a document: one script on Leaflet, its style, and what a host must hand to it. Knows no Streamlit.

The script is written as ES modules and joined into one text here, for a component and a saved file each take one text.
Leaflet comes from the PyPI package ``xstatic-leaflet``.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa
from xstatic.pkg import leaflet

MODULES = (
    "days", "dom", "table", "marks", "raster", "timeline", "lanes", "basemap", "legend", "area", "mapview", "picture",
    "keys", "divider", "timemap",
)  # fmt: skip
"""The modules in an order in which each stands after those it imports."""


@cache
def leaflet_script() -> str:
    """Leaflet's own text (UMD): run in a page it sets ``globalThis.L``."""
    return re.sub(r"//# sourceMappingURL=\S+", "", Path(leaflet.BASE_DIR, "leaflet.js").read_text(encoding="utf-8"))


@cache
def style() -> str:
    """Leaflet's style and the time map's. Leaflet's rules for its images go: no control with an image is used."""
    css = Path(leaflet.BASE_DIR, "leaflet.css").read_text(encoding="utf-8")
    return re.sub(r"[^{}]*\{[^{}]*url\((?!#)[^{}]*\}", "", css) + text("timemap.css")


@cache
def script(host: str, *more: str) -> str:
    """The modules, ``more`` of them and a host's, joined: imports are dropped, and only the host's export stays."""
    names = (*MODULES, *more)
    modules = [re.sub(r"^export (?!default)", "", _without_imports(text(f"{name}.js")), flags=re.M) for name in names]
    return "\n".join([*modules, _without_imports(text(f"{host}.js"))])


ARRAYS = {"float": "Float32Array", "uint16": "Uint16Array", "int32": "Int32Array", "uint8": "Uint8Array"}
"""JavaScript's array for each Arrow type of a column."""


def packed(columns: pa.Table, fixed: dict[str, Any]) -> bytes:
    """What ``table.js`` unpacks: a length (uint32), JSON of that many bytes, and the buffer of each Arrow column.

    The JSON holds ``fixed`` and for each column its array and where its buffer begins. Little-endian; each buffer
    begins at a multiple of eight bytes, so that the browser reads it in place.
    """
    buffers = [columns[name].combine_chunks().to_numpy().tobytes() for name in columns.column_names]
    starts, end = [], 0
    for buffer in buffers:
        starts.append(end)
        end += -(-len(buffer) // 8) * 8
    layout = {field.name: [ARRAYS[str(field.type)], start] for field, start in zip(columns.schema, starts, strict=True)}
    head = json.dumps({"rows": len(columns), "columns": layout, "fixed": fixed}, ensure_ascii=False).encode()
    head += b" " * (-(len(head) + 4) % 8)
    body = b"".join(buffer.ljust(-(-len(buffer) // 8) * 8, b"\0") for buffer in buffers)
    return len(head).to_bytes(4, "little") + head + body


def small_script(host: str) -> str:
    """A host's module that needs none of the others."""
    return text(f"{host}.js")


def _without_imports(text: str) -> str:
    return re.sub(r"^import .*?;\n", "", text, flags=re.M | re.S)


def text(name: str) -> str:
    """A file of this package, as it is."""
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
