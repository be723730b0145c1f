"""The version of the program, as files and ``--version`` name it."""

VERSION = "0.1.0"
PROGRAM = f"Layerwise {VERSION}"
