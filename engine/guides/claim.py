"""A claim about a frame, such as ``correct=4`` or ``distances[0]<before``: its syntax and evaluation.

``FIELD RELATION VALUE`` without spaces. FIELD is a frame field; dots lead into nested dataclasses, ``[i]`` or ``[i,j]``
into arrays and tuples. RELATION is = != < > <= >=. VALUE is a number, a word, true, false, none, or ``before``: the
same field of the frame without the changes. A number written with a decimal point or an exponent equals all values that
round to it (``0.141`` is 0.1405 to 0.1415); a whole number, and ``before``, equal to 9 digits.

A claim may have a label, the name of its quantity for people; its result is then shown as a sentence with the value.

A slip is the wrong number that a known mistake leads to, given as a formula of ``engine.calculus.expressions``. Its
variables are paths in the frame, parameters, or ``answer``, the right number: ``2*answer``, ``1 + b``.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from numbers import Integral, Number, Real
from typing import Any

import numpy as np

from engine.contract.frame import Frame, Status, spelled
from engine.contract.numerals import format_real
from engine.contract.params import Params, fields_of
from engine.contract.text import Refused, Text, shortened

_CLAIM = re.compile(r"([a-z_]\w*(?:\.\w+|\[-?\d+(?:,-?\d+)*\])*)(!=|<=|>=|=|<|>)([^=<>].*)", re.ASCII | re.DOTALL)
_STEP = re.compile(r"\.?(\w+)|\[([^\]]+)\]", re.ASCII)
_PLACE = re.compile(r"(?<![\w.])[a-z_]\w*(?:\.\w+|\[-?\d+(?:,-?\d+)*\])*", re.ASCII)
_ANSWER = "answer"
_WORDS = {"true": True, "false": False, "none": None}
_SAME_TO = 1e-9
_LARGEST_EXPONENT = 300
_MOST_DIGITS = 6
_NUMBER = Text("{label}: {value}.")
_NUMBERS = Text("{label}: {before} before, {value} now.")
_SAME = Text("{label}: {value}, as before.")


_NO_PATH = Text("the frame has no field “{path}”.")
_NO_FIELD = Text("the frame has no field “{path}”; there are {known}.")
_NO_PLACE = Text("the frame has no field “{path}”: there is no place {place} in the shape {shape}.")
_NO_NAME = Text("it names “{name}”; there are {known}.")
_EVERY_FRAME = frozenset(one.name for one in dataclasses.fields(Frame))
_MOST_NAMED = 240
_ABOVE = Text("{gap} above {wanted}")
_BELOW = Text("{gap} below {wanted}")
_COUNTED = {
    2: r"\b[Tt]wo\b|[二两]", 3: r"\b[Tt]hree\b|三", 4: r"\b[Ff]our\b|四", 5: r"\b[Ff]ive\b|五", 6: r"\b[Ss]ix\b|六",
    7: r"\b[Ss]even\b|七", 8: r"\b[Ee]ight\b|八", 9: r"\b[Nn]ine\b|九", 10: r"\b[Tt]en\b|十",
}  # fmt: skip
"""Regular expressions for small numbers written as words, in the supported languages."""
_POINTS = Text("{gap} points")


@dataclass(frozen=True)
class Finding:
    """The result of evaluating a claim (quantity = value that must hold) on a frame.

    It has the field's ``value``, and whether the claim ``holds``. ``before`` is the value in the frame without the
    changes if the claim compares with it, else None. ``words`` are labels for values that are words; a ``share`` is
    shown as a percentage.
    """

    claim: Claim
    value: Any
    before: Any
    holds: bool
    words: Mapping[str, Text] = dataclasses.field(default_factory=dict)
    share: bool = False

    @property
    def spelled(self) -> Text:
        """The value as text; a number for which the claim holds has no more digits than the claim."""
        if self.holds and self.claim.relation == "=" and _is_number(self.value) and _wanted(self.claim.value)[1]:
            return spelled(self.value, self.words, len(Decimal(self.claim.value).as_tuple().digits), self.share)
        return spelled(self.value, self.words, share=self.share)

    @property
    def distance(self) -> Text | None:
        """How far a number is from satisfying the claim; None if the claim holds or is not about a number."""
        wanted = _wanted(self.claim.value)[0]
        if self.holds or self.claim.relation == "!=" or not (_is_number(self.value) and _is_number(wanted)):
            return None
        gap = abs(float(self.value) - wanted)
        # A distance to or from 0 is the number itself.
        if not math.isfinite(gap) or not gap or not wanted or not self.value:
            return None
        side = _ABOVE if self.value > wanted else _BELOW
        if self.share:
            return side(
                gap=_POINTS(gap=format_real(100 * gap, 2 if gap < 1 else 3)),
                wanted=spelled(float(wanted), {}, share=True),
            )
        whole = isinstance(self.value, Integral) and isinstance(wanted, int)
        return side(gap=spelled(int(gap) if whole else gap, {}, self._digits(gap)), wanted=spelled(wanted, {}))

    def _digits(self, gap: float) -> int:
        """The number of decimals in a displayed distance: as many as the claim has, and at least two."""
        decimals = -min(0, int(Decimal(self.claim.value).as_tuple().exponent))
        return max(2 if gap < 100 else 4, min(math.floor(math.log10(gap)) + 1 + decimals, _MOST_DIGITS))

    @property
    def text(self) -> Text:
        """The claim's label and value as a sentence."""
        value = self.spelled
        if not self.claim.needs_before:
            return _NUMBER(label=self.claim.label, value=value)
        before = spelled(self.before, self.words, share=self.share)
        if value == before:
            return _SAME(label=self.claim.label, value=value)
        return _NUMBERS(label=self.claim.label, value=value, before=before)


