"""From an experiment's declared fields to controls, and the one place where parameters change."""
