"""What stands in a frame, in words of both languages: numbers, yes and no, statuses, and kinds by their names."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any

import numpy as np

from engine.contract.interaction.status import Status
from engine.contract.text.numerals import format_alike, format_real, percent
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text, as_written, notation, untranslated, without_stop

DIGITS = 4
_WHOLE = Text("{number:,}")
_YES, _NO, _NOTHING = Text("yes"), Text("no"), Text("none")


def spelled(value: Any, words: Mapping[str, Text], digits: int = DIGITS, share: bool = False) -> Text:
    """``value`` for people, whole numbers in full, others with four ``digits``, those of a row with as many decimals; a
    ``share`` as a percentage.

    A number may have fewer digits, not more. ``words`` are the names of the kinds that a string may be; Refused for one
    without a name.
    """
    if isinstance(value, (bool, np.bool_)):
        return _YES if value else _NO
    if value is None:
        return _NOTHING
    if isinstance(value, Text):
        return value
    if isinstance(value, Status):
        return without_stop(value.text)
    if isinstance(value, str):
        return _named(value, words)
    if isinstance(value, Integral):
        return _WHOLE(number=int(value)) if abs(int(value)) >= 1000 else untranslated(as_written(str(value)))
    if isinstance(value, Real) and share:
        return untranslated(as_written(percent(float(value), 1)))
    if isinstance(value, Real):
        return untranslated(format_real(float(value), min(digits, DIGITS)))
    if isinstance(value, np.ndarray) and value.ndim == 1 and value.dtype.kind == "f":
        return untranslated("(" + ", ".join(format_alike(value, DIGITS)) + ")")
    if isinstance(value, (np.ndarray, tuple, list)):
        parts = {f"part{index}": spelled(part, words) for index, part in enumerate(value)}
        places = "(" + ", ".join(f"{{{name}}}" for name in parts) + ")"
        return notation(places)(**parts)
    raise _unspoken(value)


def _named(value: str, words: Mapping[str, Text]) -> Text:
    if value not in words:
        raise _unspoken(value)
    return without_stop(words[value])


def _unspoken(value: Any) -> Refused:
    return Refused(
        Text("“{value}” has no words for people: its field names them in quantity(words=…).")(value=shortened(value))
    )