@dataclass(frozen=True)
class Claim:
    """A claim about a frame: a ``field``, a ``relation`` (= != < > <= >=) and a ``value``, all as written.

    ``label`` names the quantity for people; a claim without one is checked, but not shown.
    """

    field: str
    relation: str
    value: str
    label: str = ""

    @property
    def needs_before(self) -> bool:
        """Whether the claim's value is ``before``, so that ``test`` also requires the frame without the changes."""
        return self.value == "before"

    def is_named_in(self, words: str) -> bool:
        """Whether ``words`` contain the claimed number, as 40,000, 98% or nine; True if the claim is not about a
        number.
        """
        wanted = _wanted(self.value)[0]
        if not _is_number(wanted):
            return True
        if wanted in _COUNTED and re.search(_COUNTED[wanted], words):
            return True
        spellings = (f"{wanted:,}", f"{wanted:g}", f"{100 * wanted:g}%")
        return any(re.search(rf"(?<![\d.,]){re.escape(one)}(?!\d|[.,]\d)", words) for one in spellings)

    def test(self, frame: Frame, before: Frame | None = None) -> Finding:
        """Evaluates the claim on ``frame``; ``before``, the frame without the changes, is required if ``needs_before``.

        ``Refused`` if the frame has no such field, or its value cannot be compared.
        """
        value = field_value(frame, self.field)
        words = _words_at(frame, self.field)
        earlier = None
        if self.needs_before and before is not None:
            earlier = field_value(before, self.field)
            words = {**words, **_words_at(before, self.field)}
        wanted: Any = earlier
        tolerance: float | None = None
        if not self.needs_before:
            wanted, tolerance = _wanted(self.value)
        if self.relation in ("=", "!="):
            holds = self._equal(value, wanted, tolerance) == (self.relation == "=")
        elif _is_number(value) and _is_number(wanted):
            holds = _ordered(self.relation, value, wanted)
        else:
            raise self._refusal(value)
        return Finding(self, value, earlier, holds, words, bool(_metadata_at(frame, self.field).get("share")))

    def __str__(self) -> str:
        return f"{self.field}{self.relation}{self.value}"

    def _equal(self, value: Any, wanted: Any, tolerance: float | None) -> bool:
        one, other = np.asarray(value), np.asarray(wanted)
        numeric = one.dtype.kind in "biuf" and other.dtype.kind in "biuf"
        if numeric and one.ndim and not self.needs_before:
            raise self._refusal(value)
        if numeric and one.dtype.kind != "b":
            if one.shape != other.shape:
                return False
            relative, absolute = (_SAME_TO, _SAME_TO) if tolerance is None else (0.0, tolerance)
            return bool(np.all(np.isclose(one, other, rtol=relative, atol=absolute)))
        if one.ndim or other.ndim:
            return one.shape == other.shape and bool(np.all(one == other))
        return value is wanted if wanted is None or value is None else bool(value == wanted)

    def _refusal(self, value: Any) -> Refused:
        return Refused(
            Text("claim “{claim}”: {value} cannot be compared so; one number is needed, perhaps with an index.")(
                claim=str(self), value=shortened(value)
            )
        )


