"""CSV keeps every digit and names every table."""

from __future__ import annotations

import csv
import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.table import Column, Table
from engine.export import csv_format
from engine.export.record import Export


@given(st.lists(st.floats(allow_nan=False), min_size=1))
def test_every_number_reads_back_to_the_same_bits(numbers: list[float]) -> None:
    table = Table("t", (Column("python", numbers), Column("numpy", np.array(numbers))))
    rows = list(csv.reader(io.StringIO(csv_format.table_text(table))))
    assert [float(row[0]) for row in rows[1:]] == numbers
    assert [float(row[1]) for row in rows[1:]] == numbers


def test_the_header_has_units_and_odd_text_survives() -> None:
    table = Table("t", (Column("length", [1], "m"), Column("名称", ['a "b", c\nd'])))
    assert list(csv.reader(io.StringIO(csv_format.table_text(table)))) == [["length [m]", "名称"], ["1", 'a "b", c\nd']]


def test_the_first_table_goes_to_the_file_and_the_others_beside_it(gates: Export) -> None:
    files = csv_format.write(gates, "my.gates.csv")
    assert list(files) == ["my.gates.csv", "my.gates.neuron.csv", "my.gates.working.csv"]
    assert all(content.startswith(b"\xef\xbb\xbf") for content in files.values())
    rows = list(csv.DictReader(io.StringIO(files["my.gates.csv"].decode("utf-8-sig"))))
    assert [row["weighted_sum"] for row in rows] == ["-0.2", "0.3", "0.3", "0.8"]
    assert [row["right"] for row in rows] == ["True", "False", "False", "True"]
