"""Words, tables and controls on the stage, beside the plots."""
