"""The views of chapter 3."""
