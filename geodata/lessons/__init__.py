"""Lessons: views of the map in order, with words and questions for a class, as text files that a teacher can edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from geodata.lessons.check import check, counted
from geodata.lessons.handout import to_pdf
from geodata.lessons.model import Camera, Filters, Lesson, Step, Window
from geodata.lessons.page import to_html
from geodata.lessons.text import parse, read, read_all, write
from geodata.store.dataset import Dataset

WRITERS: Mapping[str, Callable[[Dataset, Lesson], bytes]] = {
    "html": to_html,
    "pdf": to_pdf,
    "md": lambda _, lesson: write(lesson).encode(),
}
"""Ways to take a lesson away, by file ending."""

__all__ = [
    "WRITERS",
    "Camera",
    "Filters",
    "Lesson",
    "Step",
    "Window",
    "check",
    "counted",
    "parse",
    "read",
    "read_all",
    "to_html",
    "to_pdf",
    "write",
]
