"""How the window uses the engine: a worker thread plays runs, a timeline keeps their frames, and the class ``Runner``
is the one interface to both.
"""
