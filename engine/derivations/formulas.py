"""Parses what a learner types into a gap: a formula of numbers, a shape, or a product of matrices."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from engine.calculus.expressions import Expression, ExpressionRefused
from engine.calculus.expressions.characters import for_people, plain
from engine.calculus.expressions.functions import CHOOSING, CONSTANTS, FUNCTIONS
from engine.contract.text import Refused, Text, shortened
from engine.derivations import Line, Values
from engine.derivations.matrices import read_product
from engine.derivations.spelling import as_typed, column_in, names_of, typed_as, with_products

Formula = Callable[[Values], Any]
"""A parsed formula as a function of the symbols' values; ``Refused`` if it cannot be evaluated."""

_EMPTY = Text("Nothing was typed yet.")
_AT = Text("Column {column}: {reason}.")
_UNKNOWN = Text("There is no “{name}” in this line; there are {names}.")
_SHAPE = Text("A shape is written as (3, 2), or in letters as (N, D).")
_BETWEEN = re.compile("[,，、×*]")


def read_formula(text: str, line: Line) -> Formula:
    """Parses a formula of this line; ``Refused`` says in a sentence what is invalid."""
    if not text.strip():
        raise Refused(_EMPTY)
    if line.kind == "matrix":
        return _product(text, line)
    return _shape(text, line) if line.kind == "shape" else _number(text, line)


def as_in_a_book(text: str, line: Line) -> str:
    """The typed formula in the book's notation, such as −γ·u² for -gamma*u**2."""
    if line.kind != "number":
        return " ".join(text.split())
    names = names_of(line.symbols)
    signs = plain(with_products(as_typed(text), names)).replace("**", "^")
    letters = re.sub(r"[a-z][a-z0-9]*", lambda name: names.get(name[0], name[0]), signs)
    # Room beside what joins two terms, and none behind a sign.
    return for_people(re.sub(r"(?<=[\w)])(?<!\de)([+-])", r" \1 ", letters))


def _number(text: str, line: Line) -> Formula:
    names = names_of(line.symbols)
    written = with_products(as_typed(text), names)
    for name in re.findall(r"(?<![a-z0-9_.])[a-z][a-z0-9_]*", written):
        if name not in (*names, *FUNCTIONS, *CHOOSING, *CONSTANTS):
            raise Refused(_UNKNOWN(name=shortened(typed_as(name, text)), names=", ".join(line.symbols)))
    try:
        expression = Expression(written, tuple(names))
    except ExpressionRefused as refusal:
        raise Refused(_AT(column=column_in(text, refusal.column), reason=refusal.reason)) from None
    return lambda values: float(expression(*(np.float64(values[symbol]) for symbol in names.values())))


def _shape(text: str, line: Line) -> Formula:
    inner = text.strip().translate(str.maketrans("（）【】[]", "()()()")).removeprefix("(").removesuffix(")")
    sides = [side for side in _BETWEEN.split(inner) if side.strip()]
    try:
        formulas = [_number(side, line) for side in sides]
    except Refused:
        formulas = []
    if not formulas:
        raise Refused(_SHAPE)
    return lambda values: tuple(formula(values) for formula in formulas)


def _product(text: str, line: Line) -> Formula:
    product = read_product(text, names_of(line.symbols))
    return lambda values: product({as_typed(symbol): np.asarray(values[symbol]) for symbol in line.symbols})
