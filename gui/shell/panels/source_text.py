"""Where the real source of a function is found: beside the module, or inside a frozen bundle."""

from __future__ import annotations

import ast
import importlib
import importlib.resources
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Source:
    """``text`` is a function as written, ``line`` its first line in ``file``, named from the program's folder."""

    name: str
    file: str
    line: int
    text: str


@lru_cache(maxsize=256)
def source_of(function: Callable[..., object]) -> Source:
    """The source of a function, method or class; OSError where no source is at hand."""
    function = inspect.unwrap(function)
    module = function.__module__
    try:
        lines, first = inspect.getsourcelines(function)
        text = "".join(lines)
    except OSError:
        first, text = _from_bundle(module, function.__qualname__)
    is_package = hasattr(importlib.import_module(module), "__path__")
    file = module.replace(".", "/") + ("/__init__.py" if is_package else ".py")
    return Source(function.__qualname__, file, max(1, first), textwrap.dedent(text).rstrip("\n"))


def _from_bundle(module: str, qualified_name: str) -> tuple[int, str]:
    """A frozen bundle has no source files that inspect could follow; they lie beside it as data."""
    package, _, name = module.rpartition(".")
    file = importlib.resources.files(package).joinpath(f"{name}.py")
    whole = file.read_text(encoding="utf-8")
    scope: ast.AST = ast.parse(whole)
    for part in qualified_name.split("."):
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        found = next((n for n in ast.iter_child_nodes(scope) if isinstance(n, kinds) and n.name == part), None)
        if found is None:
            raise OSError(f"{qualified_name} is not in {file}")
        scope = found
        first = min([found.lineno, *(decorator.lineno for decorator in found.decorator_list)])
        last = found.end_lineno
    return first, "\n".join(whole.splitlines()[first - 1 : last])
