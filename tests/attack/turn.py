"""One turn of one attack, in a process of its own: ``python -m tests.attack.turn NAME SEED [short]``.

What came of it follows as one line of JSON; what the attack itself ends with is a fault.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

from tests.attack.outcome import Attack, Outcome

_LONGEST = 1200.0
"""Seconds after which a turn is given up: none takes a tenth of them by itself."""


def attacks() -> dict[str, Attack]:
    """Every attack by its name."""
    names = [one.name for one in pkgutil.iter_modules([os.path.dirname(__file__)]) if one.name not in _NO_ATTACKS]
    modules = [importlib.import_module(f"tests.attack.{name}") for name in names]
    return {module.NAME: module.attack for module in modules if hasattr(module, "NAME")}


def in_a_process(name: str, seed: int, short: bool) -> Outcome:
    """One turn, from outside: whatever becomes of its process is an outcome."""
    command = [sys.executable, "-m", "tests.attack.turn", name, f"{seed}", *(["short"] if short else [])]
    root = Path(__file__).resolve().parents[2]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        return Outcome(1, [f"the attack did not come to an end within {_LONGEST:.0f} s"])
    try:
        told = json.loads(done.stdout.splitlines()[-1])
        return Outcome(told["tried"], told["faults"])
    except (ValueError, LookupError, TypeError):
        return Outcome(1, [f"the attack ended with code {done.returncode}: {done.stderr[-500:]}"])


def _turn(name: str, seed: int, short: bool) -> Outcome:
    try:
        return attacks()[name](seed, short)
    except Exception as error:  # of the attack itself, or of what it attacks in this process
        return Outcome(1, [f"the attack ended with {type(error).__name__}: {error}"])


_NO_ATTACKS = ("__main__", "turn", "outcome", "inside", "test_short_attacks")

if __name__ == "__main__":
    outcome = _turn(sys.argv[1], int(sys.argv[2]), "short" in sys.argv[3:])
    print(json.dumps({"tried": outcome.tried, "faults": outcome.faults}), flush=True)
