"""Trained networks that the learner keeps as files: saving, importing, exporting, and choosing them in experiments."""
