"""Makes a program of the checkout that needs neither Python nor a package index, and proves that it works.

``python3 -m tools.bundle`` builds for the system that it runs on, ``--check`` tries out what was built.
"""
