"""Small networks that are trained very often, and what they answer all over the plane."""
