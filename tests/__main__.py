"""Runs every test: ``python3 -m tests``. Makes .venv where needed; further arguments go to pytest."""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))

if __name__ == "__main__":
    # Started by its path, Python puts this folder first, and tests/start would hide start.
    others = [p for p in sys.path if os.path.realpath(p or ".") not in (ROOT, os.path.join(ROOT, "tests"))]
    sys.path[:] = [ROOT] + others  # noqa: RUF005 (every Python must be able to read this file)

    from start import python_version

    python_version.require()

    from start.ensure import ensure

    arguments = ensure(os.path.join("tests", "__main__.py"), "requirements-dev.txt", sys.argv[1:])

    os.chdir(ROOT)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from start import system_libraries

    system_libraries.require_pictures()

    import pytest

    # One process a core; -n 0 in the arguments keeps everything in one. A process that dies ends the run: pytest-xdist
    # would start another one, which with groups waits for ever once its tests are done.
    told = any(one.startswith(("-n", "--numprocesses")) for one in arguments)
    sys.exit(
        pytest.main(([] if told else ["-n", "auto", "--dist", "loadgroup", "--max-worker-restart", "0"]) + arguments)
    )
