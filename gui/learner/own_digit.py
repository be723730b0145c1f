"""The digit that the learner has drawn, and what their own network reads it as: plain data, without Qt."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from engine.contract.plain_json import is_number, is_text, is_whole

SIDE = 28
"""The pixels along a side of the picture that a network sees."""
_LONGEST = 2 * SIDE * SIDE


@dataclass(frozen=True)
class OwnDigit:
    """``picture`` are the SIDE × SIDE bytes that the network sees, row by row, 255 for full ink; ``answer`` is the most
    probable digit, ``probability`` what the network gives it.
    """

    picture: bytes
    answer: int
    probability: float

    def to_json(self) -> dict[str, object]:
        """As JSON holds it, the picture in base 64."""
        picture = base64.b64encode(self.picture).decode("ascii")
        return {"picture": picture, "answer": self.answer, "probability": self.probability}


def own_digit_in(value: object) -> OwnDigit | None:
    """The digit that JSON holds; None if it holds none."""
    if not isinstance(value, dict):
        return None
    written, answer, probability = (value.get(name) for name in ("picture", "answer", "probability"))
    if not is_text(written, _LONGEST) or not is_whole(answer, 9):
        return None
    if not is_number(probability, 1) or probability < 0:
        return None
    try:
        picture = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        return None
    return OwnDigit(picture, answer, float(probability)) if len(picture) == SIDE * SIDE else None
