"""Where the keys are, and how that is seen."""
