"""The reader of IDX files: what it takes, and every kind of damage it refuses before it allocates."""

from __future__ import annotations

import gzip
import os
import time
import tracemalloc

import numpy as np
import pytest

from engine.contract.language import LANGUAGES
from engine.contract.text import Refused
from engine.data.idx import idx_bytes, read_images, read_labels
from engine.data.own_images import own_images

IMAGES = (np.arange(3 * 28 * 28) % 256).astype(np.uint8).reshape(3, 28, 28)
LABELS = np.array([3, 0, 9], dtype=np.uint8)
GOOD = idx_bytes(IMAGES)


def _file(tmp_path, content):
    path = tmp_path / "图片 own.idx"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_images_and_labels_come_back(tmp_path, pack):
    assert np.array_equal(read_images(_file(tmp_path, pack(GOOD))), IMAGES)
    assert np.array_equal(read_labels(_file(tmp_path, pack(idx_bytes(LABELS)))), LABELS)


def _header(*lengths, code=8, axes=None):
    return bytes([0, 0, code, axes or len(lengths)]) + b"".join(length.to_bytes(4, "big") for length in lengths)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not an IDX"),
        (b"PK\x03\x04 something else", "not an IDX"),
        (b"\0\0\x08", "not an IDX"),
        (b"\0\0\x08\x09" + bytes(40), "not an IDX"),
        (_header(1, 28, 28, code=13) + bytes(784), "type 13"),
        (_header(1, 28, axes=3), "within its header"),
        (_header(1, 27, 28) + bytes(756), "1×27×28"),
        (_header(0, 28, 28), "0×28×28"),
        (_header(5), "its shape is 5"),
        (_header(4_000_000_000, 28, 28), "more than"),
        (_header(2, 28, 28) + bytes(784), "promises 1568 numbers, there are 784"),
        (_header(1, 28, 28) + bytes(785), "there are more"),
        # Without the time: a case is named by its bytes, alike in every process.
        (gzip.compress(GOOD, mtime=0)[:-30], "cannot be used"),
        (gzip.compress(GOOD, mtime=0)[:-8] + bytes(8), "cannot be used"),
        (b"\x1f\x8b" + bytes(30), "cannot be used"),
    ],
)
def test_damage_is_refused_in_one_sentence_that_names_the_file(tmp_path, content, reason):
    with pytest.raises(Refused, match=reason) as refused:
        read_images(_file(tmp_path, content))
    for language in LANGUAGES:
        sentence = refused.value.text.render(language)
        assert "图片 own.idx" in sentence and "\n" not in sentence


def test_labels_beyond_nine_are_refused(tmp_path):
    with pytest.raises(Refused, match="label 10"):
        read_labels(_file(tmp_path, idx_bytes(np.array([1, 10], dtype=np.uint8))))
    with pytest.raises(Refused, match="one row of labels"):
        read_labels(_file(tmp_path, GOOD))


def test_a_file_that_is_missing_or_a_folder_is_refused(tmp_path):
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(Refused, match="cannot be used"):
            read_images(path)


def test_a_header_that_promises_much_allocates_little(tmp_path):
    path = _file(tmp_path, gzip.compress(_header(80_000, 28, 28) + bytes(100)))
    tracemalloc.start()
    with pytest.raises(Refused, match="promises"):
        read_images(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


def test_own_images_are_read_anew_once_the_file_changed(tmp_path):
    path = _file(tmp_path, GOOD)
    assert own_images(path) is own_images(path)
    path.write_bytes(idx_bytes(IMAGES[:2]))
    assert len(own_images(path)) == 2


def test_zeros_behind_what_is_packed_take_no_time(tmp_path):
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(idx_bytes(np.zeros((2, 28, 28), np.uint8))))
    os.truncate(path, 200 * 2**20)
    begun = time.process_time()
    assert read_images(path).shape == (2, 28, 28)
    assert time.process_time() - begun < 1
