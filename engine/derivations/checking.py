"""Checks a typed formula by evaluating it: at the point that the main picture shows, and at random points."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.calculus.expressions.characters import plain
from engine.contract.text import Text, as_written
from engine.derivations import Derivation, Line, Point, Values
from engine.derivations.formulas import Formula, read_formula
from engine.derivations.matrices import Misfit
from engine.derivations.spelling import as_typed

_NUMBER = re.compile(r"(?<![\w.\]])\d+(?:\.\d+)?(?![\w.])", re.ASCII)
"""A number in a formula that is not part of a name such as x0."""
_PLAIN = re.compile(r"[+-]?(\d+)(?:\.(\d*))?|[+-]?\.(\d+)", re.ASCII)
"""Input that consists of a number only."""
_TELLING = 2
"""The fewest agreeing digits by which a typed number counts as the right value; 0 or −1 may be typed by chance."""
DRAWN = 3
"""The number of random points at which a formula is checked, besides the main picture's."""
_RELATIVE, _ABSOLUTE = 1e-5, 1e-8
"""The tolerances: a difference quotient has about eight right digits; a formula's rounding errors are far smaller."""


@dataclass(frozen=True)
class Verdict:
    """The result of checking a typed formula: whether it is right, and if not, the first point at which it fails.

    ``values`` are the values of the line's symbols at that point. ``is_of_stage``: the point is that of the main
    picture; ``is_shown``: that picture also shows these values. ``yours`` is the value of the learner's formula, None
    if it is undefined there, and ``right`` the right one; ``place`` is the index of the first element that differs, ()
    for a number. ``wrong`` is the index of a known wrong formula of the line that equals the typed one everywhere, or
    None. ``misfit`` is the message for matrices that cannot be multiplied. ``constant`` is a typed number that only
    equals a symbol's value in the main picture, and that symbol. ``plain`` is a number that was typed instead of a
    formula and equals the right value there, to the typed digits. Values that are only rounding errors are 0.
    """

    is_right: bool
    values: Values | None = None
    is_of_stage: bool = False
    place: tuple[int, ...] = ()
    yours: float | tuple[float, ...] | None = None
    right: float | tuple[float, ...] | None = None
    wrong: int | None = None
    misfit: Text | None = None
    constant: tuple[str, str] | None = None
    is_shown: bool = False
    plain: str | None = None


def check(derivation: Derivation, line: Line, typed: str, params: Any, wrong: Sequence[str] = ()) -> Verdict:
    """Checks a formula typed for a line; ``Refused`` if it cannot be parsed.

    ``wrong`` are known wrong formulas. A shape typed in numbers is compared at the main picture's point only, since it
    is different elsewhere.
    """
    formula = read_formula(typed, line)
    points = list(points_of(derivation, line, params))
    is_shown = line.shown and derivation.on_stage(params) is not None
    if line.kind == "shape" and not re.search("[A-Za-z]", typed):
        points = points[:1]
    for count, (values, point) in enumerate(points):
        try:
            yours, right = _value(formula, values), line.right(point)
        except Misfit as misfit:
            return Verdict(False, values, count == 0, misfit=misfit.text, is_shown=is_shown)
        if _same(yours, right):
            continue
        place, own, expected = _first_difference(yours, right)
        known = _known(formula, wrong, line, [values for values, _ in points])
        constant = _constant(typed, line, points) if count and line.kind == "number" else None
        verdict = Verdict(False, values, count == 0, place, own, expected, known, constant=constant, is_shown=is_shown)
        number = _plain(typed, line, points[0]) if known is None else None
        return verdict if number is None else replace(verdict, values=points[0][0], is_of_stage=True, plain=number)
    return Verdict(True)


def points_of(derivation: Derivation, line: Line, params: Any) -> Iterator[tuple[Values, Point]]:
    """The points at which a line's formulas are compared, each with the values of the line's symbols; the main
    picture's point comes first.
    """
    chance = np.random.default_rng(zlib.crc32(f"{derivation.id}/{line.id}".encode()))
    drawn = line.drawn or derivation.drawn
    for point in (stage_point(derivation, params), *(drawn(chance) for _ in range(DRAWN))):
        values = derivation.symbols(point)
        yield {symbol: values[symbol] for symbol in line.symbols}, point


