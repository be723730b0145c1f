"""Code as it is shown and edited."""
