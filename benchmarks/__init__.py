"""How fast and how smooth the program is, as ratios against named baselines; ``python3 -m benchmarks``."""
