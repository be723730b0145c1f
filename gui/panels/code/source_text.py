"""The real source of a function, and where it stands; in a bundle too, which carries the engine's files."""

from __future__ import annotations

import importlib
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
    lines, first = inspect.getsourcelines(function)
    is_package = hasattr(importlib.import_module(module), "__path__")
    file = module.replace(".", "/") + ("/__init__.py" if is_package else ".py")
    return Source(function.__qualname__, file, max(1, first), textwrap.dedent("".join(lines)).rstrip("\n"))
