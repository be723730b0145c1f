"""Parses the header of an untrusted NumPy file."""

from __future__ import annotations

import sys
from typing import IO

import numpy as np
from numpy.lib import format as array_format


def read_npy_header(file: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype]:
    """Reads shape, whether the order is Fortran's, and dtype; ValueError for anything but a valid header of version
    1.0.

    Only version 1.0, which NumPy writes: its header has at most 64 KB; those of other versions could declare gigabytes.
    """
    if array_format.read_magic(file) != (1, 0):
        raise ValueError("a NumPy file of another version")
    try:
        shape, is_fortran, dtype = array_format.read_array_header_1_0(file)
    except Exception as error:
        # NumPy passes the header to Python's tokenizer and parser, which may raise any exception.
        raise ValueError("a damaged header") from error
    if any(not 0 <= side <= sys.maxsize for side in shape):
        # A number in hexadecimal digits may be so long that Python refuses to convert it to text.
        raise ValueError("a shape that no array has")
    return shape, is_fortran, dtype
