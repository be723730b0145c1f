"""Trained networks that the learner keeps: saving, importing, exporting, choosing."""
