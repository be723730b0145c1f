"""The keys of a stage: where Tab stops, and what a key does there."""
