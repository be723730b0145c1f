"""An axis whose numbers are written like all others in the program."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg

from engine.contract.numerals import format_real


class NumberAxis(pg.AxisItem):
    """Real minus signs, and no digits that say nothing: −0.5, 0, 0.5, 1."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [format_real(value * scale) for value in values]
