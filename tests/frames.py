"""What two frames have in common."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.frame import Frame, flattened, frame_fields


def frames_equal(one: Frame, other: Frame) -> bool:
    """Whether two frames are the same bit for bit, except for measured times (``==`` on arrays would raise an error).

    Replaying a run must give frames that are equal in this sense.
    """
    first, second = leaves_of(one), leaves_of(other)
    return (
        type(one) is type(other)
        and first.keys() == second.keys()
        and all(_same(first[name], second[name]) for name in first)
    )


def leaves_of(frame: Frame) -> dict[str, Any]:
    """What stands in a frame by its dotted names, except for measured times."""
    measured = {name for name, data in frame_fields(type(frame)).items() if data["measured"]}
    return {name: value for name, value in flattened(frame) if name.partition(".")[0] not in measured}


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, float) and isinstance(other, float):
        return one == other or (one != one and other != other)
    return type(one) is type(other) and one == other
