"""Words, tables and controls that lie on the stage beside the plots."""