def parse_claims(text: str, label: str = "") -> tuple[Claim, ...]:
    """Parses claims joined by ``&``, such as ``correct=4&loss<0.1``: conditions that the values of a frame must
    satisfy.

    ``label`` names the quantity of a single claim. ``Refused`` if the text is empty or invalid, or if a label is given
    for several claims.
    """
    claims = []
    for part in text.split("&"):
        match = _CLAIM.fullmatch(part)
        if not match:
            raise Refused(
                Text("“{claim}” is not a claim such as correct=4, loss<0.1 or distances[0]=before.")(
                    claim=shortened(part)
                )
            )
        claims.append(Claim(match[1], match[2], match[3], label))
    if label and len(claims) > 1:
        raise Refused(
            Text("“{label}” cannot name the quantities of {count} claims: a label belongs to one.")(
                label=shortened(label), count=len(claims)
            )
        )
    return tuple(claims)


def field_value(frame: object, path: str) -> Any:
    """The value at a path in a frame or in parameters, such as ``status.kind`` or ``margins[3]``; None if a field on
    the way is None.

    ``Refused`` if there is no such path.
    """
    value: Any = frame
    for name, index in _STEP.findall(path):
        if value is None:
            return None
        try:
            if index:
                places = tuple(int(part) for part in index.split(","))
                for place in places:
                    value = value[place]
            else:
                value = value[name] if isinstance(value, Mapping) else getattr(value, name)
        except (AttributeError, KeyError, IndexError, TypeError):
            raise Refused(_no_field(path, value, index)) from None
    return value


def _no_field(path: str, value: Any, index: str) -> Text:
    """The message for a path that does not exist: the names, or the number of elements, that ``value`` has instead."""
    if index:
        shape = getattr(value, "shape", None) or (len(value) if isinstance(value, (tuple, list)) else ())
        return _NO_PLACE(path=shortened(path), place=shortened(index), shape=shape)
    names = [str(one) for one in value] if isinstance(value, Mapping) else _names(value)
    if not names:
        return _NO_PATH(path=shortened(path))
    return _NO_FIELD(path=shortened(path), known=shortened(", ".join(names), _MOST_NAMED))


def _names(value: Any) -> list[str]:
    """The names of a dataclass's fields; for a frame, first those that not all frames have."""
    names = [one.name for one in dataclasses.fields(value)] if dataclasses.is_dataclass(value) else []
    return sorted(names, key=lambda name: name in _EVERY_FRAME)


def _words_at(frame: Frame, path: str) -> Mapping[str, Text]:
    """The labels for words that may be the value at a path: those of the field's options, or the text of a status."""
    record = _record_at(frame, path)
    if isinstance(record, Status):
        return {record.kind: record.text}
    words: Mapping[str, Text] = _metadata_at(frame, path).get("words", {})
    return words


