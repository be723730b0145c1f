"""Holds what was typed into a gap against the right value: with the numbers of the stage, and at three points more."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.calculus.expressions.characters import plain
from engine.contract.text.text import Text, as_written
from engine.derivations.derivation import Derivation, Line, Point, Values
from engine.derivations.formulas import Formula, read_formula
from engine.derivations.matrices import Misfit
from engine.derivations.spelling import as_typed

_NUMBER = re.compile(r"(?<![\w.\]])\d+(?:\.\d+)?(?![\w.])", re.ASCII)
"""A number of a formula, and not a part of a name such as x0."""
_PLAIN = re.compile(r"[+-]?(\d+)(?:\.(\d*))?|[+-]?\.(\d+)", re.ASCII)
"""A number that is all that was typed."""
_TELLING = 2
"""So many digits a number has to agree to before anybody says that it does: 0 or −1 comes from a thought as well."""
DRAWN = 3
"""So many points are drawn by chance beside the stage's numbers."""
_RELATIVE, _ABSOLUTE = 1e-5, 1e-8
"""A difference quotient has about eight digits; what is left of a formula's own rounding is far less."""


@dataclass(frozen=True)
class Verdict:
    """Whether a formula is right, and where it is not the first place at which it fails.

    There are the ``values`` of the line's symbols, whether they are the first that were compared, and whether the stage
    shows these (``is_shown``), what came of the learner's
    formula and what is ``right``; ``place`` is that of the first cell that differs, () of a number. ``yours`` is None
    where the formula has no value there. ``wrong`` is the number of a known wrong formula of the line that gives the
    same everywhere, None where none does. ``misfit`` says it of matrices that cannot be multiplied. ``constant`` is a
    number that was typed in place of a symbol which has this value on the stage, and the symbol. ``plain`` is a number
    that was typed in place of the whole formula and is its value there, to the digits that were typed. A number that
    cannot be told from 0 is 0.
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
    """What is to be said of a formula; ``Refused`` where it cannot be read.

    ``wrong`` are formulas that are known to be wrong. A shape in plain numbers is one of the stage, and is held against
    that alone.
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
    """Where formulas of a line are compared: the stage's numbers first, and the line's symbols there."""
    chance = np.random.default_rng(zlib.crc32(f"{derivation.id}/{line.id}".encode()))
    drawn = line.drawn or derivation.drawn
    for point in (stage_point(derivation, params), *(drawn(chance) for _ in range(DRAWN))):
        values = derivation.symbols(point)
        yield {symbol: values[symbol] for symbol in line.symbols}, point


def stage_point(derivation: Derivation, params: Any) -> Point:
    """The numbers of the stage; where it shows something else, those that it would open with."""
    for one in (params, params.replaced(derivation.stage), type(params)().replaced(derivation.stage)):
        point = derivation.on_stage(one)
        if point is not None:
            return point
    raise ValueError(f"{derivation.id}: its stage shows nothing")


def _value(formula: Formula, values: Values) -> Any:
    """What a formula comes to; None where it has no value."""
    found = formula(values)
    return found if np.all(np.isfinite(found)) else None


def _same(yours: Any, right: Any) -> bool:
    if yours is None or np.shape(yours) != np.shape(right):
        return False
    yours, right = np.asarray(yours, dtype=float), np.asarray(right, dtype=float)
    near = _RELATIVE * np.maximum(np.abs(yours), np.abs(right)) + _ABSOLUTE
    return bool(np.all(np.abs(yours - right) <= near))


def _first_difference(yours: Any, right: Any) -> tuple[tuple[int, ...], Any, Any]:
    """The first cell in which two matrices differ, and both numbers; numbers and shapes as they are.

    Matrices of two shapes differ in these.
    """
    if not isinstance(right, np.ndarray):
        return (), _or_zero(yours), _or_zero(right)
    if yours is None or yours.shape != right.shape:
        return (), None if yours is None else yours.shape, right.shape
    place = next(place for place in np.ndindex(right.shape) if not _same(yours[place], right[place]))
    return place, _or_zero(float(yours[place])), _or_zero(float(right[place]))


def _or_zero(value: Any) -> Any:
    """A number, or 0 where it is as near to that as a right one may be; shapes and None as they are."""
    return 0.0 if isinstance(value, float) and abs(value) <= _ABSOLUTE else value


def _known(formula: Formula, wrong: Sequence[str], line: Line, everywhere: list[Values]) -> int | None:
    """Which of the known wrong formulas gives the same as what was typed, wherever both have a value."""
    own = [_value(formula, values) for values in everywhere]
    for number, known in enumerate(wrong):
        other = [_value(read_formula(known, line), values) for values in everywhere]
        if all(_both_same(mine, known_one) for mine, known_one in zip(own, other, strict=True)):
            return number
    return None


def _both_same(one: Any, other: Any) -> bool:
    return other is None if one is None else other is not None and _same(one, other)


def _constant(typed: str, line: Line, points: list[tuple[Values, Point]]) -> tuple[str, str] | None:
    """A number of a formula that stands in place of a symbol, and the symbol: with the names it would be right."""
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
    """A number that is all that was typed, where the formula comes to it, as far as it was typed; else None."""
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
    """Of a line's symbols those that are single numbers."""
    return {name: float(value) for name, value in values.items() if np.ndim(value) == 0}
