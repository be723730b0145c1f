"""Code shared by experiments on descent: the choice of a surface, and paths down it."""
