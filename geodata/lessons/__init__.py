"""Lessons: views of the map in order, with words and questions for a class, as text files that a teacher can edit."""

from __future__ import annotations

from geodata.lessons.check import check, counted
from geodata.lessons.model import Camera, Filters, Lesson, Step, Window
from geodata.lessons.text import parse, read, read_all, write

__all__ = ["Camera", "Filters", "Lesson", "Step", "Window", "check", "counted", "parse", "read", "read_all", "write"]
