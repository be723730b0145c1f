"""The version of the program, as exported files, About and ``--version`` name it; pyproject repeats it."""

VERSION = "0.13.0"
PROGRAM = f"Layerwise {VERSION}"
