"""Runs that are put beside one another: what they are called, in what they differ, and the table of that."""
