"""From and to which height a function is shown: its valleys and the place looked at, rather than steep rims."""

from __future__ import annotations

import numpy as np

from engine.geometry.surface_map import SurfaceMap

_SHARE = 0.45
"""Most of the valleys, and little of the steep rims."""
_RIM = 0.02
"""Of a function without a known minimum, this share of the heights is left out at either end."""
_MARGIN = 0.1
_WIDER = 4.0
_PAD = 1e-6
"""Around a height that alone makes an axis: this share of it, since its digits in the map are those of float32."""

Heights = tuple[float, float]


def usual_heights(shown: SurfaceMap, has_minimum: bool, at_start: float, share: float = _SHARE) -> Heights:
    """An axis that depends on the function alone, with some room around; ``at_start`` is a height worth seeing, and of
    a function with a known minimum the axis holds this share of the heights of the region, the lowest ones.
    """
    columns = (shown.x >= shown.low[0]) & (shown.x <= shown.high[0])
    rows = (shown.y >= shown.low[1]) & (shown.y <= shown.high[1])
    values = shown.values[np.ix_(rows, columns)].astype(float)
    values = values[np.isfinite(values)]
    if not len(values):
        return -1.0, 1.0
    if has_minimum:
        low, high = float(np.min(values)), float(np.quantile(values, share))
        high = max(high, 1.25 * at_start)
    else:
        low, high = (float(end) for end in np.quantile(values, (_RIM, 1 - _RIM)))
    if not high - low > 1e-12 * max(1.0, abs(low)):
        return _around(low)
    return low - _MARGIN * (high - low), high + _MARGIN * (high - low)


def heights_with(usual: Heights, height: float | None) -> Heights:
    """The axis for a place of this height: the usual one, four times as much where that is too low, and so on, so that
    it stays as it is over most of a drag and is never without the place."""
    low, high = usual
    while height is not None and not low <= height <= high:
        wider = _WIDER * (high - low)
        low, high = (low, low + wider) if height > high else (high - wider, high)
    return low, high


def _around(height: float) -> Heights:
    pad = max(1.2, _PAD * abs(height))
    return height - pad, height + pad
