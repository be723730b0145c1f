"""The page for the learner's own network: its file, the stations (steps) that lead to it, and its training."""
