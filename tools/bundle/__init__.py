"""Builds a bundle of the program that needs neither Python nor a package index, and tests it.

``python3 -m tools.bundle`` builds for the system that it runs on, ``--check`` tests the result.
"""
