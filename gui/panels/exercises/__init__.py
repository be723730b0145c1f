"""Code that a learner writes: the editor's page, checks, and putting it to work."""
