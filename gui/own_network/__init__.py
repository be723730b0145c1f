"""A network of the learner's own in the window: its file, the stations that lead to it, and its training."""
