"""Of an augmented batch each picture as it was kept stands above what became of it, in the order of its table."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter

from gui.plots.pictures.picture_pairs import PicturePairs
from gui.style.theme import theme

PLACES, WIDE, HIGH = 8, 640, 160
SIDE = HIGH // 2


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(st.integers(0, 255), min_size=1, max_size=PLACES), shift=st.integers(1, 200))
def test_each_picture_stands_in_its_column_as_it_was_kept_above_and_as_it_was_altered_below(qapp, before, shift):
    """By the ink of even pictures: the more of it, the darker on light ground."""
    altered = [(ink + shift * (number + 1)) % 256 for number, ink in enumerate(before)]
    rows = [np.repeat(np.array(row, np.uint8), 16).reshape(-1, 4, 4) for row in (before, altered)]
    item = PicturePairs(PLACES)
    item.resize(WIDE, HIGH)
    item.show_pairs(SimpleNamespace(before=rows[0], pictures=rows[1]))
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    with QPainter(image) as painter:
        item.paint(painter, None)
    for row, inks in enumerate((before, altered)):
        lightness = [image.pixelColor(SIDE * column + SIDE // 2, SIDE * row + SIDE // 2).lightnessF()
                     for column in range(PLACES)]  # fmt: skip
        ground, ink = QColor(theme().raised).lightnessF(), QColor(theme().text).lightnessF()
        expected = [ground + share / 255 * (ink - ground) for share in inks] + [1.0] * (PLACES - len(inks))
        assert lightness == pytest.approx(expected, abs=0.03)
