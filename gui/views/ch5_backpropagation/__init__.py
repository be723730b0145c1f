"""Views of chapter 5."""
