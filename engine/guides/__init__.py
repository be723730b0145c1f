"""Guides to experiments, whose questions, claims and goals are checked by playing them, and mistakes of learners."""
