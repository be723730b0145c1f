"""Runs on the shelf, that is, pinned for comparison: their names, differing parameters, and table of differences."""
