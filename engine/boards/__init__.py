"""Boards of array cells: one cell is selected, those that it is computed from are lit, and the sum is shown below."""
