"""Views of chapter 7."""
