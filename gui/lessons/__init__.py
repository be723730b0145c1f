"""Lessons in the window: led through in a bar above the stage, their files, and where they are made."""
