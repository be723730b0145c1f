"""Shapes cut at a rectangle keep exactly what lies in it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from gui.export.cutting import Corner, cut_area, cut_lines, cut_segments, holds, is_box

BOX = QRectF(0, 0, 10, 10)
NEAR = QRectF(-1e-6, -1e-6, 10 + 2e-6, 10 + 2e-6)
coordinates = st.floats(-30, 30).map(lambda value: round(value, 2))
corners = st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=8)


def path_of(points: list[Corner]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(*point) for point in points]))
    return path


@given(corners, st.tuples(st.floats(0.1, 9.9), st.floats(0.1, 9.9)))
def test_an_area_is_unchanged_inside_and_gone_outside(points: list[Corner], spot: Corner) -> None:
    path = path_of(points)
    path.closeSubpath()
    cut = cut_area(path, BOX)
    assert holds(NEAR, cut.boundingRect()) or cut.isEmpty()
    near = QRectF(spot[0] - 1e-3, spot[1] - 1e-3, 2e-3, 2e-3)
    corners_of_spot = (near.topLeft(), near.topRight(), near.bottomLeft(), near.bottomRight())
    if len({path.contains(corner) for corner in corners_of_spot}) == 1:  # not on an edge
        assert cut.contains(QPointF(*spot)) == path.contains(QPointF(*spot))


@given(corners)
def test_lines_keep_their_length_inside(points: list[Corner]) -> None:
    cut = cut_lines(path_of(points), BOX)
    assert holds(NEAR, cut.boundingRect()) or cut.isEmpty()
    samples = 4000
    inside = 0.0
    for (x0, y0), (x1, y1) in pairwise(points):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        ticks = [(tick + 0.5) / samples for tick in range(samples)]
        hits = sum(0 <= x0 + t * (x1 - x0) <= 10 and 0 <= y0 + t * (y1 - y0) <= 10 for t in ticks)
        inside += length * hits / samples
    assert abs(cut.length() - inside) < 0.2 * len(points)


def test_points_that_are_not_finite_break_a_line() -> None:
    path = QPainterPath(QPointF(1, 1))
    path.lineTo(2, 1)
    path.lineTo(1e300, 1)
    path.lineTo(3, 2)
    cut = cut_lines(path, BOX)
    assert holds(NEAR, cut.boundingRect())
    assert cut.length() > 0


def test_a_hole_stays_a_hole() -> None:
    path = QPainterPath()
    path.addRect(-5, -5, 20, 20)
    path.addRect(4, 4, 2, 2)
    cut = cut_area(path, BOX)
    assert cut.contains(QPointF(1, 1))
    assert not cut.contains(QPointF(5, 5))


def test_only_upright_rectangles_are_boxes() -> None:
    box = QPainterPath()
    box.addRect(BOX)
    circle = QPainterPath()
    circle.addEllipse(BOX)
    triangle = path_of([(0, 0), (10, 0), (0, 10), (0, 0)])
    assert is_box(box)
    assert is_box(QTransform(3, 0, 0, -2, 7, 7).map(box))
    assert not is_box(QTransform().rotate(30).map(box))
    assert not is_box(circle)
    assert not is_box(triangle)


@given(st.lists(st.tuples(*[coordinates] * 4).filter(lambda four: four[:2] != four[2:]), max_size=20))
def test_single_lines_are_cut_as_those_of_a_path_are(ends):
    path = QPainterPath()
    for x0, y0, x1, y1 in ends:
        path.moveTo(x0, y0)
        path.lineTo(x1, y1)
    assert cut_segments([QLineF(*four) for four in ends], BOX) == cut_lines(path, BOX)
