"""Exports a run as a script that needs only NumPy: the code that it uses is copied from the engine's source."""
