"""The process in which a check is made: it knows what is expected, and never runs foreign code itself.

``python -I -S workbench.py FOLDER…``: the folders are those of the program and of NumPy. A request comes as JSON on
stdin: the exercise, the source, and the numbers of the stage. It starts a sandbox, in which the source runs. On stdout
follow a line once that is ready, with what the system keeps away from it, and a line with the verdict, both as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main(folders: list[str]) -> None:
    """Check what is asked on stdin, and end the process."""
    sys.path[:0] = folders
    from engine.sandbox import confinement

    confinement.die_with_parent()
    confinement.limit_memory()
    from engine.sandbox.caller import Ended, Sandbox

    with Sandbox() as sandbox:  # which gets ready while the exercise is loaded here
        from engine.exercises import load_exercise
        from engine.exercises.checking import check_apart
        from engine.exercises.verdict import READS, Failure, Verdict

        request = json.loads(sys.stdin.buffer.read())
        exercise = load_exercise(request["exercise"])
        try:
            sandbox.wait_until_ready()
            _tell(list(sandbox.held))
            verdict = check_apart(exercise, request["source"], request["stage"], sandbox)
        except Ended as ended:
            verdict = Verdict(READS, Failure.of(ended.fault))
    # Only now, so that nothing of what was foreign is there any more when somebody reads this.
    _tell(verdict.to_json())
    os._exit(0)


def _tell(value: Any) -> None:
    os.write(1, f"{json.dumps(value)}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1:])
