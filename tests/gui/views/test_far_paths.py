"""A path that leaves its plot by far is cut before it is drawn, and what is seen of it stays as it was."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QTransform

from gui.plots.drawing import long_lines
from gui.plots.drawing.long_lines import cut_to
from gui.plots.drawing.pixel_painter import PixelPainter
from gui.plots.surface import arrow_field
from gui.plots.surface import path as path_module
from gui.plots.surface.arrow_field import ArrowField
from gui.plots.surface.path import PathItem

_BOX = QRectF(20, 30, 400, 300)
_PLACES = st.lists(st.tuples(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7)), min_size=2, max_size=8)
_ZIGZAG = [(200 + number / 20, (-1) ** number * 1.5**number) for number in range(60)]


def _along(places):
    return np.concatenate([[0.0], np.cumsum([np.hypot((b - a).x(), (b - a).y()) for a, b in pairwise(places)])])


@given(_PLACES)
def test_the_parts_lie_on_the_line_and_nothing_near_the_box_is_missing(corners):
    places = [QPointF(x, y) for x, y in corners]
    parts = cut_to(places, _BOX)
    along = _along(places)
    xs, ys = (np.array(values) for values in zip(*corners, strict=True))
    for part, before in parts:
        for place, at in zip(part, before + _along(part), strict=True):
            assert np.interp(at, along, xs) == pytest.approx(place.x(), rel=1e-6, abs=1e-2)
            assert np.interp(at, along, ys) == pytest.approx(place.y(), rel=1e-6, abs=1e-2)
    kept = [(before, before + _along(part)[-1]) for part, before in parts]
    for at in np.linspace(0, along[-1], 500):
        if _BOX.contains(QPointF(np.interp(at, along, xs), np.interp(at, along, ys))):
            assert any(start - 1 <= at <= end + 1 for start, end in kept)


def test_a_line_that_stays_in_the_box_is_one_part_and_the_same():
    places = [QPointF(30, 40), QPointF(100, 300), QPointF(410, 50)]
    assert cut_to(places, _BOX) == [(places, 0.0)]


def _painted(monkeypatch, cuts, **looks):
    """A zigzag that grows without end, drawn as it is, or cut."""
    with monkeypatch.context() as patch:
        if not cuts:
            patch.setattr(path_module, "cut_to", lambda places, _: [(list(places), 0.0)])
        item = PathItem()
        item.show_path(np.array(_ZIGZAG), "#aa3300", **looks)
        image = QImage(450, 350, QImage.Format.Format_RGB32)
        image.fill(0x77AA99)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(_BOX)
        item.draw(PixelPainter(painter, QTransform.fromTranslate(0, 180), _BOX))
        painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(350, 450, 4).astype(int)


@pytest.mark.parametrize(
    "looks", [{}, {"opacity": 0.5}, {"plain": True}, {"dashed": True}, {"opacity": 0.4, "plain": True}]
)
def test_what_is_seen_of_it_has_the_same_pixels_but_for_a_shade_at_its_rims(qapp, monkeypatch, looks):
    whole, cut = (_painted(monkeypatch, cuts, **looks) for cuts in (False, True))
    assert (whole != whole[0, 0]).any()
    differing = np.abs(whole - cut).max(axis=2)
    # The dashes of a line of a million pixels have no exact place any more.
    assert (differing > 25).mean() < (0.01 if "dashed" in looks else 0.001)


def test_of_a_path_that_explodes_nothing_is_stroked_far_outside(qapp, monkeypatch):
    stroked = []
    monkeypatch.setattr(path_module, "stroke", lambda painter, pen, parts: stroked.extend(parts))
    _painted(monkeypatch, True)
    reach = _BOX.adjusted(-99, -99, 99, 99)
    assert stroked and all(reach.contains(place) for part, _ in stroked for place in part)
    assert long_lines._BEYOND < 99


@pytest.mark.parametrize("looks", [{}, {"opacity": 0.5}, {"plain": True}])
def test_a_path_that_goes_to_and_fro_looks_as_if_it_were_one_stroke(qapp, monkeypatch, looks):
    to_and_fro = [(60 + 250 * (number % 2) + number / 9, 20 + number / 3 - 100 * (number % 2)) for number in range(200)]
    monkeypatch.setattr("tests.gui.views.test_far_paths._ZIGZAG", to_and_fro)
    few = _painted(monkeypatch, True, **looks)
    assert len(to_and_fro) >= long_lines.LONG
    monkeypatch.setattr(path_module, "LONG", 1000)
    at_once = _painted(monkeypatch, True, **looks)
    assert (few != few[0, 0]).any()
    assert (np.abs(few - at_once).max(axis=2) > 25).mean() < 0.002


def test_a_field_of_arrows_has_the_pixels_of_one_path(qapp, monkeypatch):
    places = np.array([(x, y) for x in range(40, 400, 25) for y in range(40, 320, 25)], float)
    arrows = 22 * np.column_stack([np.cos(places[:, 0]), np.sin(places[:, 1])]) * (places[:, :1] > 60)

    def painted(at_once):
        monkeypatch.setattr(arrow_field, "_AT_ONCE", at_once)
        monkeypatch.setattr(ArrowField, "boundingRect", lambda _: _BOX)
        item = ArrowField()
        item.show_field(places, arrows)
        image = QImage(450, 350, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        item.draw(PixelPainter(painter, QTransform(), _BOX))
        painter.end()
        return image

    shown = painted(16)
    assert len(set(bytes(shown.constBits()))) > 2
    assert shown == painted(10_000)
