"""Generated mistakes: operators over the syntax tree of a piece, each with a sentence made of operator and place.

The operators are those of mutation testing (mutmut, cosmic-ray), with the ones that beginners' code in NumPy needs:
axes, transposes, products, copies, and what is kept. A mistake is an edit of the piece's own text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import Any

from engine.contract.text import EMPTY, Text, untranslated
from engine.pieces.edits import Edit, Edits

_LONGEST_CODE, _SHORTEST_CODE = 72, 12
_FEW_NAMES = 5
"""If there are no more names, each can be taken for any other one."""
_NEEDLESS = re.compile(r"(?<![\w)\]])\(([\w.]+)\)")
"""Brackets around a single name or number."""
_WITH = Text("You get exactly these numbers with {code}: {what}.")
_IN = Text("You get exactly these numbers with {code} in {where}: {what}.")
_UNCHANGED = Text("You get exactly these numbers if a step is left out in which {code} changes.")
_UNCHANGED_IN = Text("You get exactly these numbers if a step of {where} is left out in which {code} changes.")
_FRAMES = {(False, False): _WITH, (False, True): _IN, (True, False): _UNCHANGED, (True, True): _UNCHANGED_IN}

AXIS = Text("it runs along the wrong axis")
NO_AXIS = Text("without an axis it runs over all numbers")
MEAN = Text("that is a mean, where a sum is meant")
SUM = Text("that is a sum, where a mean is meant")
SIGN = Text("a sign is the wrong way round")
TERM = Text("a term is missing")
FACTOR = Text("a factor is missing")
POWER = Text("a power is missing")
DIVISOR = Text("a division is missing")
TWICE = Text("that is divided twice")
NOT_TRANSPOSED = Text("something is not transposed that should be")
TRANSPOSED = Text("something is transposed that should not be")
AXES = Text("the axes are in the wrong order")
EXCHANGED = Text("the two sides are exchanged")
CELL_BY_CELL = Text("that multiplies cell by cell, where a matrix product is meant")
BORDER = Text("the case of equality falls on the wrong side")
TURNED = Text("the comparison is turned round")
OFF_BY_ONE = Text("a number is off by one")
OTHER_NAME = Text("another value belongs there")
NO_COPY = Text("without a copy another array changes, too")
NEW_ARRAY = Text("that makes a new array, and the one that came in stays as it was")
UNCALLED = Text("a function is missing there")
OTHER_FUNCTION = Text("another function belongs there")
OVERWRITTEN = Text("what was there before is lost, and should be added to")
EARLY = Text("the function ends before the loop does")
NEVER = EMPTY

_OTHER_FUNCTIONS = {
    "max": "min", "maximum": "minimum", "argmax": "argmin", "exp": "exp2", "log": "log10", "ones": "zeros",
    "zeros": "ones", "ceil": "floor", "ones_like": "zeros_like", "zeros_like": "ones_like", "var": "std",
}  # fmt: skip
_PASSED_THROUGH = ("exp", "log", "sqrt", "abs", "sigmoid", "relu", "softmax", "ceil")
_BORDERS = {ast.Gt: ">=", ast.GtE: ">", ast.Lt: "<=", ast.LtE: "<"}
_REVERSED = {ast.Gt: "<", ast.GtE: "<=", ast.Lt: ">", ast.LtE: ">=", ast.Eq: "!=", ast.NotEq: "=="}


@dataclass(frozen=True)
class Fault:
    """A generated mistake: its edits of the piece's source, and the sentence that tells it."""

    edits: Edits
    words: Text

    @property
    def key(self) -> str:
        """What it is known by: its edits."""
        return ";".join(f"{one.start}-{one.end}:{one.new}" for one in self.edits)


@cache
def faults_in(source: str, names: tuple[str, ...]) -> tuple[Fault, ...]:
    """All generated mistakes in some functions of a source, named as ``softmax`` or ``Affine.forward``; no two have the
    same edits.
    """
    found: dict[Edits, Fault] = {}
    for name, function in _functions_of(source):
        if name not in names:
            continue
        where = function.name if len(names) > 1 else ""
        for edits, shown, what in _Operators(source, function).all():
            if edits not in found and not _is_too_long(shown):
                frame = _FRAMES[what is NEVER, bool(where)]
                words = frame(code=untranslated(shown), where=untranslated(where), what=what)
                found[edits] = Fault(edits, words)
    return tuple(found.values())


def _functions_of(source: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions of a source by name, and the methods of its classes as ``Class.method``."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{one.name}", one) for one in node.body if isinstance(one, ast.FunctionDef))


_SUM, _PRODUCT, _SIGN, _POWER, _ALONE = 1, 2, 3, 4, 9
"""How strongly operations hold their operands; what is none of them is alone."""


