"""Packs: extensions by others, a folder or a .zip with further guides, lessons, terms, data and experiments.

A pack needs no change of the program's source. ``files`` reads one without trusting it, ``manifest`` its pack.toml,
``glossary`` its terms; ``pack`` is what it contains. ``checking`` proves it, ``proving_own`` its own experiments, which
``trust`` imports. ``making`` writes an example, ``installed`` has the packs in the learner's folder.
"""

from __future__ import annotations

API = 1
"""The version of the layout of packs that this program reads."""
MANIFEST = "pack.toml"
