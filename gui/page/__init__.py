"""The page of one experiment: its controller, the headline above the plots, and the run's controls below them."""