def _binding(node: ast.AST | None) -> float:
    """How strongly an operation holds its operands; what is no operation holds most."""
    match node:
        case ast.IfExp() | ast.BoolOp() | ast.Compare() | ast.Lambda():
            return 0
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            return _SUM
        case ast.BinOp(op=ast.Pow()):
            return _POWER
        case ast.BinOp() | ast.Mult():
            return _PRODUCT
        case ast.UnaryOp():
            return _SIGN
        case ast.expr():
            return _ALONE
    return -1


def _is_too_long(shown: str) -> bool:
    return len(shown) > 2 * _LONGEST_CODE or "\n" in shown


Made = tuple[Edits, str, Text]
"""The edits of a fault, the code that it shows, and what is said of it."""


class _Operators:
    """The operators on one function or method of a source."""

    def __init__(self, source: str, function: ast.FunctionDef) -> None:
        self._source, self._function = source, function
        self._lines = source.splitlines(keepends=True)
        self._starts = list(accumulate(map(len, self._lines), initial=0))
        self._parents = {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}
        assignments = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
        self._assignments = sorted(assignments, key=lambda node: node.lineno)

    def all(self) -> Iterator[Made]:
        """Yields what every operator makes of every node, in the order of the lines."""
        operators: tuple[Callable[[ast.AST], Iterator[Made]], ...] = (
            self._axes, self._functions, self._arithmetic, self._products, self._comparisons, self._numbers,
            self._copies, self._statements, self._names,
        )  # fmt: skip
        for node in self._nodes():
            for operator in operators:
                yield from operator(node)

    def _nodes(self) -> list[Any]:
        """The nodes of the body, without annotations, defaults and docstring, in the order of the lines."""
        body = self._function.body[1:] if ast.get_docstring(self._function) is not None else self._function.body
        nodes: list[Any] = [node for statement in body for node in ast.walk(statement) if hasattr(node, "lineno")]
        return sorted(nodes, key=lambda node: (node.lineno, node.col_offset))

    # The text of nodes.

    def _span(self, node: Any) -> tuple[int, int]:
        """Where a node begins and ends in the source, in characters."""
        return self._place(node.lineno, node.col_offset), self._place(node.end_lineno, node.end_col_offset)

    def _place(self, line: int, column: int) -> int:
        """A place in the source in characters; Python's columns are in bytes."""
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:column].decode())

    def _text(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return self._source[start:end]

    def _made(self, node: ast.AST, new: str, what: Text) -> Made:
        """The fault by which ``new`` stands in the place of a node; it is shown in what is around it."""
        start, end = self._span(node)
        return (Edit(start, end, new),), self._around(node, start, end, new), what

    def _around(self, node: ast.AST, start: int, end: int, new: str) -> str:
        """The largest expression around a node, or its statement, that is not too long, with ``new`` from ``start`` to
        ``end``; of a long statement the beginning is shown, too.
        """
        spans, around = [self._span(node)], self._parents.get(node)
        while around is not None and not isinstance(around, ast.FunctionDef):
            if hasattr(around, "lineno"):
                spans.append(self._head(around))
            if isinstance(around, ast.stmt):
                break
            around = self._parents.get(around)
        fitting = [one for one in spans if one[0] <= start and end <= one[1] <= one[0] + _LONGEST_CODE] or spans[:1]
        first, last = fitting[-1]
        code = " ".join((self._source[first:start] + new + self._source[end:last]).split())
        code = _NEEDLESS.sub(r"\1", code)
        if len(code) < _SHORTEST_CODE and isinstance(around, ast.Assign) and (first, last) != spans[-1]:
            return f"{self._text(around.targets[0])} = … {code} …"
        return code

    def _head(self, node: Any) -> tuple[int, int]:
        """Where a node begins and ends; of a loop or a condition the line at its beginning."""
        start, end = self._span(node)
        if isinstance(node, ast.For | ast.If):
            end = self._span(node.iter if isinstance(node, ast.For) else node.test)[1]
        return start, end

    def _bracketed(self, node: ast.expr, within: ast.AST) -> str:
        """The text of a node that takes the place of ``within``, in brackets if it binds less than what is around."""
        outer = self._parents.get(within)
        is_inside = isinstance(outer, ast.Attribute | ast.Subscript) or _binding(outer) > _binding(node)
        return f"({self._text(node)})" if is_inside else self._text(node)

    def _operand(self, node: ast.expr, operation: ast.BinOp | ast.Mult, is_right: bool = False) -> str:
        """The text of an operand, in brackets if it binds less than the operation."""
        least = _binding(operation) + (0.5 if is_right else 0)
        return f"({self._text(node)})" if _binding(node) < least else self._text(node)

    # The operators.

    def _axes(self, node: ast.AST) -> Iterator[Made]:
        if not isinstance(node, ast.Call):
            return
        for keyword in node.keywords:
            if keyword.arg != "axis" or not isinstance(keyword.value, ast.Constant | ast.UnaryOp):
                continue
            now = ast.literal_eval(keyword.value)
            for axis in {0: (1,), 1: (0,), -1: (0,), 2: (1,)}.get(now, ()):
                yield self._made(keyword.value, str(axis), AXIS)
            start, end = self._span(keyword)
            before = self._source[:start].rstrip()
            if before.endswith(","):
                start = len(before) - 1
            call_start, call_end = self._span(node)
            code = self._source[call_start:start] + self._source[end:call_end]
            yield (Edit(start, end, ""),), " ".join(code.split()), NO_AXIS
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr="transpose"), args=list(axes)) if len(axes) > 1:
                yield self._made(node, self._text(value), NOT_TRANSPOSED)
                for left, right in pairwise(axes):
                    start, end = self._span(left)[0], self._span(right)[1]
                    new = f"{self._text(right)}, {self._text(left)}"
                    call_start, call_end = self._span(node)
                    code = self._source[call_start:start] + new + self._source[end:call_end]
                    yield (Edit(start, end, new),), " ".join(code.split()), AXES

    def _functions(self, node: ast.AST) -> Iterator[Made]:
        if not isinstance(node, ast.Call):
            return
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in ("sum", "mean") and isinstance(function, ast.Attribute):
            other = "mean" if name == "sum" else "sum"
            start, end = self._span(function)
            yield self._made(function, self._source[start : end - len(name)] + other, MEAN if other == "mean" else SUM)
        if name in _OTHER_FUNCTIONS and isinstance(function, ast.Attribute):
            start, end = self._span(function)
            new = self._source[start : end - len(name)] + _OTHER_FUNCTIONS[name]
            yield self._made(function, new, OTHER_FUNCTION)
        if name in _PASSED_THROUGH and len(node.args) == 1:
            yield self._made(node, self._bracketed(node.args[0], node), UNCALLED)

    def _arithmetic(self, node: ast.AST) -> Iterator[Made]:
        if (
            isinstance(node, ast.UnaryOp)
            and isinstance(node.op, ast.USub)
            and not isinstance(node.operand, ast.Constant)
        ):
            yield self._made(node, self._text(node.operand), SIGN)
        if isinstance(node, ast.AugAssign):
            yield from self._in_place(node)
        if not isinstance(node, ast.BinOp):
            return
        left, right = self._bracketed(node.left, node), self._bracketed(node.right, node)
        inner_left, inner_right = self._operand(node.left, node), self._operand(node.right, node, True)
        exchanged = self._operand(node.right, node), self._operand(node.left, node, True)
        match node.op:
            case ast.Add():
                yield self._made(node, f"{inner_left} - {inner_right}", SIGN)
                yield self._made(node, left, TERM)
                yield self._made(node, right, TERM)
            case ast.Sub():
                yield self._made(node, f"{inner_left} + {inner_right}", SIGN)
                yield self._made(node, f"{exchanged[0]} - {exchanged[1]}", EXCHANGED)
                yield self._made(node, left, TERM)
            case ast.Mult():
                yield self._made(node, left, FACTOR)
                yield self._made(node, right, FACTOR)
            case ast.Div():
                yield self._made(node, left, DIVISOR)
                yield self._made(node, f"{inner_left} / {inner_right} / {inner_right}", TWICE)
                yield self._made(node, f"{exchanged[0]} / {exchanged[1]}", EXCHANGED)
            case ast.FloorDiv():
                yield self._made(node, left, DIVISOR)
            case ast.Pow():
                yield self._made(node, left, POWER)

    def _in_place(self, node: ast.AugAssign) -> Iterator[Made]:
        target, value = self._text(node.target), self._text(node.value)
        sign = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}.get(type(node.op))
        if sign is None:
            return
        if sign in "+-":
            other = "-" if sign == "+" else "+"
            yield self._made(node, f"{target} {other}= {value}", SIGN)
            yield self._made(node, f"{target} = {value}", OVERWRITTEN)
        yield self._made(node, f"{target} = {target} {sign} ({value})", NEW_ARRAY)

    def _products(self, node: ast.AST) -> Iterator[Made]:
        match node:
            case ast.Call(func=ast.Attribute(attr="dot"), args=[left, right]):
                one, other = self._text(left), self._text(right)
                yield self._made(node, f"np.dot({other}, {one})", EXCHANGED)
                sides = self._operand(left, ast.Mult()), self._operand(right, ast.Mult(), True)
                yield self._made(node, f"{sides[0]} * {sides[1]}", CELL_BY_CELL)
            case ast.Attribute(attr="T", value=value):
                yield self._made(node, self._text(value), NOT_TRANSPOSED)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "dot":
            for operand in node.args:
                if isinstance(operand, ast.Name | ast.Attribute) and getattr(operand, "attr", "") != "T":
                    yield self._made(operand, f"{self._text(operand)}.T", TRANSPOSED)

    def _comparisons(self, node: ast.AST) -> Iterator[Made]:
        if not isinstance(node, ast.Compare) or len(node.ops) != 1:
            return
        left, right = self._text(node.left), self._text(node.comparators[0])
        kind = type(node.ops[0])
        if kind in _BORDERS:
            yield self._made(node, f"{left} {_BORDERS[kind]} {right}", BORDER)
        if kind in _REVERSED:
            yield self._made(node, f"{left} {_REVERSED[kind]} {right}", TURNED)

    def _numbers(self, node: ast.AST) -> Iterator[Made]:
        """Whole numbers that count or pick, and ends of ranges and slices, one too large or too small."""
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "range":
            last = node.args[0] if len(node.args) == 1 else node.args[1]
            yield self._made(last, f"{self._text(last)} - 1", OFF_BY_ONE)
        if isinstance(node, ast.Constant) and type(node.value) is int and self._counts(node):
            for other in (node.value + 1, node.value - 1):
                yield self._made(node, str(other), OFF_BY_ONE)

    def _counts(self, node: ast.Constant) -> bool:
        parent = self._parents.get(node)
        if isinstance(parent, ast.BinOp):
            return isinstance(parent.op, ast.Add | ast.Sub | ast.Mult | ast.Pow)
        return isinstance(parent, ast.Subscript | ast.Slice)

    def _copies(self, node: ast.AST) -> Iterator[Made]:
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr="copy"), args=[]):
                yield self._made(node, self._text(value), NO_COPY)

    def _statements(self, node: ast.AST) -> Iterator[Made]:
        """Steps that are left out, or come too early."""
        if isinstance(node, ast.Assign | ast.Return) and isinstance(node.value, ast.Call | ast.Name | ast.BinOp):
            is_sum = _binding(node.value) <= _SUM
            yield self._made(
                node.value, f"-({self._text(node.value)})" if is_sum else f"-{self._text(node.value)}", SIGN
            )
        match node:
            case ast.AugAssign() | ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
                body = self._body_of(node)
                if len(body) > 1:
                    start, end = self._span(node)
                    line = self._source.rfind("\n", 0, start) + 1
                    target = node.target if isinstance(node, ast.AugAssign) else node.targets[0]
                    yield (Edit(line, end + 1, ""),), self._text(target), NEVER
            case ast.Return() if isinstance(self._loop_before(node), ast.For):
                start, _ = self._span(node)
                line = self._source.rfind("\n", 0, start) + 1
                yield (Edit(line, line, "    "),), self._text(node), EARLY

    def _body_of(self, node: ast.AST) -> list[ast.stmt]:
        parent = self._parents.get(node)
        bodies = [getattr(parent, name, []) for name in ("body", "orelse")]
        return next((body for body in bodies if node in body), [])

    def _loop_before(self, node: ast.stmt) -> ast.stmt | None:
        body = self._body_of(node)
        place = body.index(node) if node in body else 0
        return body[place - 1] if place else None

    def _names(self, node: ast.AST) -> Iterator[Made]:
        """One variable for another: those that are bound before, in the same function, as arrays or numbers."""
        if not isinstance(node, ast.Name | ast.Attribute) or not isinstance(node.ctx, ast.Load):
            return
        if isinstance(node, ast.Attribute) and not (isinstance(node.value, ast.Name) and node.value.id == "self"):
            return
        parent = self._parents.get(node)
        if isinstance(parent, ast.Call) and parent.func is node:
            return
        if isinstance(parent, ast.Attribute):
            return
        now, known = self._text(node), self._bound_before(node)
        if now in known:
            for other, group in known.items():
                if other != now and (len(known) <= _FEW_NAMES or group == known[now]):
                    yield self._made(node, other, OTHER_NAME)

    def _bound_before(self, node: ast.expr) -> dict[str, str]:
        """The parameters and variables that have a value before a node, and what ``self`` keeps, each with a group: the
        name of those that may well be taken for one another. Two names of one value are given once.
        """
        found = {one.arg: "parameter" for one in self._function.args.args if one.arg != "self"}
        for statement in self._assignments:
            if statement.lineno >= node.lineno:
                break
            target, value = statement.targets[0], statement.value
            if isinstance(target, ast.Tuple):
                found |= {self._text(one): self._text(target) for one in target.elts}
            elif self._text(value) not in found:
                found[self._text(target)] = "kept" if isinstance(target, ast.Attribute) else "variable"
        return found
