"""Code shared by several experiments: surfaces, networks and learning."""
