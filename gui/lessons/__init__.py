"""Lessons in the window: the panel that leads through one, its files, and the dialog that makes lessons."""
