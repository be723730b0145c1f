"""What experiments on descent share: the choice of a surface, and walks down it."""
