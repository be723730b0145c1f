"""Shows where an experiment's pictures differ from the approved ones; ``--approve ID…`` approves the new ones.

Approved pictures are in tests/approved/pictures/; differences are put on a contact sheet for review.
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
