"""Lessons: views of the map in order, with words and questions for a class, as text files that a teacher can edit."""

from geodata.formats import LESSONS
from geodata.lessons.check import check, counted
from geodata.lessons.draft import Draft
from geodata.lessons.model import Camera, Filters, Lesson, Step, Window
from geodata.lessons.text import parse, read, read_all, write

__all__ = [
    "LESSONS",
    "Camera",
    "Draft",
    "Filters",
    "Lesson",
    "Step",
    "Window",
    "check",
    "counted",
    "parse",
    "read",
    "read_all",
    "write",
]