def stage_point(derivation: Derivation, params: Any) -> Point:
    """The values of the derivation's arrays as the main picture shows them. If it shows something else, those that it
    shows once the parameters are set to the derivation's own.
    """
    for one in (params, params.replaced(derivation.stage), type(params)().replaced(derivation.stage)):
        point = derivation.on_stage(one)
        if point is not None:
            return point
    raise ValueError(f"{derivation.id}: its stage shows nothing")


def _value(formula: Formula, values: Values) -> Any:
    """The value of a formula; None if it is undefined for these values."""
    found = formula(values)
    return found if np.all(np.isfinite(found)) else None


def _same(yours: Any, right: Any) -> bool:
    if yours is None or np.shape(yours) != np.shape(right):
        return False
    yours, right = np.asarray(yours, dtype=float), np.asarray(right, dtype=float)
    near = _RELATIVE * np.maximum(np.abs(yours), np.abs(right)) + _ABSOLUTE
    return bool(np.all(np.abs(yours - right) <= near))


def _first_difference(yours: Any, right: Any) -> tuple[tuple[int, ...], Any, Any]:
    """The index of the first element in which two matrices differ, and both elements.

    For numbers, shapes, and matrices of different shapes: the index () and the two values, or shapes.
    """
    if not isinstance(right, np.ndarray):
        return (), _or_zero(yours), _or_zero(right)
    if yours is None or yours.shape != right.shape:
        return (), None if yours is None else yours.shape, right.shape
    place = next(place for place in np.ndindex(right.shape) if not _same(yours[place], right[place]))
    return place, _or_zero(float(yours[place])), _or_zero(float(right[place]))


def _or_zero(value: Any) -> Any:
    """The number, or 0 if it is only a rounding error; shapes and None unchanged."""
    return 0.0 if isinstance(value, float) and abs(value) <= _ABSOLUTE else value


def _known(formula: Formula, wrong: Sequence[str], line: Line, everywhere: list[Values]) -> int | None:
    """The index of the known wrong formula that equals the typed one at all points where both are defined."""
    own = [_value(formula, values) for values in everywhere]
    for number, known in enumerate(wrong):
        other = [_value(read_formula(known, line), values) for values in everywhere]
        if all(_both_same(mine, known_one) for mine, known_one in zip(own, other, strict=True)):
            return number
    return None


def _both_same(one: Any, other: Any) -> bool:
    return other is None if one is None else other is not None and _same(one, other)


def _constant(typed: str, line: Line, points: list[tuple[Values, Point]]) -> tuple[str, str] | None:
    """A typed number and the symbol whose value in the main picture it equals, if the symbol in its place would be
    right.
    """
    stage = numbers_in(points[0][0])
    written, first = "", None
    end = 0
    for number in _NUMBER.finditer(typed):
        name = next((name for name, value in stage.items() if _same(float(number[0]), value)), None)
        written += typed[end : number.start()] + (f"({name})" if name else number[0])
        end = number.end()
        if name and first is None:
            first = number[0], name
    if first is None:
        return None
    formula = read_formula(written + typed[end:], line)
    return first if all(_same(_value(formula, values), line.right(point)) for values, point in points) else None


def _plain(typed: str, line: Line, first: tuple[Values, Point]) -> str | None:
    """The typed number, if the input is only a number that equals the right value to its own digits; else None."""
    written = plain(as_typed(typed)).replace(" ", "")
    found = _PLAIN.fullmatch(written)
    if line.kind != "number" or found is None:
        return None
    decimals = len(found[2] or found[3] or "")
    digits = len(re.sub(r"\D", "", written).lstrip("0"))
    right, unit = float(line.right(first[1])), 10.0**-decimals
    if _same(float(written), right):
        return as_written(written)
    return as_written(written) if digits >= _TELLING and abs(float(written) - right) <= unit / 2 + _ABSOLUTE else None


def numbers_in(values: Mapping[str, Any]) -> dict[str, float]:
    """The single numbers among the values of a line's symbols, by symbol."""
    return {name: float(value) for name, value in values.items() if np.ndim(value) == 0}
