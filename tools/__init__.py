"""One script for each derived file; ``python3 -m tools`` rebuilds those that are out of date.

A script is any module here with ``stale() -> bool`` and ``build() -> None``; its docstring's first line says what it
makes. One that makes a part for each experiment has ``late() -> list[str]``, the parts out of date. Scripts need no
registration.
"""

import os
import platform
import sys

if platform.machine().lower() in ("x86_64", "amd64"):
    # What is made and approved here is the same, bit for bit, on every such machine: OpenBLAS and NumPy would take
    # other instructions on a newer one, whose last bits differ, and training makes them grow.
    os.environ["OPENBLAS_CORETYPE"] = "Haswell"
    if sys.platform != "win32":  # where NumPy has no such code, and warns of features that it does not know
        os.environ["NPY_DISABLE_CPU_FEATURES"] = "X86_V4 AVX512_ICL AVX512_SPR"

import engine  # noqa: F401 (before NumPy, whichever module brings that: one BLAS thread, as in the program)
