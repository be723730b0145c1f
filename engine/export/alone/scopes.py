"""Determines which names in a piece of source are local to its functions, and which are global."""

from __future__ import annotations

import ast
from collections.abc import Iterator

Scoped = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def bound_in(node: ast.AST) -> frozenset[str]:
    """The names that a function, a lambda or a comprehension binds."""
    found: set[str] = set()
    if isinstance(node, Scoped):
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        found |= {one.arg for one in every if one is not None}
        body = node.body if isinstance(node.body, list) else [node.body]
    else:
        body = [generator.target for generator in node.generators]  # type: ignore[attr-defined]
    for part in body:
        found |= set(_bound(part))
    return frozenset(found)


def _bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            yield node.name
            return
        case ast.Lambda():
            return
        case ast.Name(ctx=ast.Store() | ast.Del()):
            yield node.id
        case (
            ast.ExceptHandler(name=str() as name) | ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name)
        ):
            yield name
        case ast.Import() | ast.ImportFrom():
            for one in node.names:
                yield one.asname or one.name
    if isinstance(node, _COMPREHENSIONS):
        for inner in ast.walk(node):
            if isinstance(inner, ast.NamedExpr):
                yield inner.target.id
        return
    for child in ast.iter_child_nodes(node):
        yield from _bound(child)


def is_scope(node: ast.AST) -> bool:
    """Whether a node has a scope of its own, so that names bound in it are not visible outside."""
    return isinstance(node, (*Scoped.__args__, *_COMPREHENSIONS))
