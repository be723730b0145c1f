"""Products of whole matrices as a learner types them: Xᵀ·dZ, X.T @ dZ, np.dot(X.T, dZ).

product = factor {["@" | "*"] factor}
factor  = (name | "(" product ")" | "dot" "(" product "," product ")") {"T"}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np

from engine.contract.text import Refused, Text, shortened

_BESIDE = re.compile(r"\s*([.^])\s*")
"""Spaces beside a dot or a ^, which have no meaning."""
_TURNED = re.compile(r"\^t|\^\(\s*t\s*\)|\.t(?![a-z0-9(])|ᵀ|'|′|⊤", re.IGNORECASE)
_METHOD = re.compile(r"(?<!np)\.(dot|matmul)", re.IGNORECASE)
_TIMES = re.compile(r"[·⋅•×*@✕]")
_WORD = re.compile(r"(?:np\.)?(?:dot|matmul)(?=\s*\()|[a-z][a-z0-9]*|\S", re.IGNORECASE)
_DOT = ("dot", "matmul", "np.dot", "np.matmul")
_UNREADABLE = Text("“{found}” cannot stand there: this is a product of {names}, transposed ones with ᵀ or .T.")
_UNFINISHED = Text("The product is not finished: a matrix is missing.")
_MISFIT = Text("{left} times {right} does not fit: {inner} and {outer}, the inner numbers, have to be equal.")


class Misfit(Refused):
    """Raised if two matrices cannot be multiplied because of their shapes; the text names the shapes."""


Product = Callable[[Mapping[str, np.ndarray]], np.ndarray]
"""A parsed product as a function of the matrices by lower-case name; ``Misfit`` if their shapes do not fit."""


def read_product(text: str, names: Mapping[str, str]) -> Product:
    """Parses a product of matrices; ``names`` maps the matrices' lower-case names to their spelling."""
    signs = _BESIDE.sub(r"\1", text.replace("（", "(").replace("）", ")").replace("，", ","))
    signs = _METHOD.sub("@", _TURNED.sub("⊤", signs))
    return _Reader(_WORD.findall(_TIMES.sub("@", signs)), names).whole()


class _Reader:
    def __init__(self, words: list[str], names: Mapping[str, str]) -> None:
        self._words, self._names, self._place = words, names, 0

    def whole(self) -> Product:
        found = self._product()
        if self._next:
            raise self._refusal()
        return found

    @property
    def _next(self) -> str:
        return self._typed.lower()

    @property
    def _typed(self) -> str:
        """The next token, spelled as the learner typed it; "" at the end."""
        return self._words[self._place] if self._place < len(self._words) else ""

    def _take(self, *wanted: str) -> bool:
        if self._next and self._next in wanted:
            self._place += 1
            return True
        return False

    def _need(self, wanted: str) -> None:
        if not self._take(wanted):
            raise self._refusal()

    def _refusal(self) -> Refused:
        if not self._next:
            return Refused(_UNFINISHED)
        return Refused(_UNREADABLE(found=shortened(self._typed), names=", ".join(self._names.values())))

    def _product(self) -> Product:
        found = self._factor()
        while self._next and self._next not in (")", ","):
            self._take("@")
            found = _times(found, self._factor())
        return found

    def _factor(self) -> Product:
        if self._take(*_DOT):
            self._need("(")
            left = self._product()
            self._need(",")
            found = _times(left, self._product())
            self._need(")")
        elif self._take("("):
            found = self._product()
            self._need(")")
        elif self._next in self._names:
            found = _named(self._next)
            self._place += 1
        else:
            raise self._refusal()
        while self._take("⊤"):
            found = _transposed(found)
        return found


def _named(name: str) -> Product:
    return lambda matrices: matrices[name]


def _transposed(product: Product) -> Product:
    return lambda matrices: product(matrices).T


def _times(left: Product, right: Product) -> Product:
    def times(matrices: Mapping[str, np.ndarray]) -> np.ndarray:
        u, v = left(matrices), right(matrices)
        if u.shape[1] != v.shape[0]:
            raise Misfit(_MISFIT(left=str(u.shape), right=str(v.shape), inner=u.shape[1], outer=v.shape[0]))
        return u @ v

    return times
