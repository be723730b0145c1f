"""Parts of pictures that views share, in rooms; none knows an experiment."""
