"""Learning-rate schedules: which rate each update of a run has, from the one that is set and from how far it is."""
