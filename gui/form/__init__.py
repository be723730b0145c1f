"""Makes controls for an experiment's declared fields, and the one place where parameters change."""
