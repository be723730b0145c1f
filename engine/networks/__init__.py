"""Networks that were trained in one experiment and are kept: as a file, in the learner's folder, read elsewhere."""
