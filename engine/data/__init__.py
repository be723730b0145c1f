"""The data that networks learn from: small sets of points of the plane."""
