"""Files made from a run and its frame without Qt: CSV, NPZ, JSON session and a Python script."""
