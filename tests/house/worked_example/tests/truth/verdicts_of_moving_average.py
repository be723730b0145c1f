"""The headline of `moving_average`, computed again."""

from __future__ import annotations

import numpy as np

from tests.truth.verdicts import Moment, Pairs, says


@says("moving_average", r"^Window of (\d+): .* changes by (\S+) in all, .* by (\S+)\.$")
def _changes(m: Moment, width: str, after: str, before: str) -> Pairs:
    yield width, 2 * m.params.reach + 1
    yield after, np.abs(np.diff(m.column("means", "mean"))).sum()
    yield before, np.abs(np.diff(m.column("means", "x"))).sum()
