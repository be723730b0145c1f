"""Packs in the window: taking them in and away, and what they bring to guides, lessons and forms."""
