"""What can be asked of an experiment, in a module of its name; every ``Maker`` in it belongs to its chapter's test."""
