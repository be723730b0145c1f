"""The plane of two inputs: points, lines, half-planes, arrows."""
