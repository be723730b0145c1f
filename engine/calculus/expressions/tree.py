"""The syntax tree of a typed function: every node computes its value and, by the chain rule, its partial derivatives.

A ``Dual`` is a value together with its derivatives (forward-mode differentiation). A derivative that is 0 because the
variable does not occur is None, so that 0 · ∞ cannot give nan.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.calculus.expressions.functions import CHOOSING, FUNCTIONS, OF_WORKINGS

Array = np.ndarray | float
Partial = Array | None
_CALLED = {**FUNCTIONS, **OF_WORKINGS}


class Dual(NamedTuple):
    """A value and its partial derivatives with respect to each variable; arrays of one shape, or plain numbers."""

    value: Array
    partials: tuple[Partial, ...]


class Node(ABC):
    """A subexpression; ``is_constant`` if no variable occurs in it."""

    is_constant: bool = False

    @abstractmethod
    def value(self, variables: Sequence[Array]) -> Array:
        """The value of the subexpression for these values of the variables."""

    @abstractmethod
    def dual(self, variables: Sequence[Array]) -> Dual:
        """The value of the subexpression, with its partial derivatives with respect to all variables."""


@dataclass(frozen=True)
class Number(Node):
    """A number as it was typed, or the value of a subexpression without variables."""

    number: float
    is_constant = True

    def value(self, variables: Sequence[Array]) -> Array:
        # A plain number: it takes the precision of the array that it meets, so that float32 stays float32.
        return self.number

    def dual(self, variables: Sequence[Array]) -> Dual:
        return Dual(self.number, (None,) * len(variables))


@dataclass(frozen=True)
class Variable(Node):
    """The variable with the given index: ∂x/∂x = 1."""

    index: int

    def value(self, variables: Sequence[Array]) -> Array:
        return variables[self.index]

    def dual(self, variables: Sequence[Array]) -> Dual:
        here = variables[self.index]
        partials: list[Partial] = [None] * len(variables)
        partials[self.index] = np.ones_like(here)
        return Dual(here, tuple(partials))


@dataclass(frozen=True)
class Negative(Node):
    """−u, with the derivative −u′."""

    u: Node

    def value(self, variables: Sequence[Array]) -> Array:
        return -self.u.value(variables)

    def dual(self, variables: Sequence[Array]) -> Dual:
        u = self.u.dual(variables)
        return Dual(-u.value, tuple(None if du is None else -du for du in u.partials))


@dataclass(frozen=True)
class Sum(Node):
    """u + v or, with ``sign`` −1, u − v; the derivative is u′ + v′ or u′ − v′."""

    u: Node
    v: Node
    sign: int

    def value(self, variables: Sequence[Array]) -> Array:
        u, v = self.u.value(variables), self.v.value(variables)
        return u + v if self.sign == 1 else u - v

    def dual(self, variables: Sequence[Array]) -> Dual:
        u, v = self.u.dual(variables), self.v.dual(variables)
        partials = (_plus(du, _times(dv, self.sign)) for du, dv in zip(u.partials, v.partials, strict=True))
        return Dual(u.value + v.value if self.sign == 1 else u.value - v.value, tuple(partials))


@dataclass(frozen=True)
class Product(Node):
    """u · v, with the derivative u′·v + u·v′."""

    u: Node
    v: Node

    def value(self, variables: Sequence[Array]) -> Array:
        return self.u.value(variables) * self.v.value(variables)

    def dual(self, variables: Sequence[Array]) -> Dual:
        u, v = self.u.dual(variables), self.v.dual(variables)
        partials = (
            _plus(_times(du, v.value), _times(dv, u.value)) for du, dv in zip(u.partials, v.partials, strict=True)
        )
        return Dual(u.value * v.value, tuple(partials))


@dataclass(frozen=True)
class Quotient(Node):
    """u / v, with the derivative (u′ − (u/v)·v′) / v."""

    u: Node
    v: Node

    def value(self, variables: Sequence[Array]) -> Array:
        return np.divide(self.u.value(variables), self.v.value(variables))

    def dual(self, variables: Sequence[Array]) -> Dual:
        u, v = self.u.dual(variables), self.v.dual(variables)
        quotient = np.divide(u.value, v.value)
        partials = (
            _times(_plus(du, _times(dv, -quotient)), np.divide(1.0, v.value))
            for du, dv in zip(u.partials, v.partials, strict=True)
        )
        return Dual(quotient, tuple(partials))


@dataclass(frozen=True)
class Power(Node):
    """u^v. The derivative is v·u^(v−1)·u′ where v is a number, otherwise u^v·(v′·ln u + v·u′/u)."""

    u: Node
    v: Node

    def value(self, variables: Sequence[Array]) -> Array:
        return self.u.value(variables) ** self.v.value(variables)

    def dual(self, variables: Sequence[Array]) -> Dual:
        u, v = self.u.dual(variables), self.v.dual(variables)
        value = u.value**v.value
        if self.v.is_constant:
            # u^0 is 1 everywhere; 0 · u^−1 would be nan at 0.
            slope = 0.0 if v.value == 0 else v.value * u.value ** (v.value - 1)
            return Dual(value, tuple(_times(du, slope) for du in u.partials))
        # At u = 0 the logarithm is −∞, and u^v stays 0 however v changes.
        by_u, by_v = v.value * u.value ** (v.value - 1), np.where(value == 0, 0.0, value * np.log(u.value))
        partials = (_plus(_times(du, by_u), _times(dv, by_v)) for du, dv in zip(u.partials, v.partials, strict=True))
        return Dual(value, tuple(partials))


@dataclass(frozen=True)
class Call(Node):
    """A function of one argument, f(u), with the derivative f′(u)·u′."""

    name: str
    u: Node

    def value(self, variables: Sequence[Array]) -> Array:
        return _CALLED[self.name].value(self.u.value(variables))

    def dual(self, variables: Sequence[Array]) -> Dual:
        u = self.u.dual(variables)
        slope = _CALLED[self.name].slope(u.value)
        return Dual(_CALLED[self.name].value(u.value), tuple(_times(du, slope) for du in u.partials))


@dataclass(frozen=True)
class Chosen(Node):
    """The smallest or largest of several operands; the derivative is that of the chosen operand, of equal ones the
    first.
    """

    name: str
    arguments: tuple[Node, ...]

    def value(self, variables: Sequence[Array]) -> Array:
        best, *others = (argument.value(variables) for argument in self.arguments)
        for other in others:
            best = CHOOSING[self.name].value(best, other)
        return best

    def dual(self, variables: Sequence[Array]) -> Dual:
        best, *others = (argument.dual(variables) for argument in self.arguments)
        for other in others:
            first = CHOOSING[self.name].first(best.value, other.value)
            partials = (
                None if du is None and dv is None else np.where(first, _or_zero(du), _or_zero(dv))
                for du, dv in zip(best.partials, other.partials, strict=True)
            )
            best = Dual(CHOOSING[self.name].value(best.value, other.value), tuple(partials))
        return best


def _plus(u: Partial, v: Partial) -> Partial:
    if u is None or v is None:
        return v if u is None else u
    return u + v


def _times(partial: Partial, factor: Array) -> Partial:
    """The product of a derivative and a factor, where 0 · ∞ is 0: a zero derivative stays 0 whatever it is multiplied
    by.

    So 1/(1 + exp(−x)) has the derivative 0 far to the left, where exp(−x) overflows.
    """
    if partial is None:
        return None
    product = partial * factor
    lost = np.isnan(product)
    if np.any(lost):
        known = ((np.equal(partial, 0)) | (np.equal(factor, 0))) & ~np.isnan(partial) & ~np.isnan(factor)
        return np.where(lost & known, 0.0, product)
    return product


def _or_zero(partial: Partial) -> Array:
    return 0.0 if partial is None else partial
