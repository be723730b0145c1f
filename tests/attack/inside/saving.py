"""A process that has others save: for each line of its input it forks one that saves until it is killed.

What it has loaded need not be loaded again for each of them. The line is kind, folder, the first number, and the most
bytes that a file may have, 0 for any. It answers with the process's number, then the number of every version that is
saved, or the sentences that it is not, and at last that the process has ended.
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import sys
import tempfile
from pathlib import Path


def main() -> None:
    import logging

    from engine.contract.text import LANGUAGES
    from tests.attack.inside.saves import KINDS

    logging.disable()
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS.values():  # what is computed once is then known to all
            kind.save(Path(folder), 0)
    _say(["ready"])
    for line in sys.stdin:
        kind, folder, first, most = json.loads(line)
        process = os.fork()
        if process:
            os.waitpid(process, 0)
            _say(["ended"])
            continue
        _say(["process", os.getpid()])
        if most:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        for number in itertools.count(first):
            try:
                refusal = KINDS[kind].save(Path(folder), number)
            except BaseException as error:
                _say(["fault", f"{type(error).__name__}: {error}"])
                os._exit(1)
            said = [refusal.render(language) for language in LANGUAGES] if refusal is not None else []
            _say(["saved" if refusal is None else "refused", number, *said])
            if refusal is not None:
                os._exit(0)


def _say(what: object) -> None:
    os.write(1, (json.dumps(what) + "\n").encode())


if __name__ == "__main__":
    main()
