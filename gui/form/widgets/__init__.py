"""Small widgets used by the controls."""
