"""The version of the program, as exported files, About and ``--version`` name it; pyproject repeats it."""

VERSION = "0.17.0"
PROGRAM = f"Layerwise {VERSION}"

PROJECT_PAGE = ""
"""The address where newer versions are to be found; empty while there is none, and then nothing asks for it."""
