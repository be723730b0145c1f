"""Attacks the program as nobody should: ``python3 -m tests.attack [--minutes M] [--seed N] [--only NAME…]``.

Each module of this folder with a ``NAME`` is one attack. They take turns, two at a time, each turn with the next seed
and in a process of its own, until the minutes are over. Each fault is printed with the attack and the seed that make it
again, and at the end a table. Status 1 where there was a fault.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
AT_ONCE = 2


def main(given):
    """Attack for as long as asked, print what was found; 1 where something was."""
    import argparse
    import time
    from collections import defaultdict
    from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

    from tests.attack.outcome import Outcome
    from tests.attack.turn import attacks, in_a_process

    known = sorted(attacks())
    asked = argparse.ArgumentParser(prog="python3 -m tests.attack", description=__doc__)
    asked.add_argument("--minutes", type=float, default=10.0, help="how long; what is under way is finished")
    asked.add_argument("--seed", type=int, default=1, help="the first seed")
    asked.add_argument("--only", nargs="+", metavar="NAME", choices=known, help=f"of these alone: {', '.join(known)}")
    asked.add_argument("--short", action="store_true", help="the short form of each, once")
    options = asked.parse_args(given)
    names = options.only or known
    ends = time.monotonic() + 60 * options.minutes
    sums = defaultdict(Outcome)
    seeds = dict.fromkeys(names, options.seed)
    turns, running = list(names), {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while running or turns:
            while turns and len(running) < AT_ONCE:
                name = turns.pop(0)
                running[pool.submit(in_a_process, name, seeds[name], options.short)] = (name, seeds[name])
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
    sys.path[:] = [ROOT] + [path for path in sys.path if os.path.realpath(path or ".") != os.path.dirname(__file__)]

    from start.ensure import ensure

    arguments = ensure(os.path.join("tests", "attack", "__main__.py"), "requirements-dev.txt", sys.argv[1:])
    os.chdir(ROOT)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main(arguments))
