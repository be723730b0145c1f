"""Code, displayed and edited."""
