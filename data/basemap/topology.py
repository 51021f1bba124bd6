"""Shared borders stored once: polygons that touch -> arcs, and each arc's two sides.

The format is TopoJSON's (github.com/topojson/topojson-specification): quantised, delta-encoded arcs; a ring is a list
of arc numbers, ``~n`` meaning arc ``n`` read backwards. Only is an arc one list (x, y, x, y, ...): of the world a
browser makes 16,000 lists then and not 430,000, in a fifth of the time.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np
import shapely

Point = tuple[int, int]
Ring = list[Point]


@dataclass(slots=True)
class Topology:
    """Arcs (integer points, in units of `step` degrees), the rings of every unit, and the units beside every arc."""

    step: float
    arcs: list[list[Point]] = field(default_factory=list)
    rings: dict[int, list[list[list[int]]]] = field(default_factory=dict)
    sides: list[list[int]] = field(default_factory=list)

    def line(self, number: int) -> shapely.LineString:
        """Give an arc in degrees."""
        return shapely.LineString(np.asarray(self.arcs[number], float) * self.step)

    def encoded_arcs(self) -> list[list[int]]:
        """Give the arcs with every point but the first relative to the one before it."""
        encoded = []
        for arc in self.arcs:
            points = np.asarray(arc)
            points[1:] = np.diff(np.asarray(arc), axis=0)
            encoded.append(points.ravel().tolist())
        return encoded


def _integer_ring(coordinates: np.ndarray, step: float) -> Ring:
    """Give a closed ring on the grid without repeated points; empty where it collapses."""
    grid = np.round(coordinates / step).astype(int)
    keep = np.ones(len(grid), bool)
    keep[1:] = (np.diff(grid, axis=0) != 0).any(axis=1)
    ring = [(int(x), int(y)) for x, y in grid[keep]]
    return ring if len(ring) >= 4 and ring[0] == ring[-1] else []


def build(polygons: list[shapely.Geometry], *, step: float) -> Topology:
    """Cut the borders of a coverage into arcs.

    Parameters
    ----------
    polygons : list of Polygon or MultiPolygon
        Units that share their common borders vertex by vertex.
    step : float
        Size of the grid, in degrees.
    """
    unit_rings: list[tuple[int, int, Ring]] = []
    part_number = 0
    for unit, geometry in enumerate(polygons):
        for part in shapely.get_parts(geometry):
            rings = [_integer_ring(shapely.get_coordinates(ring), step) for ring in [part.exterior, *part.interiors]]
            if rings[0]:
                unit_rings += [(unit, part_number, ring) for ring in rings if ring]
                part_number += 1

    neighbours: dict[Point, set[Point]] = {}
    for _, _, ring in unit_rings:
        for before, after in itertools.pairwise(ring):
            neighbours.setdefault(before, set()).add(after)
            neighbours.setdefault(after, set()).add(before)
    nodes = {point for point, near in neighbours.items() if len(near) != 2}

    topology = Topology(step)
    known: dict[tuple[Point, ...], int] = {}
    last_part: dict[int, int] = {}
    for unit, part, ring in unit_rings:
        numbers = [_arc_number(topology, known, piece, unit) for piece in _cut(ring, nodes)]
        parts = topology.rings.setdefault(unit, [])
        if last_part.get(unit) == part:
            parts[-1].append(numbers)
        else:
            parts.append([numbers])
        last_part[unit] = part
    return topology


def _cut(ring: Ring, nodes: set[Point]) -> list[list[Point]]:
    """Cut a closed ring at the nodes; one without a node starts at its smallest point, so that twins agree."""
    cuts = [number for number, point in enumerate(ring[:-1]) if point in nodes]
    if not cuts:
        cuts = [min(range(len(ring) - 1), key=lambda number: ring[number])]
    turned = ring[cuts[0] : -1] + ring[: cuts[0] + 1]
    ends = [number - cuts[0] for number in cuts] + [len(turned) - 1]
    return [turned[start : stop + 1] for start, stop in itertools.pairwise(ends)]


def _arc_number(topology: Topology, known: dict[tuple[Point, ...], int], piece: list[Point], unit: int) -> int:
    forward, backward = tuple(piece), tuple(reversed(piece))
    if forward in known:
        number, result = known[forward], known[forward]
    elif backward in known:
        number = known[backward]
        result = ~number
    else:
        number = result = known[forward] = len(topology.arcs)
        topology.arcs.append(piece)
        topology.sides.append([])
    topology.sides[number].append(unit)
    return result
