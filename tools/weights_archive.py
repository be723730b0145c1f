"""Writes trained weights to a file to be shipped, with a manifest; reproducible byte for byte."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from engine.data.digits import PARTS


def settings_digest(settings: Mapping[str, object]) -> str:
    """A hash of everything that training depends on: its settings, and the training digits."""
    text = json.dumps([settings, PARTS["train_images"], PARTS["train_labels"]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def write_weights(
    file: Path, arrays: Mapping[str, np.ndarray], dtype: type[np.floating], digest: str, **told: object
) -> None:
    """Writes the arrays as numbers of ``dtype``, and the manifest with the digest and further metadata."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            packed = io.BytesIO()
            np.lib.format.write_array(packed, array.astype(dtype), version=(1, 0), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, packed.getvalue(), compresslevel=9)
    record = {"settings": digest, "weights": _hash_of(file), **told}
    manifest_of(file).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8", newline="\n")


def is_stale(file: Path, digest: str) -> bool:
    """Whether the weights are missing or were made with other settings or data; never trains."""
    if not file.exists() or not manifest_of(file).exists():
        return True
    recorded = json.loads(manifest_of(file).read_text(encoding="utf-8"))
    return recorded["settings"] != digest or recorded["weights"] != _hash_of(file)


def manifest_of(file: Path) -> Path:
    """The path of the manifest for a file of weights."""
    return file.with_suffix(".json")


def _hash_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
