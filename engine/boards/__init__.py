"""Boards, on which arrays are shown as grids of cells.

One cell is selected, the cells that it is computed from are highlighted, and the sum is shown below.
"""
