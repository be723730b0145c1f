"""The search over everything in the program, in all languages at once."""
