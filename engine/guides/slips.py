"""Slips: the wrong numbers that known mistakes lead to, each a formula of the question's own numbers.

A formula is one of ``engine.calculus.expressions`` whose variables are paths in the frame (``engine.guides.claim``),
parameters, or ``answer``, the number that is right: ``2*answer``, ``1 + b``, ``apple_count*apple_price``.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from numbers import Real
from typing import Any

from engine.calculus.expressions import Expression, ExpressionRefused
from engine.calculus.expressions.functions import CHOOSING, CONSTANTS, FUNCTIONS
from engine.contract.frame import Frame
from engine.contract.params import Params, fields_of
from engine.contract.text import Refused, Text, shortened
from engine.guides.claim import field_value

_PLACE = re.compile(r"(?<![\w.])[a-z_]\w*(?:\.\w+|\[-?\d+(?:,-?\d+)*\])*", re.ASCII)
_ANSWER = "answer"


@dataclass(frozen=True)
class Slip:
    """The wrong number that a ``formula`` gives, and ``why`` it is not the one asked for."""

    formula: str
    why: str

    def value(self, params: Params, frame: Frame, answer: Any) -> float | None:
        """The number, None where there is none; ``Refused`` if the formula cannot be read or names what is missing."""
        places = dict.fromkeys(place for place in _PLACE.findall(self.formula) if not _is_known(place))
        names = {place: f"v{index}" for index, place in enumerate(places)}
        text = _PLACE.sub(lambda match: names.get(match[0], match[0]), self.formula)
        values = [answer if place == _ANSWER else _found(params, frame, place) for place in places]
        if not all(isinstance(value, Real) for value in values):
            return None
        try:
            number = float(Expression(text, tuple(names.values()) or ("v0",))(*(values or [0.0])))
        except ExpressionRefused as refused:
            raise Refused(
                Text("“{formula}” is no formula of a slip: {reason}")(
                    formula=shortened(self.formula), reason=refused.text
                )
            ) from None
        return number if math.isfinite(number) else None


def _is_known(name: str) -> bool:
    return name in FUNCTIONS or name in CHOOSING or name in CONSTANTS


def _found(params: Params, frame: Frame, place: str) -> Any:
    root = re.split(r"[.\[]", place, maxsplit=1)[0]
    # What is set is what is asked about; the frame may call something else by the same name.
    found = field_value(params if root in fields_of(type(params)) else frame, place)
    # A choice among numbers holds words.
    return float(found) if isinstance(found, str) and found.replace(".", "").isdecimal() else found
