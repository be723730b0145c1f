"""What brings the learner's functions into the form in which the engine calls them, where several exercises need it."""

from __future__ import annotations

from typing import Any

import numpy as np


def elementwise(written: Any) -> Any:
    """A function of arrays that also takes single numbers, as the engine's activation functions do."""

    def yours(a: np.ndarray) -> np.ndarray:
        a = np.asarray(a)
        return np.asarray(written(np.atleast_1d(a))).reshape(a.shape)

    return yours
