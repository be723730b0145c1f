"""Programming exercises of the experiment ``optimizer_race`` (a race of the optimizers)."""
