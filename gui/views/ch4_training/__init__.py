"""Views of chapter 4."""
