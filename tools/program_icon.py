"""packaging/layerwise.ico, .icns and .png: the program's icon for Windows, macOS and Linux, from its one drawing."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "resources" / "images" / "layerwise.svg"
FOLDER = ROOT / "packaging"
DIGEST = FOLDER / "icon.sha256"
_ICO_SIDES = (16, 20, 24, 32, 40, 48, 64, 256)
# Apple's name of a side; some sides have a second name, as the double of a smaller one.
_ICNS_SIDES = {
    b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512,
    b"ic11": 32, b"ic12": 64, b"ic13": 256, b"ic14": 512, b"ic10": 1024,
}  # fmt: skip


def stale() -> bool:
    """Whether a file is missing or the source drawing has changed."""
    made = [FOLDER / f"layerwise.{suffix}" for suffix in ("ico", "icns", "png")]
    return not DIGEST.exists() or DIGEST.read_text().strip() != _digest() or not all(path.exists() for path in made)


def build() -> None:
    """Renders every size from the vectors, and packs them."""
    drawn = {side: _png(side) for side in {*_ICO_SIDES, *_ICNS_SIDES.values()}}
    (FOLDER / "layerwise.ico").write_bytes(ico({side: drawn[side] for side in _ICO_SIDES}))
    (FOLDER / "layerwise.icns").write_bytes(icns({name: drawn[side] for name, side in _ICNS_SIDES.items()}))
    (FOLDER / "layerwise.png").write_bytes(drawn[256])
    DIGEST.write_text(_digest() + "\n", encoding="ascii")


def ico(drawn: dict[int, bytes]) -> bytes:
    """A Windows icon file of several PNGs, by their sides up to 256."""
    head, place = struct.pack("<3H", 0, 1, len(drawn)), 6 + 16 * len(drawn)
    for side, png in drawn.items():
        head += struct.pack("<4B2H2I", side % 256, side % 256, 0, 0, 1, 32, len(png), place)
        place += len(png)
    return head + b"".join(drawn.values())


def icns(drawn: dict[bytes, bytes]) -> bytes:
    """An Apple icon file of several PNGs, by their type names."""
    parts = b"".join(name + struct.pack(">I", 8 + len(png)) + png for name, png in drawn.items())
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts


def _png(side: int) -> bytes:
    # Only now: telling what is out of date needs no Qt.
    from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter, QRectF(image.rect()))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # its stub asks for bytes
    return bytes(buffer.data().data())


def _digest() -> str:
    return hashlib.sha256(SOURCE.read_bytes()).hexdigest()
