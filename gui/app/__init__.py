"""Program-wide parts: start, faults, settings with the files that store them, and the end."""
