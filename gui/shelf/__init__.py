"""The shelf: pinned runs below the playing controls, to be compared and restored."""
