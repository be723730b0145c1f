"""Views of chapter 6."""
