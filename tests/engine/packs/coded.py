"""A pack with an experiment of its own: the worked example, as an author would hand it out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from engine.contract.catalogue import have_further, load
from engine.contract.language import LANGUAGES
from engine.guides.guide import load_guide
from tests.engine.packs.made import MANIFEST

_EXAMPLE = Path(__file__).resolve().parents[2] / "house" / "worked_example"
EXPERIMENT = "engine/experiments/ch7_convolution/moving_average.py"


def coded() -> dict[str, bytes]:
    """Its files, in every language that is offered."""
    manifest = MANIFEST.format(id="averages").replace('["en", "zh_CN"]', json.dumps(LANGUAGES))
    files = {"pack.toml": manifest.encode()}
    kept = ("engine/", "gui/", *(f"resources/guide/{language}/" for language in LANGUAGES))
    for path in _EXAMPLE.rglob("*"):
        name = path.relative_to(_EXAMPLE).as_posix()
        if path.is_file() and "__pycache__" not in name and name.startswith(kept):
            files[name.removeprefix("resources/")] = path.read_bytes()
    return files


def forget() -> None:
    """Have the catalogue as it is without any pack."""
    have_further(())
    load.cache_clear()
    load_guide.cache_clear()
    for name in [name for name in sys.modules if name.endswith(".moving_average")]:
        del sys.modules[name]
