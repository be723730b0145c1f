"""A pack with an experiment of its own: the worked example, as an author would hand it out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from engine.contract.catalogue import have_further, instance_of
from engine.contract.language import LANGUAGES
from engine.export.alone.modules import module_of
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
    instance_of.cache_clear()
    load_guide.cache_clear()
    module_of.cache_clear()
    for name in [name for name in sys.modules if ".moving_average" in name]:
        del sys.modules[name]


def coded_as_folder() -> dict[str, bytes]:
    """The same with the experiment as a folder: the mathematics and the words, in both languages, beside it."""
    files = coded()
    source = files.pop(EXPERIMENT).decode()
    function = source[source.index("def moving_average(") : source.index("class MovingAverageParams")]
    reading = source[source.index("_READING = Text(") : source.index("_PROBE = ")]
    home = EXPERIMENT.removesuffix(".py").replace("/", ".")
    imports = f"from {home}.maths import moving_average\nfrom {home}.words import READING\n"
    for before, after in (
        (function, ""),
        (reading, ""),
        ("_READING(", "READING("),
        ("\nCOUNT,", f"\n{imports}\nCOUNT,"),
    ):
        assert before in source
        source = source.replace(before, after, 1)
    words = 'READING = text_of({"en": "{width}: {after:.3g}, {before:.3g}", "zh_CN": "窗宽 {width}：{after:.3g}"})'
    parts = {
        "__init__": source,
        "maths": f"from __future__ import annotations\n\nimport numpy as np\n\n\n{function}",
        "words": f"from engine.contract.text import text_of\n\n{words}\n",
    }
    folder = EXPERIMENT.removesuffix(".py")
    return {**files, **{f"{folder}/{name}.py": text.encode() for name, text in parts.items()}}
