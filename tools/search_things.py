"""resources/search/things.json: what can be searched for, so that the search need not import every experiment."""

from __future__ import annotations

from engine.search.things import PATH, written


def stale() -> bool:
    """Whether the file does not say what experiments, guides and glossary say."""
    return not PATH.exists() or PATH.read_text(encoding="utf-8") != written()


def build() -> None:
    """Write the file anew."""
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_text(written(), encoding="utf-8", newline="\n")
