"""Starts Layerwise: ``python3 main.py``. Makes .venv on a fresh machine, then hands over to the command line.

This file and start/python_version.py are written so that every Python can read them, old ones too.
"""

import os
import sys

ROOT = os.path.dirname(os.path.realpath(__file__))

if __name__ == "__main__":
    # Python leaves the script's folder out with -P and PYTHONSAFEPATH, which are not about this program.
    if ROOT not in sys.path:
        sys.path.insert(0, ROOT)

    if getattr(sys, "frozen", False):
        from start.program import begin_frozen

        begin_frozen(sys.argv[1:])

    is_first = "LAYERWISE_RESTARTED" not in os.environ
    try:
        from start import python_version

        python_version.require()

        from start.ensure import ensure

        arguments = ensure("main.py", "requirements.txt", sys.argv[1:])

        from start.command_line import main

        status = main(arguments)
    except KeyboardInterrupt:
        status = 130
    except SystemExit as ended:
        status = int(ended.code or 0)
    if is_first and status not in (0, 130):
        from start.double_click import wait_for_key

        wait_for_key()
    sys.exit(status)
