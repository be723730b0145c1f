"""Runs the program with a real Windows Python under Wine: sets both up in a folder, then tries its rows and tests."""
