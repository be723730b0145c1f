"""What several experiments share: surfaces, networks and learning."""
