"""Animated pictures and videos of a run: which updates they show, how frames are drawn, and the file formats."""
