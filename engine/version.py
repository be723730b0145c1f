"""The version of the program, as exported files, About and ``--version`` name it; pyproject repeats it."""

VERSION = "0.18.0"
PROGRAM = f"Layerwise {VERSION}"

PROJECT_PAGE = ""
"""The address of newer versions; empty while there is none, and then nothing is requested."""
