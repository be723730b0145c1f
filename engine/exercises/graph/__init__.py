"""Programming exercises of the experiment ``graph`` (the computational graph)."""
