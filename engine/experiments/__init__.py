"""The experiments by chapter; a module, or a folder for an experiment with several modules, is named like its id."""

from __future__ import annotations

import os
import sys

if os.environ.get("LAYERWISE_EXPERIMENTS") and "engine.contract.catalogue" not in sys.modules:
    # What another process sent may be of a pack, whose modules the catalogue has found.
    import engine.contract.catalogue  # noqa: F401
