"""JSON: the session, one small file that reopens to the same picture."""

from __future__ import annotations

from engine.export.record import Export

SUFFIX = ".layerwise.json"
FORMER_SUFFIX = ".json"
"""What sessions were called up to 0.12; still written where somebody asks for it."""


def write(export: Export, name: str) -> dict[str, bytes]:
    """One file, UTF-8."""
    return {name: (export.session.to_json() + "\n").encode()}
