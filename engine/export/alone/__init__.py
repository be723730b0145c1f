"""A run as Python that needs NumPy alone: what it calls is copied out of the engine's own source."""
