"""A function of two variables as a surface in a box: its faces (polygons), clipped to the box, and lines on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.geometry.contours import contour_segments
from engine.geometry.surface_map import SurfaceMap

CELLS = 60
"""The number of cells along each side of the surface."""
HEIGHT = 0.5
"""The height of the box; the longer side of its floor is 1."""
_LAMP = np.array([-0.55, 0.35, 0.76])
"""The direction to the lamp: above the upper left corner of the map, as is usual on relief maps."""

_MOST_PLACES = 3000
"""The approximate maximum number of points into which a path is subdivided."""

Corners = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Relief:
    """The surface of a function between the corners ``low`` and ``high``, as far as its heights lie between ``floor``
    and ``ceiling``.

    ``x`` (W,) and ``y`` (H,) are the coordinates of the grid's columns and rows, ``heights`` (H, W) the values there,
    nan where there is none. All other coordinates are in a box with the origin in its middle, whose floor has the
    longer side 1 and whose height is ``HEIGHT``: ``vertices`` (V, 3), the grid's first, then those that clipping adds.
    ``faces`` are polygons with three to six corners, given by indices of vertices, and ``cells`` (F, 2) the row and
    column of the grid cell of each. ``shades`` (F,) are the map's bytes for the height, ``lights`` (F,) the brightness
    from −1, turned away from the lamp, to 1; ``contours`` (K, 2, 3) are segments of contour lines, ``rims`` (R, 2, 3)
    those of the surface's border. ``outlines`` (F, 4) are a face's first three corners and its last one; where it
    ``is_square`` (F,), these are all of them.
    """

    low: tuple[float, float]
    high: tuple[float, float]
    floor: float
    ceiling: float
    x: np.ndarray
    y: np.ndarray
    heights: np.ndarray
    vertices: np.ndarray
    faces: tuple[Corners, ...]
    cells: np.ndarray
    shades: np.ndarray
    lights: np.ndarray
    contours: np.ndarray
    rims: np.ndarray
    outlines: np.ndarray
    is_square: np.ndarray

    @property
    def side(self) -> float:
        """The longer side of the floor in units of the function's variables; in the box it has length 1."""
        return max(high - low for low, high in zip(self.low, self.high, strict=True))

    @property
    def reach(self) -> tuple[float, float]:
        """Half the lengths of the floor's two sides, in units of the box."""
        across, along = ((high - low) / self.side / 2 for low, high in zip(self.low, self.high, strict=True))
        return across, along

    def height_at(self, places: np.ndarray) -> np.ndarray:
        """The heights (K,) of the drawn surface at points (K, 2) of the plane, bilinearly interpolated; nan where none
        is drawn.
        """
        found = grid_values(self.x, self.y, self.heights, places)
        with np.errstate(invalid="ignore"):
            return np.where((found >= self.floor) & (found <= self.ceiling), found, np.nan)

    def in_box(self, places: np.ndarray, heights: np.ndarray | float) -> np.ndarray:
        """Converts points (K, 2) of the plane with heights (K,) to box coordinates (K, 3)."""
        middle = (np.array(self.low) + np.array(self.high)) / 2
        up = (np.asarray(heights, dtype=float) - self.floor) / (self.ceiling - self.floor) - 0.5
        return np.column_stack([(places - middle) / self.side, np.broadcast_to(up * HEIGHT, len(places))])

    def from_box(self, places: np.ndarray) -> np.ndarray:
        """Converts points (K, 2) of the box's floor to points of the plane."""
        return (np.array(self.low) + np.array(self.high)) / 2 + places * self.side

    def lifted(self, way: np.ndarray) -> np.ndarray:
        """Lays a path (K, 2) of the plane on the surface: box coordinates (N, 3), with points added so that no segment
        is longer than a cell.

        Rows of nan, which are gaps, remain; there is nan as well where no surface is drawn.
        """
        return self.in_box(finely := self.divided(way), self.height_at(finely))

    def divided(self, way: np.ndarray) -> np.ndarray:
        """A path (K, 2) with points added so that no segment is longer than a cell, up to a maximum number of
        points.
        """
        if len(way) < 2:
            return way
        # Parts of the path far outside have no surface below them, and may be very long.
        inside = np.clip(way, np.array(self.low) - self.side, np.array(self.high) + self.side)
        steps = np.diff(inside, axis=0)
        lengths = np.nan_to_num(np.hypot(*steps.T)) / self.side
        parts = np.maximum(1, np.ceil(lengths * min(CELLS, _MOST_PLACES / max(1.0, float(lengths.sum()))))).astype(int)
        first = np.repeat(np.arange(len(parts)), parts)
        share = (np.arange(len(first)) - np.repeat(np.cumsum(parts) - parts, parts)) / parts[first]
        return np.concatenate([inside[first] + share[:, None] * steps[first], inside[-1:]])

    def contour(self, level: float) -> np.ndarray:
        """The contour line at the height ``level`` as segments (K, 2, 3) in box coordinates."""
        return self.laid(contour_segments(self.x, self.y, self.heights, level), level)

    def laid(self, pieces: np.ndarray, level: float) -> np.ndarray:
        """Converts segments (K, 4) of the plane, each from (x, y) to (x, y), at the height ``level`` to segments (K, 2,
        3) in box coordinates.
        """
        return self.in_box(np.asarray(pieces, dtype=float).reshape(-1, 2), level).reshape(-1, 2, 3)


