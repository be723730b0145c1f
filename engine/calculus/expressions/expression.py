"""A typed function of named variables, evaluated with NumPy, with exact derivatives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from engine.calculus.expressions.characters import ExpressionRefused, plain
from engine.calculus.expressions.functions import OF_WORKINGS
from engine.calculus.expressions.parser import parse
from engine.calculus.expressions.tree import Node

__all__ = ["Expression", "ExpressionRefused"]


class Expression:
    """``text`` is the normalised function, ``names`` are its variables in the order of the arguments.

    Allowed are numbers, + − * / ^ ( ), sin cos tan exp log sqrt abs tanh sigmoid relu min max, pi and e; anything else
    raises ``ExpressionRefused`` with its column. The value is nan where the function is undefined and infinite where it
    overflows, without a warning. float32 inputs give float32. With ``of_a_working`` (the formula of a worked
    calculation, not typed by a person) the functions step and sign are allowed too.
    """

    def __init__(self, text: str, names: Sequence[str], of_a_working: bool = False) -> None:
        self.names = tuple(names)
        self._tree = _parsed(text, self.names, of_a_working)
        self.text = plain(text)

    def __call__(self, *variables: np.ndarray | float) -> np.ndarray:
        """The values of the function; the arguments are one number or array for each variable, of shapes that broadcast
        together.
        """
        arrays = self._arrays(variables)
        with np.errstate(all="ignore"):
            return self._filled(self._tree.value(arrays), arrays)

    def gradient(self, *variables: np.ndarray | float) -> tuple[np.ndarray, ...]:
        """The exact partial derivative with respect to each variable, by the chain rule; each has the shape of the
        values.
        """
        arrays = self._arrays(variables)
        with np.errstate(all="ignore"):
            partials = self._tree.dual(arrays).partials
            return tuple(self._filled(0.0 if partial is None else partial, arrays) for partial in partials)

    @property
    def tree(self) -> Node:
        """The root of the syntax tree."""
        return self._tree

    def _arrays(self, variables: tuple[np.ndarray | float, ...]) -> list[np.ndarray]:
        if len(variables) != len(self.names):
            raise ValueError(f"{len(variables)} values for the variables {', '.join(self.names)}")
        arrays = [np.asarray(values) for values in variables]
        # Whole numbers would overflow silently and refuse negative powers.
        return [values if np.issubdtype(values.dtype, np.floating) else values.astype(float) for values in arrays]

    def _filled(self, values: np.ndarray | float, arrays: list[np.ndarray]) -> np.ndarray:
        """Broadcasts values to the common shape and dtype of the variables; needed because the value of a constant
        function has neither.
        """
        found = np.broadcast_arrays(*arrays)[0]
        filled = np.empty(found.shape, dtype=np.result_type(*arrays))
        filled[...] = values
        return filled


@lru_cache(maxsize=256)
def _parsed(text: str, names: tuple[str, ...], of_a_working: bool) -> Node:
    return parse(text, names, OF_WORKINGS if of_a_working else ())
