"""The process that runs untrusted code: it executes a source and calls the functions that it defines on request.

``python -I -S -B executor.py [trains] FOLDER…``: the folders are those of the program and of NumPy. It holds nothing to
compare with: no exercise, no reference, no expected value. It communicates by the two pipes that were its standard
input and output.
"""

from __future__ import annotations

import io
import os
import sys
import warnings

LIFE, WORK = 3.5, 2.0
"""The process's own limits of wall time and of CPU time in seconds; the caller's limit is higher and always holds."""
TRAINS, LIFE_OF_TRAINING = "trains", 110.0
"""The command line argument for a process that trains a network, and its limit of both times in seconds."""
MOST_PRINTED = 2_000


def main(folders: list[str]) -> None:
    """Imports what is needed, confines the process, and then serves requests until the pipe ends."""
    trains, folders = TRAINS in folders, [one for one in folders if one != TRAINS]
    sys.path[:0] = folders
    import engine
    from engine.sandbox import confinement

    confinement.die_with_parent()
    reads, writes = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for pipe in (reads, writes):  # or ends of lines would be changed on their way
            msvcrt.setmode(pipe, os.O_BINARY)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    _load_what_may_be_needed()
    from engine.sandbox.served_code import ServedCode

    sys.path.clear()
    engine.__path__ = []
    printed = sys.stdout = sys.stderr = Printed()
    served = ServedCode(reads, writes, printed)
    warnings.simplefilter("ignore")
    warnings.simplefilter("always", RuntimeWarning)
    warnings.showwarning = served.note_warning
    confinement.limit_memory()
    confinement.limit_time(*((LIFE_OF_TRAINING,) * 2 if trains else (LIFE, WORK)))
    served.send({"ready": list(confinement.confine((writes, 2)))})
    served.serve()
    os._exit(0)


class Printed(io.TextIOBase):
    """A text stream that keeps the beginning of what is printed to it, and drops the rest."""

    def __init__(self) -> None:
        self.text, self._told = "", 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text[: MOST_PRINTED - len(self.text)]
        return len(text)

    def taken(self) -> str:
        """The text printed since the last call."""
        told, self._told = self._told, len(self.text)
        return self.text[told:]


def needed_modules() -> list[str]:
    """The names of all modules that learners' code may come to need, also those that NumPy imports lazily; a bundle
    must bring them.
    """
    from engine.sandbox.learner_code import MODULES

    # Text in other encodings, and the parts of NumPy that come when they are first named.
    parts = ("random", "linalg", "fft", "polynomial", "ma")
    encodings = ("idna", "ascii", "latin_1", "unicode_escape")
    names = [*(f"numpy.{one}" for one in parts), *(f"encodings.{one}" for one in encodings)]
    return [*sorted(MODULES), "collections.abc", "linecache", *names]


def _load_what_may_be_needed() -> None:
    """Imports them in advance: none can be loaded after confinement."""
    import importlib

    for name in needed_modules():
        importlib.import_module(name)


if __name__ == "__main__":
    main(sys.argv[1:])
