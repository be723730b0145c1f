"""``python3 -m tools.wine`` sets up a Windows Python under Wine, and runs the program's rows and tests by it."""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

if __name__ == "__main__":
    # Started by its path, as after a restart, Python puts this folder first; the project's folder is what is meant.
    here = os.path.dirname(os.path.realpath(__file__))
    sys.path[:] = [ROOT] + [p for p in sys.path if os.path.realpath(p or ".") not in (ROOT, here)]

    from start import python_version

    python_version.require()

    from start.ensure import ensure

    arguments = ensure(os.path.join("tools", "wine", "__main__.py"), "requirements.txt", sys.argv[1:])

    from tools.wine.command import main

    sys.exit(main(arguments))
