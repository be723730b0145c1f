"""What an experiment gives: frames, tables, the working of a number, figures of a run."""
