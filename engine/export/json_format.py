"""JSON: the session, a small file that opens again with the same frame."""

from __future__ import annotations

from engine.export.record import Export

SUFFIX = ".layerwise.json"
FORMER_SUFFIX = ".json"
"""The suffix of session files up to version 0.12; still written on request."""


def write(export: Export, name: str) -> dict[str, bytes]:
    """Returns the content of the one file by its name, UTF-8."""
    return {name: (export.session.to_json() + "\n").encode()}
