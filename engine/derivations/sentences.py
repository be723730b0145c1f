"""The message for a wrong formula: its value, the right value, and the values of the symbols for which they differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.numerals import format_real
from engine.contract.text import Text, sentences, untranslated
from engine.derivations import Line
from engine.derivations.checking import Verdict, numbers_in

_FEWEST_DIGITS, _MOST_DIGITS = 4, 12
_NAMED = 6
"""The maximum number of symbols that are listed with their values."""
_ON_STAGE = Text("With the numbers of the stage: yours {yours}, right {right}.")
_WITH = Text("With {numbers}: yours {yours}, right {right}.")
_BY_CHANCE = (
    Text("The stage's numbers fit by chance."),
    Text("The numbers above fit by chance."),
)
"""One sentence for values that the main picture shows, one for other values, which are shown above the input field."""
_DRAWN = Text("{chance} With {numbers}: yours {yours}, right {right}.")
_ELSEWHERE = Text("{chance} With others: yours {yours}, right {right}.")
_ABOVE = Text("With the numbers of this line: yours {yours}, right {right}.")
_PLAIN = Text(
    "{number} is right, but only for {numbers}. This line asks for a formula in {names}, right for any numbers."
)
_PLAIN_OF_MANY = Text(
    "{number} is right, but only for these numbers. This line asks for a formula in its symbols, right for any."
)
_CONSTANT = Text(
    "{number} is what {name} is here; the formula needs the name. With {numbers}: yours {yours}, right {right}."
)
_CELL = Text("{cell} is {number}")
_NO_VALUE = Text("no finite number")


def sentence_of(verdict: Verdict, line: Line) -> Text:
    """The message for a wrong formula: its value, the right value, and the symbols' values for which they differ."""
    if verdict.misfit is not None:
        return verdict.misfit
    numbers, named = numbers_in(verdict.values or {}), untranslated(spelled(verdict.values or {}))
    is_of_many = len(numbers) > _NAMED
    if verdict.plain is not None:
        if is_of_many:
            return _PLAIN_OF_MANY(number=untranslated(verdict.plain))
        return _PLAIN(number=untranslated(verdict.plain), numbers=named, names=untranslated(", ".join(line.symbols)))
    yours, right = _numbers(verdict.yours, verdict.right)
    if verdict.place:
        cell = f"[{','.join(map(str, verdict.place))}]"
        yours, right = (_CELL(cell=cell, number=number) for number in (yours, right))
    if verdict.is_of_stage:
        if verdict.is_shown:
            return _ON_STAGE(yours=yours, right=right)
        return _ABOVE(yours=yours, right=right) if is_of_many else _WITH(numbers=named, yours=yours, right=right)
    chance = _BY_CHANCE[0 if verdict.is_shown else 1]
    if is_of_many:
        return _ELSEWHERE(chance=chance, yours=yours, right=right)
    if verdict.constant is not None:
        number, name = verdict.constant
        return _CONSTANT(number=untranslated(number), name=untranslated(name), numbers=named, yours=yours, right=right)
    return _DRAWN(chance=chance, numbers=named, yours=yours, right=right)


def told(numbers: Mapping[str, float], digits: int = _FEWEST_DIGITS) -> str:
    """Formats symbols with their values, such as y = 0.8808, n = 1.135."""
    return ", ".join(f"{name} = {format_real(number, digits)}" for name, number in numbers.items())


def spelled(values: Mapping[str, Any]) -> str:
    """Formats the values of a line's symbols: numbers with their values, matrices with their shapes.

    Of many symbols only the first and the last name are given.
    """
    numbers = numbers_in(values)
    shapes = [f"{name} {np.shape(value)}" for name, value in values.items() if np.ndim(value)]
    if len(numbers) > _NAMED:
        rows: dict[str, list[str]] = {}
        for name in numbers:
            rows.setdefault(name.rstrip("0123456789"), []).append(name)
        return ", ".join(f"{row[0]} … {row[-1]}" if len(row) > 2 else ", ".join(row) for row in rows.values())
    return ", ".join(filter(None, (told(numbers), *shapes)))


def with_hint(sentence: Text, hint: str) -> Text:
    """Appends the hint for a known wrong formula to a sentence."""
    return sentences((sentence, untranslated(hint))) if hint else sentence


def _numbers(yours: Any, right: Any) -> tuple[Text, Text]:
    """Formats two numbers with as many digits as are needed to see their difference."""
    for digits in range(_FEWEST_DIGITS, _MOST_DIGITS + 1):
        shown = _number(yours, digits), _number(right, digits)
        if shown[0] != shown[1]:
            break
    return shown


def _number(value: Any, digits: int) -> Text:
    if value is None:
        return _NO_VALUE
    if np.ndim(value):
        sides = ", ".join(format_real(side, digits) for side in value)
        return untranslated(f"({sides}{',' if len(value) == 1 else ''})")
    return untranslated(format_real(value, digits))
