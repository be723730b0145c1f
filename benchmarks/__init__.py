"""How fast and how smooth the program is, as ratios against named baselines; ``python3 -m benchmarks``."""

import engine  # noqa: F401 (before NumPy, whichever module brings that: one BLAS thread, as in the program)
