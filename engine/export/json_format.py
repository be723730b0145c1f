"""JSON: the session, one small file that reopens with the same picture."""

from __future__ import annotations

from engine.export.record import Export

SUFFIX = ".layerwise.json"
FORMER_SUFFIX = ".json"
"""The suffix of sessions up to 0.12; still written on request."""


def write(export: Export, name: str) -> dict[str, bytes]:
    """Returns one file, UTF-8."""
    return {name: (export.session.to_json() + "\n").encode()}
