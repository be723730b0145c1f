"""What people read is a sentence that can be translated, and each language is written as it should be."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from engine.contract.language import CHINESE as CHINESE_ID
from engine.contract.language import FOLDER
from tests.offenders import for_each
from tools.words import catalogue_of

ROOT = Path(__file__).resolve().parents[2]
# Calls whose first string is read by people.
SHOWING = {
    "setText", "setToolTip", "setWindowTitle", "setPlaceholderText", "setStatusTip", "setWhatsThis", "setTitle",
    "setAccessibleName", "setAccessibleDescription", "setTabText", "addItem", "PlainLabel", "QPushButton", "QCheckBox",
    "QAction", "QGroupBox", "addAction", "setLabel", "QRadioButton", "setSuffix", "setPrefix", "setInformativeText",
}  # fmt: skip
WORD = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Words from the notes' and other people's usage that words.md rules out as names.
NEVER = ("您", "我们可以看到", "正规化（", "精度提高", "NOAND 门")


def _sources():
    return [path for room in ("gui", "engine") for path in sorted((ROOT / room).rglob("*.py"))]


def _calls(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


@for_each(_sources())
def test_shown_strings_are_bilingual(path):
    for name, node in _calls(path):
        if name in SHOWING:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    assert not WORD.search(argument.value), f"{path.name}:{node.lineno}: {argument.value!r}"


def _texts():
    """The English and Chinese words of every sentence of the program, and where it stands."""
    for entry in catalogue_of(FOLDER / CHINESE_ID):
        for english, chinese in zip(_forms(entry.id), _forms(entry.string), strict=False):
            if english:
                yield ", ".join(file for file, _ in entry.locations), english, chinese


def _forms(words):
    return [words] if isinstance(words, str) else words


def test_chinese_is_chinese_and_english_is_english():
    # The button that switches the language shows the other one.
    swapped = {"中", "切换到中文"}
    for place, english, chinese in _texts():
        if english in swapped:
            continue
        assert not CHINESE.search(english), place
        words = re.sub(r"\{[^}]*\}", "", english)
        if re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", words):
            assert CHINESE.search(chinese), f"{place}: {english!r} is not translated"


def test_chinese_uses_its_own_punctuation_and_spacing():
    for place, _, chinese in _texts():
        if CHINESE.search(chinese):
            # Places for values are letters, and the book's title is written as its publisher writes it.
            plain = re.sub(r"《[^》]*》", "", re.sub(r"\{[^}]*\}", "x", chinese))
            assert not re.search(r"[\u4e00-\u9fff][,;:?!]", plain), f"{place}: {chinese}"
            assert not re.search(r"[\u4e00-\u9fff][A-Za-z]|[A-Za-z][\u4e00-\u9fff]", plain.replace("x", "")), (
                f"{place}: {chinese}"
            )
            for word in NEVER:
                assert word not in chinese, f"{place}: {chinese}"
