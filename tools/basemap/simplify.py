"""Lines with fewer points (Visvalingam and Whyatt's method), in degrees, longitude first."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable

DECIMALS = 3
"""Decimals kept of every coordinate, in degrees."""

Point = tuple[float, float]
Tolerance = Callable[[float, float], float]


def unroll(points: Iterable[Point]) -> list[Point]:
    """Add multiples of 360 degrees to longitudes so that no step of the line is longer than 180 degrees."""
    out: list[Point] = []
    shift = 0.0
    for lon, lat in points:
        if out:
            step = lon + shift - out[-1][0]
            if step > 180.0:
                shift -= 360.0
            elif step < -180.0:
                shift += 360.0
        out.append((lon + shift, lat))
    return out


def triangle(a: Point, b: Point, c: Point) -> float:
    """Area of a triangle in square degrees of latitude (longitudes shrunk by the cosine of b's latitude)."""
    twice = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
    return abs(twice) * 0.5 * math.cos(math.radians(b[1]))


class Crowd:
    """The points that are still there, kept by grid cell, to find out whether a triangle has any other point in it."""

    CELL = 0.5

    def __init__(self, points: Iterable[Point] = ()) -> None:
        """Gather the points."""
        self.cells: dict[tuple[int, int], set[Point]] = {}
        for point in points:
            self.cells.setdefault(self.cell(point), set()).add(point)

    def cell(self, point: Point) -> tuple[int, int]:
        """Return the grid cell that a point is in."""
        return math.floor(point[0] / self.CELL), math.floor(point[1] / self.CELL)

    def remove(self, point: Point) -> None:
        """Take a point out."""
        self.cells[self.cell(point)].discard(point)

    def within(self, a: Point, b: Point, c: Point) -> bool:
        """Tell whether the triangle, its edges included, has a point in it that is not one of its corners."""
        low = self.cell((min(a[0], b[0], c[0]), min(a[1], b[1], c[1])))
        high = self.cell((max(a[0], b[0], c[0]), max(a[1], b[1], c[1])))
        for column in range(low[0], high[0] + 1):
            for row in range(low[1], high[1] + 1):
                for p in self.cells.get((column, row), ()):
                    if p in (a, b, c):
                        continue
                    turns = [
                        (v[0] - u[0]) * (p[1] - u[1]) - (v[1] - u[1]) * (p[0] - u[0])
                        for u, v in ((a, b), (b, c), (c, a))
                    ]
                    if min(turns) >= 0.0 or max(turns) <= 0.0:
                        return True
        return False


def simplify(points: list[Point], tolerance: Tolerance, crowd: Crowd | None = None) -> list[Point]:
    """Simplify a line with Visvalingam and Whyatt's method; both ends stay.

    The point whose triangle with its neighbours is smallest goes first, until each triangle left is at least half
    the square of the tolerance at its point. A closed line keeps four points and an open one three, so that no
    ring falls in on itself. A point stays if its triangle holds another point of the crowd, so that lines which did
    not cross before don't cross after. Equal triangles are removed in the order of the line.
    """
    count = len(points)
    floor = 4 if points[0] == points[-1] else 3
    if count <= floor:
        return points
    before = list(range(-1, count - 1))
    after = list(range(1, count + 1))
    weight = [0.0] * count

    def measure(i: int) -> float:
        limit = tolerance(*points[i])
        return triangle(points[before[i]], points[i], points[after[i]]) / (0.5 * limit * limit)

    heap: list[tuple[float, int]] = []
    for i in range(1, count - 1):
        weight[i] = measure(i)
        heap.append((weight[i], i))
    heapq.heapify(heap)
    gone = [False] * count
    left = count
    while heap and left > floor:
        value, i = heapq.heappop(heap)
        if gone[i] or value != weight[i]:
            continue
        if value >= 1.0:
            break
        if crowd is not None:
            if crowd.within(points[before[i]], points[i], points[after[i]]):
                continue
            crowd.remove(points[i])
        gone[i] = True
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if 0 < j < count - 1:
                weight[j] = max(value, measure(j))
                heapq.heappush(heap, (weight[j], j))
    return [point for i, point in enumerate(points) if not gone[i]]


def rounded(points: Iterable[Point]) -> list[Point]:
    """Round the points and leave out any that repeats the one before."""
    out: list[Point] = []
    for lon, lat in points:
        point = (round(lon, DECIMALS) + 0.0, round(lat, DECIMALS) + 0.0)
        if not out or out[-1] != point:
            out.append(point)
    return out
