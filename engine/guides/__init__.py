"""Executable guides: their questions, tries, claims and goals, and the mistakes that they treat."""
