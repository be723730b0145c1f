"""Tries out what was built: commands, windows, what they leave, the package, the wheel, sizes and times."""
