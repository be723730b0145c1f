"""Chinese and Japanese are shown on every machine, also where the system has no such font or no font at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics

from engine.contract.language import LANGUAGES
from gui.style.language import set_language
from gui.style.typography import SHIPPED_FONTS, code_families, font, own_family, text_families

ROOT = Path(__file__).resolve().parents[3]
LATIN_FONTS = Path("/usr/share/fonts/truetype/dejavu")
SAMPLES = {"zh_CN": "感知机，权重、偏置：异或门 × − θ", "ja": "パーセプトロン、重みとバイアス：勾配「図」 × − θ"}
SHIPPED = {"zh_CN": "Layerwise Sans SC", "ja": "Layerwise Sans JP"}

# Prints the families, one after the other as the languages are asked for, and fails unless every character of each
# sample has a glyph and a picture of its own.
PROBE = f"""
import sys
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication
from gui.style.typography import own_family
from gui.style.language import set_language
from gui.style.theme import apply_to
from gui.style.typography import font

app = QApplication([])
for script in (QFontDatabase.WritingSystem.SimplifiedChinese, QFontDatabase.WritingSystem.Japanese):
    assert not QFontDatabase.families(script)

def picture(character):
    image = QImage(40, 40, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setFont(font("headline"))
    painter.drawText(4, 30, character)
    painter.end()
    return bytes(image.constBits())

for own in sys.argv[1:]:
    sample = {SAMPLES!r}[own].replace(" ", "")
    for language in (own, "en"):
        set_language(language)
        apply_to(app)
        for role in ("text", "headline", "code"):
            metrics = QFontMetrics(font(role))
            for character in sample if language == own else {SAMPLES["zh_CN"]!r}.replace(" ", ""):
                assert metrics.inFontUcs4(ord(character)), (language, role, character)
    set_language(own)
    letters = {{one for one in sample if one.isalpha()}}
    assert len({{picture(character) for character in letters}}) == len(letters)
sys.stdout.write("\\n".join(map(own_family, sys.argv[1:])))
"""


def _run_with_fonts_of(folder: Path, scratch: Path, languages: list[str]) -> subprocess.CompletedProcess:
    configuration = scratch / "fonts.conf"
    configuration.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
        f"<fontconfig><dir>{folder}</dir><cachedir>{scratch / 'cache'}</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(configuration), "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHONPATH"] = str(ROOT)
    return subprocess.run(
        [sys.executable, "-c", PROBE, *languages], env=environment, capture_output=True, text=True, encoding="utf-8",
        timeout=60,
    )  # fmt: skip


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only fontconfig can hide the system's fonts")
@pytest.mark.parametrize("fonts", ["latin", "none"])
@pytest.mark.parametrize("languages", [list(SHIPPED), list(reversed(SHIPPED))], ids=" ".join)
def test_a_script_has_glyphs_where_the_system_has_no_font_of_it(tmp_path, fonts, languages):
    folder = LATIN_FONTS if fonts == "latin" else tmp_path / "empty"
    if fonts == "latin" and not folder.exists():
        pytest.skip("this machine has no Latin font to keep")
    done = _run_with_fonts_of(folder, tmp_path, languages)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n") == [SHIPPED[one] for one in languages]


@pytest.mark.parametrize("role", ["text", "notes", "headline", "number", "code"])
@pytest.mark.parametrize("language", SAMPLES)
def test_every_role_has_glyphs_for_its_script_and_for_mathematics(language, role):
    set_language(language)
    metrics = QFontMetrics(font(role))
    lacking = [character for character in SAMPLES[language] if not metrics.inFontUcs4(ord(character))]
    assert not lacking


def test_the_families_name_no_family_twice_and_none_that_is_empty():
    for families in (*map(text_families, LANGUAGES), *map(code_families, LANGUAGES)):
        assert families
        assert all(families)
    assert own_family("zh_CN") in text_families("en")


def test_the_shipped_font_comes_with_its_licence():
    licence = (SHIPPED_FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "Copyright 2014-2021 Adobe" in licence
    assert "Reserved Font Name 'Source'" in licence
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
