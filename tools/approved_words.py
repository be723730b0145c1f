"""Shows where an experiment's texts differ from the approved ones; ``--approve ID…`` approves the new ones.

Approved texts are in tests/approved/words/, one file an experiment and, for what openings say, one in every further
language; they are reviewed as a diff.
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

    given = prepared("approved_words", sys.argv[1:])

    from tests.approved.approved_words import approve_words, words_difference

    leave(main("approved_words", given, words_difference, approve_words))
