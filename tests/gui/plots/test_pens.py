"""Lines grow with the zoom once, and leave free what they surround."""

from __future__ import annotations

import ast

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

from gui.plots.drawing.pixel_painter import PixelPainter
from gui.style.typography import set_zoom
from tests.house.test_types import ROOT

_WIDTHS = {"pen": 1, "frame": 2, "seen_frame": 2, "line": 3, "ring": 3, "panel": 3, "dot": 4}
"""Which argument of each is a width of a line."""


def _named(node: ast.AST) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


def _widths(call: ast.Call) -> list[ast.expr]:
    return [
        *call.args[_WIDTHS[_named(call.func)] :][:1],
        *(word.value for word in call.keywords if word.arg == "width"),
    ]


def test_no_width_of_a_line_is_multiplied_by_the_zoom_before_its_pen_does_it():
    twice = []
    for path in sorted((ROOT / "gui").rglob("*.py")):
        calls = [node for node in ast.walk(ast.parse(path.read_text()))
                 if isinstance(node, ast.Call) and _named(node.func) in _WIDTHS]  # fmt: skip
        twice += [f"{path.relative_to(ROOT)}:{call.lineno}" for call in calls for width in _widths(call)
                  for part in ast.walk(width) if isinstance(part, ast.Call) and _named(part.func) == "px"]  # fmt: skip
    assert not twice


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
def test_a_frame_with_its_halo_is_as_many_times_wider_as_everything_is_larger(qtbot, zoom):
    set_zoom(zoom)
    picture = QImage(120, 120, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    with QPainter(picture) as painter:
        PixelPainter(painter, QTransform(), QRectF(picture.rect())).seen_frame(QRectF(20, 20, 80, 80), "#000000", 2)
    row = np.frombuffer(picture.constBits(), np.uint8).reshape(120, 120, 4)[60, :60]
    assert np.count_nonzero(np.any(row != (0, 0, 255, 255), axis=1)) == pytest.approx(4 * zoom, abs=1)
