"""The working of a number."""
