"""The process in which what a learner wrote is checked: started anew for every check, and ended with it.

``python -I -S workbench.py PATH…``: the paths are those of the program and of NumPy. A request comes as JSON on stdin:
the exercise, the source, and the numbers of the stage. On stdout follow the number of each step as it begins, a line
each, and at last the verdict as JSON. Nothing else that it writes is believed.
"""

from __future__ import annotations

import json
import os
import sys

_LONGEST_LIFE = 3.5
"""Seconds after which the process ends itself; a check that is right takes a tenth of one."""


def main(paths: list[str]) -> None:
    """Check what is asked on stdin, and end the process."""
    sys.path[:0] = paths
    request = json.loads(sys.stdin.buffer.read())
    from engine.exercises import limits, load_exercise
    from engine.exercises.checking import check_source

    exercise = load_exercise(request["exercise"])
    answers = os.dup(1)
    printed = sys.stdout = sys.stderr = limits.Printed()
    limits.limit_memory()
    limits.forbid()
    limits.limit_time(_LONGEST_LIFE)
    verdict = check_source(
        exercise, request["source"], request["stage"], lambda step: _tell(answers, f"{step}")
    ).to_json()
    _tell(answers, json.dumps({**verdict, "printed": printed.text}))
    os._exit(0)  # whatever the learner's code has left behind does not keep this process alive


def _tell(where: int, line: str) -> None:
    os.write(where, f"{line}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1:])
