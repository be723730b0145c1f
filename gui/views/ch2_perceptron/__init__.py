"""Views of chapter 2."""
