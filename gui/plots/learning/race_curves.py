"""The curves of a race (several learners trained side by side) as ``Series`` of a ``RunPlot``, over updates or
seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from engine.contract.numerals import fixed_digits
from gui.plots.drawing.curve_ink import curve_color, curve_pen
from gui.plots.drawing.ink import hairline
from gui.plots.learning.run_plot import Series, band_of

_THIN = 0.4


class Race(Protocol):
    """Protocol of the attributes of an engine's race frame that are drawn; arrays are for L learners and R rows."""

    @property
    def learners(self) -> tuple[str, ...]: ...

    @property
    def seeds(self) -> int: ...

    @property
    def mean_losses(self) -> np.ndarray: ...  # (L,)

    @property
    def loss_updates(self) -> np.ndarray: ...  # (R,)

    @property
    def loss_minimum(self) -> np.ndarray: ...  # (L, R)

    @property
    def loss_maximum(self) -> np.ndarray: ...  # (L, R)

    @property
    def loss_mean(self) -> np.ndarray: ...  # (L, R)

    @property
    def seconds(self) -> np.ndarray: ...  # (L, R)


def loss_curves(
    frame: Race, names: Mapping[str, str], inks: Mapping[str, int], by_seconds: bool = False, bold: str = ""
) -> list[Series]:
    """The mean losses of all learners, with a band if there are several seeds; ``inks`` are the learners' curve styles.

    The curve of the learner ``bold`` is the widest.
    """
    curves = []
    for row, one in enumerate(frame.learners):
        between = (frame.loss_minimum[row], frame.loss_maximum[row]) if frame.seeds > 1 else None
        told = fixed_digits(float(frame.mean_losses[row]))
        at = frame.seconds[row] if by_seconds else frame.loss_updates
        ink = curve_pen(inks[one], 3.2 if one == bold else 2.2)
        curves.append(Series(names[one], ink, at, frame.loss_mean[row], told, between=between))
    return curves


def batch_bands(frame: Race, inks: Mapping[str, int], by_seconds: bool = False) -> list[Series]:
    """The range of losses of single batches as thin bands without a name, for a race with one seed."""
    return [
        band_of(
            "",
            hairline(curve_color(inks[one]), _THIN),
            frame.seconds[row] if by_seconds else frame.loss_updates,
            frame.loss_minimum[row],
            frame.loss_maximum[row],
        )
        for row, one in enumerate(frame.learners)
    ]
