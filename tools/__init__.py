"""One script for each file that is derived from others; ``python3 -m tools`` makes anew what is out of date.

A script here is any module with ``stale() -> bool`` and ``build() -> None``; its docstring's first line says what it
makes. One that makes a part for each experiment has ``late() -> list[str]``, those that are to be made. Nothing has to
be entered anywhere.
"""

import engine  # noqa: F401 (before NumPy, whichever module brings that: one BLAS thread, as in the program)
