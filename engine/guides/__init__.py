"""Guides that are executable: questions, tries and what they claim, goals, and the mistakes that they deal with."""
