"""Writes a run and the frame shown to files, without Qt: CSV, NPZ, a JSON session, a Python script, a notebook."""
