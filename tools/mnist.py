"""resources/data/mnist.npz: the four official MNIST files as one, checksums checked.

``python3 -m tools.mnist FOLDER`` makes it from the files of a folder.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

import numpy as np

from engine.data.digits import FILE, PARTS
from engine.data.idx import idx_bytes, read_images, read_labels

MANIFEST = FILE.with_suffix(".json")
SOURCE = Path(__file__).resolve().parents[2] / "shared" / "data" / "mnist"
_FILES = {
    "train_images": "train-images-idx3-ubyte.gz",
    "train_labels": "train-labels-idx1-ubyte.gz",
    "test_images": "t10k-images-idx3-ubyte.gz",
    "test_labels": "t10k-labels-idx1-ubyte.gz",
}


def stale() -> bool:
    """Whether the shipped file is missing or differs from the recorded one; does not need the sources."""
    if not FILE.exists() or not MANIFEST.exists():
        return True
    recorded = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return recorded["sha256"] != hashlib.sha256(FILE.read_bytes()).hexdigest()


def build(source: Path = SOURCE) -> None:
    """Packs the official files of a folder; ValueError if a checksum is wrong."""
    # All is checked before what is there is overwritten.
    arrays = {name: _official(name, source / _FILES[name]) for name in PARTS}
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(FILE, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            packed = io.BytesIO()
            np.lib.format.write_array(packed, array, version=(1, 0), allow_pickle=False)
            # A fixed date, so that the same sources give the same file.
            entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, packed.getvalue(), compresslevel=9)
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()
    record = {
        "sha256": digest,
        "unpacked_md5": {name: checksum for name, (_, checksum) in PARTS.items()},
        "credit": "MNIST: Yann LeCun and Corinna Cortes, CC BY-SA 3.0",
    }
    MANIFEST.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8", newline="\n")


def _official(name: str, path: Path) -> np.ndarray:
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: python3 -m tools.mnist FOLDER names where the files are")
    array = read_images(path) if name.endswith("images") else read_labels(path)
    if hashlib.md5(idx_bytes(array), usedforsecurity=False).hexdigest() != PARTS[name][1]:
        raise ValueError(f"{path} is not the official file")
    return array


if __name__ == "__main__":
    build(*map(Path, sys.argv[1:2]))