def _metadata_at(frame: Frame, path: str) -> Mapping[str, Any]:
    """The dataclass metadata of the field at the end of a path."""
    record, name = _record_at(frame, path), path.rpartition(".")[2].partition("[")[0]
    for field in dataclasses.fields(record) if dataclasses.is_dataclass(record) else ():
        if field.name == name:
            return field.metadata
    return {}


def _record_at(frame: Frame, path: str) -> Any:
    """The object that contains the field at the end of a path: the frame itself, or one nested in it."""
    parent = path.rpartition(".")[0]
    return field_value(frame, parent) if parent else frame


@lru_cache(maxsize=512)
def _wanted(text: str) -> tuple[Any, float | None]:
    """Parses a claim's value; also returns its tolerance, half a unit of the last digit, or None for an integer or a
    word.
    """
    if text in _WORDS:
        return _WORDS[text], None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text, None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return text, None
    if text.lstrip("+-").isdigit():
        return int(text), None
    return float(number), 0.5 * 10.0 ** int(number.as_tuple().exponent)


def _ordered(relation: str, value: float, wanted: float) -> bool:
    # Two numbers that are equal but for rounding are neither less nor greater.
    if np.isclose(value, wanted, rtol=_SAME_TO, atol=_SAME_TO):
        return relation in ("<=", ">=")
    return bool(value < wanted) if relation[0] == "<" else bool(value > wanted)


def _is_number(value: Any) -> bool:
    return isinstance(value, Number) and not isinstance(value, (bool, np.bool_))


@dataclass(frozen=True)
class Slip:
    """A known mistake in a question for a number: the ``formula`` of the wrong number, and ``why`` it is wrong."""

    formula: str
    why: str

    def value(self, params: Params, frame: Frame, answer: Any) -> float | None:
        """The wrong number to which this mistake leads, computed from its formula, where ``answer`` is the right
        number.

        None if it is undefined for these parameters and this frame; ``Refused`` if the formula is invalid.
        """
        # Only now: a guide is read at the start, and its slips are asked about seldom.
        from engine.calculus.expressions import Expression, ExpressionRefused

        places = dict.fromkeys(place for place in _PLACE.findall(self.formula) if not _is_known(place))
        names = {place: f"v{index}" for index, place in enumerate(places)}
        text = _PLACE.sub(lambda match: names.get(match[0], match[0]), self.formula)
        try:
            values = [answer if place == _ANSWER else _found(params, frame, place) for place in places]
            if not all(isinstance(value, Real) for value in values):
                return None
            number = float(Expression(text, tuple(names.values()) or ("v0",))(*(values or [0.0])))
        except (ExpressionRefused, Refused) as refused:
            raise Refused(
                Text("“{formula}” is no formula of a slip: {reason}")(
                    formula=shortened(self.formula), reason=refused.text
                )
            ) from None
        return number if math.isfinite(number) else None


def _is_known(name: str) -> bool:
    from engine.calculus.expressions.functions import CHOOSING, CONSTANTS, FUNCTIONS

    return name in FUNCTIONS or name in CHOOSING or name in CONSTANTS


def _found(params: Params, frame: Frame, place: str) -> Any:
    """The value of a name in a slip's formula: a parameter, or a path in the frame."""
    root = re.split(r"[.\[]", place, maxsplit=1)[0]
    if root not in fields_of(type(params)) and not hasattr(frame, root):
        names = [*fields_of(type(params)), *_names(frame)]
        raise Refused(_NO_NAME(name=shortened(root), known=shortened(", ".join(names), _MOST_NAMED)))
    # What is set is what is asked about; the frame may call something else by the same name.
    found = field_value(params if root in fields_of(type(params)) else frame, place)
    # A choice among numbers holds words.
    return float(found) if isinstance(found, str) and found.replace(".", "").isdecimal() else found
