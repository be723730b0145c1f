"""``python3 -m tools.bundle`` builds the files to distribute in ``dist/``; with ``--check`` it tests them."""

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

    arguments = sys.argv[1:]
    if "--notes" not in arguments:  # for which nothing needs to be installed
        arguments = ensure(os.path.join("tools", "bundle", "__main__.py"), "requirements.txt", arguments)

    from tools.bundle.command import main

    sys.exit(main(arguments))
