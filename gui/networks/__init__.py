"""Networks that the learner keeps, as the window offers them."""
