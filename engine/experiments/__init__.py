"""The experiments by chapter; a module, or a folder for an experiment with several modules, is named like its id."""
