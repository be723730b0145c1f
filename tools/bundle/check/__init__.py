"""Tries out what was built: commands, windows, what they leave, the package, the wheel, and how large and fast it is."""