def grid_values(x: np.ndarray, y: np.ndarray, values: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Interpolates values (H, W) of a regular grid bilinearly at points (K, 2); nan outside the grid."""
    columns, rows = ((places[:, n] - axis[0]) / (axis[1] - axis[0]) for n, axis in enumerate((x, y)))
    height, width = values.shape
    slack = 1e-9
    with np.errstate(invalid="ignore"):
        inside = (columns >= -slack) & (columns <= width - 1 + slack) & (rows >= -slack) & (rows <= height - 1 + slack)
    columns, rows = (np.where(inside, part, 0.0) for part in (columns, rows))
    left, below = np.clip(columns.astype(int), 0, width - 2), np.clip(rows.astype(int), 0, height - 2)
    right_share, above_share = columns - left, rows - below
    flat, first = values.ravel(), below * width + left
    low = flat[first] + right_share * (flat[first + 1] - flat[first])
    high = flat[first + width] + right_share * (flat[first + width + 1] - flat[first + width])
    return np.where(inside, low + above_share * (high - low), np.nan)


@lru_cache(maxsize=8)
def relief_of(
    shown: SurfaceMap, low: tuple[float, float], high: tuple[float, float], floor: float, ceiling: float
) -> Relief:
    """The part of a map from ``low`` to ``high`` as a surface between two heights; cached, since turning the view needs
    it again.
    """
    x, y = (np.linspace(start, end, CELLS + 1) for start, end in zip(low, high, strict=True))
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    known = np.where(np.isfinite(shown.values), shown.values, np.nan).astype(float)
    values = grid_values(shown.x, shown.y, known, places).reshape(CELLS + 1, CELLS + 1)
    return relief(x, y, values, floor, ceiling, shown.levels, _shades(shown))


def relief(
    x: np.ndarray, y: np.ndarray, heights: np.ndarray, floor: float, ceiling: float,
    levels: np.ndarray | tuple[float, ...] = (), shade_of: tuple[np.ndarray, np.ndarray] | None = None,
) -> Relief:  # fmt: skip
    """The surface over a regular grid with x (W,), y (H,) and heights (H, W), with contour lines at ``levels``.

    ``shade_of`` are heights in ascending order and the shade bytes that belong to them; without it shades are linear
    from 1 on the floor to 255. ValueError for a box without height.
    """
    if not ceiling > floor:
        raise ValueError(f"the ceiling {ceiling} is not above the floor {floor}")
    low, high = (float(x[0]), float(y[0])), (float(x[-1]), float(y[-1]))
    none, lines = np.empty(0), np.empty((0, 2, 3))
    bare = Relief(low, high, floor, ceiling, x, y, heights, none, (), none, none, none, lines, lines, none, none)
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    vertices = bare.in_box(places, heights.ravel())
    cells, faces, cuts = _faces(vertices, heights.shape)
    rows, columns = cells.T
    corners = [heights[rows + r, columns + c] for r, c in ((0, 0), (0, 1), (1, 0), (1, 1))]
    known, bytes_of = shade_of or (np.array([floor, ceiling]), np.array([1.0, 255.0]))
    within = [level for level in np.asarray(levels).tolist() if floor < level < ceiling]
    return replace(
        bare,
        vertices=np.concatenate([vertices, cuts]),
        faces=faces,
        cells=cells,
        shades=np.interp(np.clip(np.mean(corners, axis=0), floor, ceiling), known, bytes_of),
        lights=_lights(vertices, heights.shape, rows, columns),
        contours=np.concatenate([lines, *(bare.contour(level) for level in within)]),
        rims=np.concatenate([bare.contour(ceiling), bare.contour(floor), _border(bare)]),
        outlines=np.array([(*face[:3], face[-1]) for face in faces], dtype=int).reshape(-1, 4),
        is_square=np.array([len(face) == 4 for face in faces], dtype=bool),
    )


def _border(shown: Relief) -> np.ndarray:
    """The segments (K, 2, 3) of the grid's border where the surface is drawn, in box coordinates."""
    (left, bottom), (right, top) = shown.low, shown.high
    way = shown.lifted(np.array([(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]))
    pieces = np.stack([way[:-1], way[1:]], axis=1)
    return pieces[np.isfinite(pieces).all(axis=(1, 2))]


def _shades(shown: SurfaceMap) -> tuple[np.ndarray, np.ndarray]:
    """The finite heights of a map in ascending order, and the map's shades for them, which depend on a height's
    rank.
    """
    finite = np.isfinite(shown.values)
    values, first = np.unique(shown.values[finite], return_index=True)
    if not len(values):
        return np.array([0.0]), np.array([1.0])
    return values.astype(float), shown.shades[finite][first].astype(float)


def _faces(vertices: np.ndarray, shape: tuple[int, int]) -> tuple[np.ndarray, tuple[Corners, ...], np.ndarray]:
    """Row and column (F, 2) of every cell that is drawn, the corners of its face (polygon), and the vertices (N, 3)
    that clipping adds.
    """
    width = shape[1]
    up = vertices[:, 2].reshape(shape)
    corners = np.stack([up[:-1, :-1], up[:-1, 1:], up[1:, 1:], up[1:, :-1]])
    with np.errstate(invalid="ignore"):
        drawn = np.isfinite(corners).all(axis=0) & (corners.min(axis=0) < HEIGHT / 2) & (
            corners.max(axis=0) > -HEIGHT / 2
        )  # fmt: skip
        whole = drawn & (np.abs(corners) <= HEIGHT / 2).all(axis=0)
    faces: list[Corners] = []
    cuts: list[tuple[float, ...]] = []
    cells = np.argwhere(drawn)
    for row, column in cells.tolist():
        first = row * width + column
        square: Corners = (first, first + 1, first + width + 1, first + width)
        if not whole[row, column]:
            places = _cut([tuple(vertices[one].tolist()) for one in square])
            square = tuple(range(len(vertices) + len(cuts), len(vertices) + len(cuts) + len(places)))
            cuts += places
        faces.append(square)
    kept = [number for number, face in enumerate(faces) if len(face) > 2]
    return cells[kept], tuple(faces[number] for number in kept), np.array(cuts).reshape(-1, 3)


def _cut(corners: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """Clips a face (polygon) to the floor and ceiling of the box; returns its corners in order."""
    for sign in (1.0, -1.0):
        found = []
        for start, end in zip(corners, [*corners[1:], *corners[:1]], strict=True):
            over, over_end = sign * start[2] - HEIGHT / 2, sign * end[2] - HEIGHT / 2
            if over <= 0:
                found.append(start)
            if (over < 0 < over_end) or (over_end < 0 < over):
                share = over / (over - over_end)
                found.append(tuple(a + share * (b - a) for a, b in zip(start, end, strict=True)))
        corners = found
    return corners


def _lights(vertices: np.ndarray, shape: tuple[int, int], rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The brightness of each face, from −1 to 1; a horizontal face has 0."""
    grid = vertices.reshape(*shape, 3)
    here, right, above = grid[rows, columns], grid[rows, columns + 1], grid[rows + 1, columns]
    beyond = grid[rows + 1, columns + 1]
    normals = np.cross(beyond - here, above - right)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        normals /= np.linalg.norm(normals, axis=1)[:, None]
    lamp = _LAMP / np.linalg.norm(_LAMP)
    return np.clip(np.nan_to_num((normals @ lamp - lamp[2]) / (1 - lamp[2])), -1.0, 1.0)
