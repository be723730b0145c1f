"""Lessons in the window: the bar that leads through one, files, and making lessons."""
