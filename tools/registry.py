"""Finds the scripts of this folder by their file names, and rebuilds those results that are out of date."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import tools


@dataclass(frozen=True)
class Tool:
    """A script: its name, what it makes, whether the result is out of date, and how to make it.

    ``late`` lists the parts out of date, if a script makes one for each experiment.
    """

    name: str
    purpose: str
    stale: Callable[[], bool]
    build: Callable[[], None]
    late: Callable[[], Sequence[str]] = tuple

    def __str__(self) -> str:
        """The name, and the parts that are out of date."""
        parts = ", ".join(self.late())
        return f"{self.name} ({parts})" if parts else self.name


class NotSettled(RuntimeError):
    """Raised when a result is out of date again right after it was made."""


def find_tools() -> dict[str, Tool]:
    """Every script of ``tools/`` by its module's name, in alphabetical order."""
    found = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(tools.__path__)):
        if name.startswith("_"):
            continue
        module = importlib.import_module(f"tools.{name}")
        if callable(getattr(module, "stale", None)) and callable(getattr(module, "build", None)):
            purpose = (module.__doc__ or "").strip().partition("\n")[0]
            found[name] = Tool(name, purpose, module.stale, module.build, getattr(module, "late", tuple))
    return found


def stale_tools(among: Mapping[str, Tool]) -> list[Tool]:
    """The tools whose result is out of date."""
    return [tool for tool in among.values() if tool.stale()]


def build_stale(among: Mapping[str, Tool], announce: Callable[[str], None]) -> list[Tool]:
    """Rebuilds results that are out of date and returns their tools; NotSettled if one stays out of date.

    One result may be the source of another (the font needs the characters of every text), so results that became out of
    date in the meantime are rebuilt once more.
    """
    built: list[Tool] = []
    for _ in range(2):
        for tool in among.values():
            if tool.stale():
                announce(f"{tool}: {tool.purpose}")
                tool.build()
                built.append(tool)
    left = [str(tool) for tool in stale_tools(among)]
    if left:
        raise NotSettled(f"still out of date after being made: {', '.join(left)}")
    return built
