"""The views of chapter 4."""
