# -*- coding: utf-8 -*-
"""Refuses a Python that is too old, in one sentence. Every Python from 2.7 on can read this file."""

import os
import sys

OLDEST = (3, 11)


def sentence(version, path, language):
    """The message for a person who started the program with ``version``, a tuple, at ``path``."""
    found = ".".join(str(part) for part in version[:3])
    if language.startswith("zh"):
        return "逐层需要 Python 3.11 或更新的版本，而 {} 是 Python {}。".format(path, found)
    return "Layerwise needs Python 3.11 or newer; {} is Python {}.".format(path, found)


def require(version=sys.version_info):
    """Exits with code 1 and one sentence unless ``version`` is new enough."""
    if tuple(version[:2]) >= OLDEST:
        return
    variables = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    language = next((value for value in variables if value), "")
    message = sentence(version, sys.executable, language) + "\n"
    # Bytes, because Python 2 cannot write other characters to a pipe.
    getattr(sys.stderr, "buffer", sys.stderr).write(message.encode("utf-8"))
    sys.exit(1)
