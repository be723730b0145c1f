"""The shelf: runs pinned below the controls of the run, to be compared with it and restored."""
