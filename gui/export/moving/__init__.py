"""Moving pictures of a run: which places of it, how they are drawn, and the formats in which they are written."""
