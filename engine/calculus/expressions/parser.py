"""Parses the tokens of a typed function into a syntax tree, by recursive descent.

sum      = product {("+" | "-") product}
product  = signed {("*" | "/") signed}
signed   = ("+" | "-") signed | power
power    = atom ["^" signed]                     from the right: 2^3^2 = 2^9, and −x^2 = −(x^2)
atom     = number | name | name "(" sum {"," sum} ")" | "(" sum ")"
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

from engine.calculus.expressions.characters import ExpressionRefused
from engine.calculus.expressions.functions import CHOOSING, CONSTANTS, FUNCTIONS
from engine.calculus.expressions.tokens import Token, tokens_of
from engine.calculus.expressions.tree import (
    Call,
    Chosen,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
)
from engine.contract.text import Text, untranslated

DEEPEST = 40
"""The maximum nesting of brackets, signs and powers."""
_EMPTY = Text("no function was typed; an example is {example}")
_ENDS = Text("the function ends where a number, a name or ( should follow")
_EXPECTED = Text("a number, a name or ( should stand here, not “{found}”")
_UNCLOSED = Text("the ( here is never closed")
_UNOPENED = Text("the ) here has no ( before it")
_JOIN = Text("an operator is missing before “{found}”, such as * for times")
_COMMA = Text("a comma only stands between the numbers of min and max")
_UNKNOWN = Text("there is no “{name}”; there are {names}")
_NO_CALL = Text("“{name}” is not a function, {name}(…) has no meaning")
_NEEDS_CALL = Text("{name} is a function: write {name}(…)")
_ONE = Text("{name} takes one number, not {count}")
_TWO = Text("{name} takes two numbers or more")
_TOO_DEEP = Text("more than {deepest} brackets, signs or powers inside one another")
_NOT_FINITE = Text("this part has no finite value")


def parse(text: str, names: Sequence[str], also: Collection[str] = ()) -> Node:
    """Parses ``text`` with the variables ``names`` into a syntax tree; ``ExpressionRefused`` for anything outside the
    grammar.

    ``also`` are further functions that are allowed, which people cannot type.
    """
    parser = _Parser(tokens_of(text), tuple(names), frozenset((*FUNCTIONS, *also)))
    return parser.whole()


class _Parser:
    def __init__(self, tokens: list[Token], names: tuple[str, ...], functions: frozenset[str]) -> None:
        self._tokens, self._names, self._functions = tokens, names, functions
        self._place = 0
        self._depth = 0

    def whole(self) -> Node:
        if self._next.kind == "end":
            raise ExpressionRefused(_EMPTY(example=f"{self._names[0]}^2"), 1)
        tree = self._sum()
        token = self._next
        if token.kind == "end":
            return tree
        raise ExpressionRefused(_after_a_value(token), token.column)

    @property
    def _next(self) -> Token:
        return self._tokens[self._place]

    def _take(self, *signs: str) -> Token | None:
        """Removes and returns the next token if it is one of ``signs``; otherwise returns None."""
        token = self._next
        if token.kind == "sign" and token.text in signs:
            self._place += 1
            return token
        return None

    def _sum(self) -> Node:
        tree = self._product()
        while sign := self._take("+", "-"):
            tree = _folded(Sum(tree, right := self._product(), 1 if sign.text == "+" else -1), sign, tree, right)
        return tree

    def _product(self) -> Node:
        tree = self._signed()
        while sign := self._take("*", "/"):
            right = self._signed()
            tree = _folded((Product if sign.text == "*" else Quotient)(tree, right), sign, tree, right)
        return tree

    def _signed(self) -> Node:
        sign = self._take("+", "-")
        if sign is None:
            return self._power()
        self._go_deeper(sign)
        tree = self._signed()
        self._depth -= 1
        return _folded(Negative(tree), sign, tree) if sign.text == "-" else tree

    def _power(self) -> Node:
        tree = self._atom()
        sign = self._take("^")
        if sign is None:
            return tree
        self._go_deeper(sign)
        exponent = self._signed()
        self._depth -= 1
        return _folded(Power(tree, exponent), sign, tree, exponent)

    def _atom(self) -> Node:
        token = self._next
        self._place += 1
        if token.kind == "number":
            return _finite(Number(float(token.text)), token)
        if token.kind == "name":
            return self._named(token)
        if token.text == "(":
            return self._inside(token)[0]
        reason = _ENDS if token.kind == "end" else _EXPECTED(found=token.text)
        raise ExpressionRefused(reason, token.column)

    def _named(self, token: Token) -> Node:
        name, called = token.text, self._take("(")
        if name in self._functions or name in CHOOSING:
            if called is None:
                raise ExpressionRefused(_NEEDS_CALL(name=name), token.column)
            return self._call(token, self._inside(called, commas=True))
        if name not in self._names and name not in CONSTANTS:
            every = (*self._names, *FUNCTIONS, *CHOOSING, *CONSTANTS)
            raise ExpressionRefused(_UNKNOWN(name=name, names=" ".join(every)), token.column)
        if called is not None:
            raise ExpressionRefused(_NO_CALL(name=name), token.column)
        return Variable(self._names.index(name)) if name in self._names else Number(CONSTANTS[name])

    def _call(self, token: Token, arguments: list[Node]) -> Node:
        name = token.text
        if name in CHOOSING:
            if len(arguments) < 2:
                raise ExpressionRefused(_TWO(name=name), token.column)
            return _folded(Chosen(name, tuple(arguments)), token, *arguments)
        if len(arguments) != 1:
            raise ExpressionRefused(_ONE(name=name, count=len(arguments)), token.column)
        return _folded(Call(name, arguments[0]), token, arguments[0])

    def _inside(self, opened: Token, commas: bool = False) -> list[Node]:
        """Parses the arguments from the bracket ``opened`` that was just read up to its closing bracket."""
        self._go_deeper(opened)
        found = [self._sum()]
        while commas and self._take(","):
            found.append(self._sum())
        self._depth -= 1
        token = self._next
        if token.kind == "end":
            raise ExpressionRefused(_UNCLOSED, opened.column)
        if self._take(")") is None:
            raise ExpressionRefused(_after_a_value(token), token.column)
        return found

    def _go_deeper(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionRefused(_TOO_DEEP(deepest=DEEPEST), token.column)


def _after_a_value(token: Token) -> Text:
    """The error message for a token that stands directly after a complete value, where it is not allowed."""
    if token.text == ")":
        return _UNOPENED
    return _COMMA if token.text == "," else _JOIN(found=untranslated(token.text))


def _folded(node: Node, token: Token, *parts: Node) -> Node:
    """Constant folding: returns ``node``, or, if none of its ``parts`` contains a variable, a number with its value."""
    if not all(part.is_constant for part in parts):
        return node
    numbers = [Number(np.float64(part.number)) for part in parts if isinstance(part, Number)]
    with np.errstate(all="ignore"):
        return _finite(Number(float(_with_parts(node, numbers).value(()))), token)


def _with_parts(node: Node, parts: list[Number]) -> Node:
    """A copy of the node with NumPy numbers as operands, which overflow without an error, unlike Python's."""
    match node:
        case Sum():
            u, v = parts
            return Sum(u, v, node.sign)
        case Call():
            return Call(node.name, *parts)
        case Chosen():
            return Chosen(node.name, tuple(parts))
    return type(node)(*parts)


def _finite(number: Number, token: Token) -> Number:
    if not math.isfinite(number.number):
        raise ExpressionRefused(_NOT_FINITE, token.column)
    return number
