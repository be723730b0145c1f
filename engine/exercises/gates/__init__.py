"""Programming exercises of the experiment ``gates`` (logic gates)."""
