"""Icons grow with the type."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from gui.style.icons import icon
from gui.style.typography import set_zoom


@pytest.mark.parametrize("zoom", [0.8, 1.0, 2.0])
def test_an_icon_fills_its_place_at_every_zoom(zoom):
    set_zoom(zoom)
    side = round(18 * zoom)
    assert icon("play").actualSize(QSize(side, side)) == QSize(side, side)
