"""The calculation from scores to probabilities, shared by experiments that classify ten digits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.contract.api import Text, WorkingStep

_LARGEST = Text("the largest score, subtracted so that nothing overflows")
_SUM = Text("the ten exponentials together", context="short")
_SOFTMAX = Text("softmax")


def softmax_lines(scores: np.ndarray, digits: Sequence[int]) -> tuple[WorkingStep, ...]:
    """The calculation of the probabilities of ``digits`` by softmax, step by step.

    First come the largest of the ten ``scores`` and the sum of the exponentials, then a line for each digit.
    """
    a = scores.astype(np.float64)
    most = float(np.max(a))
    total = float(np.sum(np.exp(a - most)))
    scores_by_name = {"a": a.tolist()}
    lines = [
        WorkingStep.over("c", "max(…)", "{a}", scores_by_name, most, _LARGEST, first=0),
        WorkingStep.over("s", "…", "exp({a} − {c})", scores_by_name, total, _SUM, first=0, c=most),
    ]
    for digit in digits:
        values = {f"a{digit}": float(a[digit]), "c": most, "s": total}
        y = float(np.exp(a[digit] - most)) / total
        lines.append(WorkingStep(f"y{digit}", f"exp({{a{digit}}} − {{c}}) / {{s}}", values, y, _SOFTMAX))
    return tuple(lines)
