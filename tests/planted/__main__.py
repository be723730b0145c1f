"""Plants faults one at a time and says which ones the tests catch: ``python3 -m tests.planted [NAME… | --kind K]``."""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

if __name__ == "__main__":
    # Started by its path, Python puts this folder first, and tests/start would hide start.
    own = (ROOT, os.path.join(ROOT, "tests"), os.path.join(ROOT, "tests", "planted"))
    others = [p for p in sys.path if os.path.realpath(p or ".") not in own]
    sys.path[:] = [ROOT] + others  # noqa: RUF005 (every Python must be able to read this file)

    from start import python_version

    python_version.require()

    from start.ensure import ensure

    arguments = ensure(os.path.join("tests", "planted", "__main__.py"), "requirements-dev.txt", sys.argv[1:])

    os.chdir(ROOT)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from tests.planted.measure import main

    sys.exit(main(arguments))
