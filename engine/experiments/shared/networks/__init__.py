"""What experiments with networks share: their fields, pictures and words."""
