"""A process that reads hostile files: for each line of its input, kind and path, one line of what came of it."""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(most_bytes: int) -> None:
    from tests.attack.inside.readers import outcome_of, prepared

    prepared()
    logging.disable()
    own = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (own + most_bytes, own + most_bytes))
    print("ready", flush=True)
    for line in sys.stdin:
        kind, path = json.loads(line)
        begun = time.process_time()
        fault = outcome_of(kind, Path(path))
        print(json.dumps([fault, time.process_time() - begun]), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
