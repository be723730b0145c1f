"""Tables of a frame's data."""
