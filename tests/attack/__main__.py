"""Attacks the program as nobody should: ``python3 -m tests.attack [--minutes M] [--seed N] [--only NAME…]``.

Each module of this folder with a ``NAME`` is one attack. They take turns, two at a time, each turn with the next seed,
until the minutes are over. Printed are each fault with the attack and the seed that make it again, and at the end a
table. Status 1 where there was a fault.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
import time
from collections import defaultdict
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.attack.outcome import Attack, Outcome

AT_ONCE = 2


def attacks() -> dict[str, Attack]:
    """Every attack by its name."""
    here = os.path.dirname(__file__)
    modules = [importlib.import_module(f"tests.attack.{one.name}") for one in pkgutil.iter_modules([here])
               if one.name not in ("__main__",)]  # fmt: skip
    return {module.NAME: module.attack for module in modules if hasattr(module, "NAME")}


def carried_out(name: str, seed: int, short: bool) -> Outcome:
    """One attack with one seed; what it raises is a fault."""
    try:
        return attacks()[name](seed, short)
    except Exception as error:  # of the attack itself, or of what it attacks in this process
        return Outcome(1, [f"the attack ended with {type(error).__name__}: {error}"])


def main(given: list[str]) -> int:
    """Attack for as long as asked, print what was found; 1 where something was."""
    asked = argparse.ArgumentParser(prog="python3 -m tests.attack", description=__doc__)
    asked.add_argument("--minutes", type=float, default=10.0, help="how long; what is under way is finished")
    asked.add_argument("--seed", type=int, default=1, help="the first seed")
    asked.add_argument("--only", nargs="+", metavar="NAME", choices=sorted(attacks()), help="these attacks only")
    asked.add_argument("--short", action="store_true", help="the short form of each, once")
    options = asked.parse_args(given)
    names = options.only or sorted(attacks())
    ends = time.monotonic() + 60 * options.minutes
    sums: dict[str, Outcome] = defaultdict(Outcome)
    seeds = dict.fromkeys(names, options.seed)
    turns = list(names)
    running: dict[Future[Outcome], tuple[str, int]] = {}
    with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("spawn")) as pool:
        while running or turns:
            while turns and len(running) < AT_ONCE:
                name = turns.pop(0)
                running[pool.submit(carried_out, name, seeds[name], options.short)] = (name, seeds[name])
                seeds[name] += 1
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for one in done:
                name, seed = running.pop(one)
                found = one.result()
                sums[name].tried += found.tried
                sums[name].faults += found.faults
                for fault in found.faults:
                    print(f"FAULT  {name}, seed {seed}: {fault}", flush=True)
                if time.monotonic() < ends and not options.short:
                    turns.append(name)
    print(f"{'attack':<24} {'seeds':>12} {'tried':>10} {'faults':>7}")
    for name in names:
        through = f"{options.seed}-{seeds[name] - 1}"
        print(f"{name:<24} {through:>12} {sums[name].tried:>10} {len(sums[name].faults):>7}")
    return 1 if any(one.faults for one in sums.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
