"""Runs on the shelf, to be compared: their names, their differing parameters, and the table of differences."""
