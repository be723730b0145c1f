"""Arrays as cells on a board: one cell is chosen, those that it is made of are lit, and the sum is written below."""
