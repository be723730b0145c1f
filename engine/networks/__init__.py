"""Saved networks: trained in one experiment, kept as a file in the learner's folder, used in others."""
