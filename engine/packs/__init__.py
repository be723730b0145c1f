"""Packs: what others add without touching the source, a folder or a .zip with further guides, lessons and data.

``files`` reads one without trust, ``manifest`` its pack.toml, ``pack`` says what it brings, ``checking`` proves it,
``making`` writes one that holds, ``installed`` has those in the learner's folder.
"""

from __future__ import annotations

API = 1
"""The version of the layout of packs that this program reads."""
MANIFEST = "pack.toml"
