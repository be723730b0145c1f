"""Packs: what others add without touching the source, a folder or a .zip with further guides, lessons, terms and data.

``files`` reads one without trust, ``manifest`` its pack.toml, ``glossary`` its terms, ``pack`` says what it brings,
``checking`` proves it, and ``proving_own`` the experiments that it brings; ``trust`` imports those, ``making`` writes a
pack that holds, ``installed`` has those in the learner's folder.
"""

from __future__ import annotations

API = 1
"""The version of the layout of packs that this program reads."""
MANIFEST = "pack.toml"
