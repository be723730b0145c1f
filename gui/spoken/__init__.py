"""Accessibility: what the window tells screen readers through Qt."""
