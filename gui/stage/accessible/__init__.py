"""A stage in words, for screen readers and for 'What is this?'."""
