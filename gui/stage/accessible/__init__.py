"""A stage in words, for screen readers and for whoever asks what something is."""
