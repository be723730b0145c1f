"""Shows where an experiment looks otherwise than approved; with ``--approve ID…`` that is approved.

What was approved stands in tests/approved/pictures/; what differs is put on a sheet to be looked at.
"""

import os
import sys

if __name__ == "__main__":
    # Started by its path, Python puts this folder first; the project's folder is what is meant.
    here = os.path.dirname(os.path.realpath(__file__))
    root = os.path.dirname(here)
    sys.path[:] = [root] + [p for p in sys.path if os.path.realpath(p or ".") not in (root, here)]

    from start import python_version

    python_version.require()

    from tools.approval import leave, main, prepared

    given = prepared("pictures", sys.argv[1:])

    from tests.approved.approved_pictures import approve_pictures, picture_differences

    leave(main("pictures", given, picture_differences, approve_pictures))
