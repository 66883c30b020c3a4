"""Layers of a case for the map: what is listed of each, its shapes and pictures as the browser reads them."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from PIL import Image

from geodata.model.dates import OPEN_END, OPEN_START
from geodata.model.layers import look
from geodata.store.dataset import Dataset
from geodata.store.layers.layer import Feature, Layer, Picture

DECIMALS = 5
"""Of a degree, a metre on the ground."""

MOST_EMBEDDED = 5_000_000
"""Bytes of all layers in a saved map, as the text in which they stand there."""

EPOCH = date(1970, 1, 1)


def listed(dataset: Dataset) -> list[dict[str, Any]]:
    """What the map says of each layer, without its content: ``LayerInfo`` of ``types.d.ts``."""
    return [_info(layer) for layer in dataset.layers]


def _info(layer: Layer) -> dict[str, Any]:
    record, (colour, dash) = layer.record, look(layer.number)
    return {
        "number": layer.number,
        "title": record.title,
        "source": record.source,
        "terms": record.terms,
        "credit": record.credit,
        "span": record.spoken_span,
        "first": _day(record.span.first, OPEN_START),
        "last": _day(record.span.last, OPEN_END),
        "kind": layer.kind,
        "colour": colour,
        "dash": list(dash),
        "edges": list(layer.picture.edges) if layer.picture else None,
        "notes": list(layer.limits),
    }


def content(layer: Layer) -> tuple[bytes, str]:
    """What is drawn of a layer, as it is fetched: its bytes and their media type."""
    if layer.picture:
        return layer.picture.content, "image/webp"
    return _compact(features(layer.features)), "application/json"


def embedded(dataset: Dataset) -> list[dict[str, Any]]:
    """The list with the content of each layer, for a saved map.

    A picture is made smaller until it fits; a layer that does not fit is listed with a note and not drawn.
    """
    shown, room = [], MOST_EMBEDDED
    for at, layer in enumerate(dataset.layers):
        share = room // (len(dataset.layers) - at)
        info = _info(layer)
        if layer.picture:
            held = _smaller(layer.picture, share * 3 // 4)
            if held is not layer.picture.content:
                info["notes"].append("The picture is smaller in this file.")
            info["content"] = "data:image/webp;base64," + base64.b64encode(held).decode()
            room -= len(info["content"])
        else:
            drawn = features(layer.features)
            size = len(_compact(drawn))
            if size > room:
                info["notes"].append(f"Not in this file: it holds {MOST_EMBEDDED // 1_000_000} MB of layers.")
                drawn, size = [], 0
            info["content"] = drawn
            room -= size
        shown.append(info)
    return shown


def features(drawn: Sequence[Feature]) -> list[dict[str, Any]]:
    """Features as ``LayerFeature`` of ``types.d.ts``: numbers are longitude and latitude in turn, in degrees."""
    return [
        {
            "name": one.name,
            "first": _day(one.first, OPEN_START),
            "last": _day(one.last, OPEN_END),
            "points": [number for part in _parts(one.geometry, "Point") for number in _numbers(part)],
            "lines": [_numbers(part) for part in _parts(one.geometry, "LineString")],
            "rings": [_numbers(ring) for part in _parts(one.geometry, "Polygon")
                      for ring in (part.exterior, *part.interiors)],
        }
        for one in drawn
    ]  # fmt: skip


def _parts(geometry: Any, kind: str) -> list[Any]:
    """The parts of one kind of a geometry, however deep they stand in it."""
    kinds = ("LineString", "LinearRing") if kind == "LineString" else (kind,)
    found, stack = [], [geometry]
    while stack:
        part = stack.pop()
        if hasattr(part, "geoms"):
            stack += reversed(part.geoms)
        elif part.geom_type in kinds and not part.is_empty:
            found.append(part)
    return found


def _numbers(line: Any) -> list[float]:
    numbers: list[float] = np.round(np.asarray(line.coords)[:, :2], DECIMALS).ravel().tolist()
    return numbers


def _day(day: date, opening: date) -> int | None:
    """A day as the map counts it, from 1970; ``None`` for an open end."""
    return None if day == opening else (day - EPOCH).days


def _compact(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _smaller(picture: Picture, most: int) -> bytes:
    """The picture in at most so many bytes, or as small as a thumbnail: halved until it fits."""
    held, side = picture.content, max(picture.width, picture.height)
    while len(held) > most and side > 256:
        side //= 2
        with Image.open(io.BytesIO(picture.content)) as image:
            image.thumbnail((side, side))
            smaller = io.BytesIO()
            image.save(smaller, "WEBP", quality=80, method=2)
        held = smaller.getvalue()
    return held
