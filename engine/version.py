"""The version of the program, as exported files, About and ``--version`` name it; pyproject repeats it."""

VERSION = "0.12.0"
PROGRAM = f"Layerwise {VERSION}"
