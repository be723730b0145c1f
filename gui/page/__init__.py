"""The page of one experiment: what connects its run, stage and panels, and the bars above and below the stage."""
