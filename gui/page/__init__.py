"""The page of an experiment: the controller of its parts, and the bars above and below the stage."""
