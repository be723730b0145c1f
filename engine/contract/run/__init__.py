"""What a run is, and how a runner and an experiment talk."""
