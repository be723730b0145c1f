"""The engine as the window uses it: a worker thread that plays runs, the record of their frames, and a facade."""
