"""A page to print with the learner's answers, goals, code and tests, as HTML and PDF."""
