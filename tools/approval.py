"""The command line of ``tools.approved_words`` and ``tools.pictures``, which shows differences or approves them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn


def prepared(module: str, arguments: list[str]) -> list[str]:
    """Restarts in the project's own environment with the tests' packages if necessary; returns other arguments."""
    from start.ensure import ensure

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    left = ensure(os.path.join("tools", f"{module}.py"), "requirements-dev.txt", arguments)
    # Before anything else brings NumPy: the engine sets how many threads it computes with, and so its last bits.
    import engine  # noqa: F401

    return left


def main(
    module: str,
    arguments: Sequence[str],
    differences: Callable[[str], Iterable[str]],
    approve: Callable[[str], bool],
) -> int:
    """Prints the differences and returns 1 if there are any; with ``--approve ID…`` overwrites the approved files."""
    from engine.contract.catalogue import entries

    ids = [entry.id for entry in entries()]
    parser = argparse.ArgumentParser(prog=f"python3 -m tools.{module}", description="Shows what is not as approved.")
    parser.add_argument("ids", nargs="*", metavar="ID", help="only of these experiments")
    parser.add_argument("--approve", nargs="+", default=[], metavar="ID", help="write anew what stands; or: all")
    given = parser.parse_args(arguments)
    unknown = sorted({*given.ids, *given.approve} - {*ids, "all"})
    if unknown:
        parser.error(f"there is no experiment {', '.join(unknown)}")
    if given.approve:
        for one in ids if "all" in given.approve else given.approve:
            print(f"{one}: {'written anew' if approve(one) else 'as it was'}", flush=True)
        return 0
    differs = False
    for one in given.ids or ids:
        for line in differences(one):
            differs = True
            print(line, flush=True)
    if not differs:
        print("Everything is as approved.")
    return int(differs)


def leave(code: int) -> NoReturn:
    """Ends the process at once, without Python's teardown of Qt objects, whose order is wrong."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
