"""The data sets of the experiments: points of the plane, digits, pictures and tables, shipped or the learner's own."""
