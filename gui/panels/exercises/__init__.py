"""Exercises: the panel for writing code, its checks, and using the code in the experiment."""
