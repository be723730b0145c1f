"""The learner's side of the window: the overview, progress, goals, chapter tests, and repeated questions."""
