"""How the colours of many small images are scaled: each by its own maximum, or all by a common one."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.api import Text, VisibleWhen, choice


def scale_choice(visible: VisibleWhen | None = None) -> Any:
    """The parameter field for the scaling; by default each image by its own maximum, since most would be nearly white
    beside the largest.
    """
    return choice(
        "each",
        {"each": Text("each by itself"), "alike": Text("all alike", context="scale")},
        Text("Shades"),
        Text("Whether the strongest colour is the largest number of each picture, or of all together."),
        effect="view",
        visible=visible,
        more=True,
    )


WEIGHT_STEPS = 127
"""The integer for the largest weight; finer steps could not be told apart as colours."""


def in_steps(weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights as integers from −127 to 127, and the size of one step (0 if all weights are 0)."""
    step = float(np.max(np.abs(weights))) / WEIGHT_STEPS
    return np.rint(weights / (step or 1.0)).astype(np.int8), step
