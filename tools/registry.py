"""Finds the scripts of this folder by their file names, tells which results are out of date and makes them anew."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import tools


@dataclass(frozen=True)
class Tool:
    """A script: its name, what it makes, whether the result is out of date, and how to make it.

    ``late`` names those parts of the result that are, where a script makes one for each experiment.
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
    """A result is out of date again right after it was made."""


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
    """Those whose result is out of date."""
    return [tool for tool in among.values() if tool.stale()]


def build_stale(among: Mapping[str, Tool], announce: Callable[[str], None]) -> list[Tool]:
    """Make anew what is out of date and return it; raises NotSettled when something stays out of date.

    One result may be the source of another (the font needs the characters of every text), so what has become out of
    date in the meantime is made once more.
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
