"""Python files as other programs save them: read where the meaning is certain, else told by name."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.text import Refused
from engine.data.python_text import encoded, python_text

_SOURCE = "def f(x):\n    # 平均をとる\n    return x  # 平均\n"
_CHINESE = "def f(x):\n    return x  # 先求平均，再返回它的值\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_says_how_a_text_is_saved(encoding):
    assert python_text(_SOURCE.replace("\n", "\r\n").encode(encoding)) == _SOURCE


@pytest.mark.parametrize("encoding", ["gbk", "euc-jp", "shift_jis", "big5"])
def test_the_first_lines_say_it_and_it_is_saved_so_again(encoding):
    text = f"# -*- coding: {encoding} -*-\ndef f(x):\n    return x  # 平均\n"
    assert python_text(text.encode(encoding)) == text
    assert encoded(text) == text.encode(encoding)
    assert encoded(_SOURCE) == _SOURCE.encode()
    assert encoded("# coding: gbk\n# \N{GRINNING FACE}\n") == "# coding: gbk\n# \N{GRINNING FACE}\n".encode()


def test_another_encoding_is_named_and_not_guessed():
    with pytest.raises(Refused, match="perhaps GBK"):
        python_text(_CHINESE.encode("gbk"))
    with pytest.raises(Refused, match="Shift_JIS"):
        python_text(_SOURCE.encode("cp932"))
    for data in (b"\xff\xfe\x00", b"\x80\x81", b"\xef\xbb\xbf\xff"):
        with pytest.raises(Refused, match="no text in UTF-8"):
            python_text(data)
    with pytest.raises(Refused, match=r"euc_jp|euc-jp"):
        python_text(b"# coding: euc-jp\n# \xff\xff\n")


def test_a_notebook_is_named_and_a_dictionary_is_none():
    notebook = {
        "cells": [{"cell_type": "code", "source": ["x = 1"]}],
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
    }
    with pytest.raises(Refused, match="notebook"):
        python_text(json.dumps(notebook).encode())
    for text in ('{"cells": 1}\n', "{}\n", "{1: 2}\n", "{" * 5000):
        assert python_text(text.encode()) == text


@given(st.binary(max_size=60))
def test_any_bytes_are_a_text_or_refused_with_a_reason(data):
    try:
        assert isinstance(python_text(data), str)
    except Refused as refusal:
        assert refusal.text.render("en")


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=60))
def test_what_is_saved_is_read_again(text):
    if not text.lstrip().startswith("{") and not text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}"):
        assert python_text(encoded(text)) == text
