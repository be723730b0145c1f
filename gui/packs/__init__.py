"""Packs in the window: installing and removing them, and what they bring to guides, lessons and forms."""
