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

IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.MULTILINE)
"""The only form in which the modules import each other; the group is the other's name."""

TYPES = re.compile(r"^ */\*\*(?:(?!\*/).)*\*/\n", re.MULTILINE | re.DOTALL)
"""JSDoc on lines of its own: for the type checker, a quarter of the modules, and not shipped."""


STYLES = ("tokens.css", "timemap.css", "timeline.css", "layers.css")
"""Our own style sheets, in their order."""


@cache
def leaflet_script() -> str:
    """Leaflet's own text (UMD): run in a page it sets ``globalThis.L``."""
    return re.sub(r"//# sourceMappingURL=\S+", "", Path(leaflet.BASE_DIR, "leaflet.js").read_text(encoding="utf-8"))


@cache
def style() -> str:
    """Leaflet's style and the time map's. Leaflet's rules for its images go: no control with an image is used."""
    css = Path(leaflet.BASE_DIR, "leaflet.css").read_text(encoding="utf-8")
    return re.sub(r"[^{}]*\{[^{}]*url\((?!#)[^{}]*\}", "", css) + "".join(map(text, STYLES))


@cache
def script(host: str) -> str:
    """A host's module with all that it imports, as one ES module: of the exports only the host's own stay."""
    *others, last = in_order(host)
    return "\n".join([*map(_without_exports, others), _without_imports(last)])


@cache
def joined(*names: str) -> str:
    """Modules with all that they import, as one script without exports: what it declares is seen by what follows."""
    return "\n".join(map(_without_exports, in_order(*names)))


def in_order(*names: str) -> list[str]:
    """These modules and all that they import, each after those it imports itself, each once."""
    found: dict[str, None] = {}

    def find(name: str) -> None:
        if name not in found:
            for other in IMPORT.findall(text(f"{name}.js")):
                find(other)
            found[name] = None

    for name in names:
        find(name)
    return list(found)


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
        end += _padded(len(buffer))
    layout = {field.name: [ARRAYS[str(field.type)], start] for field, start in zip(columns.schema, starts, strict=True)}
    head = json.dumps({"rows": len(columns), "columns": layout, "fixed": fixed}, ensure_ascii=False).encode()
    head = head.ljust(_padded(len(head) + 4) - 4)
    body = b"".join(buffer.ljust(_padded(len(buffer)), b"\0") for buffer in buffers)
    return len(head).to_bytes(4, "little") + head + body


def _padded(size: int) -> int:
    """The next multiple of eight."""
    return (size + 7) // 8 * 8


def _without_imports(name: str) -> str:
    return IMPORT.sub("", TYPES.sub("", text(f"{name}.js")))


def _without_exports(name: str) -> str:
    return re.sub(r"^export ", "", _without_imports(name), flags=re.MULTILINE)


def text(name: str) -> str:
    """A file of this package, as it is."""
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
