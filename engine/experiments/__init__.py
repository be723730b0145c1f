"""The experiments, one module each, by chapter; their file names are their ids."""
