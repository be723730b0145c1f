"""The small widgets that controls are made of."""
