"""Where something that points out of a plot is still to be seen."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QPointF, QRectF

EDGE = 16
"""Pixels that the tip of an arrow keeps from the edge beyond which it points."""


def end_in_sight(foot: QPointF, tip: QPointF, shown: QRectF, across: float, up: float) -> QPointF:
    """The tip of an arrow, or the last place on the way there that lies in ``shown`` if the tip does not.

    That place keeps the margins ``across`` and ``up`` from the edges. An arrow of which nothing is shown has its tip.
    """
    sight = shown.marginsRemoved(QMarginsF(across, up, across, up))
    if shown.contains(tip) or not sight.isValid():
        return tip
    first, last = 0.0, 1.0
    ends = ((sight.left(), sight.right()), (sight.top(), sight.bottom()))
    along = tip - foot
    for start, way, (low, high) in zip((foot.x(), foot.y()), (along.x(), along.y()), ends, strict=True):
        if way:
            enters, leaves = sorted(((low - start) / way, (high - start) / way))
            first, last = max(first, enters), min(last, leaves)
        elif not low <= start <= high:
            return tip
    return foot + along * last if first < last else tip
