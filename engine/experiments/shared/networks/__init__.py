"""Code shared by experiments with networks: fields, pictures and texts."""
