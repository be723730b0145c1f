"""Reads the text of Python files as other programs save them: with a byte order mark, or in another encoding.

A text is read where its meaning is certain. Otherwise what the file is, is named.
"""

from __future__ import annotations

import ast
import codecs
import io
import json
import tokenize
import warnings
from contextlib import suppress

from engine.contract.text import Refused, Text, untranslated

_NOT_TEXT = Text("it is no text in UTF-8")
_NOTEBOOK = Text(
    "it is a notebook. Save its code as a .py file: in Jupyter by Save and Export Notebook As, Executable Script"
)
_ENCODING = Text("it is saved in another encoding, perhaps {names}. Save it once more as UTF-8")
_UNKNOWN = Text("its first lines say that it is saved as {name}, and it is not")
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
"""Byte order marks; those of UTF-32 come first, since they begin like UTF-16's."""
_OTHERS = {"GBK": "gb18030", "Shift_JIS": "cp932", "Big5": "big5"}
"""Encodings in which files are often saved where these languages are spoken."""


def python_text(data: bytes) -> str:
    """The text of a Python file, with \\n at the ends of lines; ``Refused``, with the reason, if it is none."""
    text = _decoded(data).replace("\r\n", "\n")
    if text.lstrip().startswith("{") and _is_notebook(text):
        raise Refused(_NOTEBOOK)
    return text


def encoded(text: str) -> bytes:
    """The text as it is saved: in the encoding that its first lines name, or else in UTF-8."""
    with suppress(SyntaxError, LookupError, UnicodeError):
        return text.encode(tokenize.detect_encoding(io.BytesIO(text.encode()).readline)[0])
    return text.encode()


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _as(data, encoding)
    try:
        named, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:  # of an encoding that there is not, or of bytes that are not UTF-8
        named = "utf-8"
    if named != "utf-8":
        try:
            return data.decode(named)
        except UnicodeDecodeError:
            raise Refused(_UNKNOWN(name=untranslated(named))) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(_why_no_text(data)) from None


def _why_no_text(data: bytes) -> Text:
    """Why the bytes are no UTF-8. Of two encodings both nearly always make letters of them, so that none is taken."""
    found = []
    for name, encoding in _OTHERS.items():
        with suppress(UnicodeDecodeError):
            if _is_python(data.decode(encoding)):
                found.append(name)
    return _ENCODING(names=untranslated(", ".join(found))) if found else _NOT_TEXT


def _as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(_NOT_TEXT) from None


def _is_python(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return "\0" not in text


def _is_notebook(text: str) -> bool:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and isinstance(found.get("cells"), list)
