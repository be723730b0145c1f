"""Scene items and plots that views share, in rooms; none knows an experiment."""
