"""What plays an experiment: its run step by step, its journal, and the long ways that are worked off in slices."""
